import { describe, expect, it } from "vitest";
import { Batch, type ConditionalModel } from "../../src/conditional/batch.ts";
import { Head } from "../../src/conditional/head.ts";
import { weightCount } from "../../src/conditional/network.ts";
import { Standardizer } from "../../src/conditional/standardizer.ts";
import type { Support } from "../../src/index.ts";
import { uniform } from "../oracle.ts";

const SUPPORTS: Support[] = [
  { kind: "circle", lower: -1, upper: 3 },
  { kind: "interval", lower: 0, upper: 3, map: "linear" },
  { kind: "interval", lower: 0, upper: 3, map: "arcsine" },
  ...(["tanh", "erf", "atan", "logit"] as const).map((map): Support => ({
    kind: "line",
    map,
    location: 1,
    scale: 2,
  })),
];
const [ROWS, INPUTS, TERMS] = [5, 2, 3];
const rows = Array.from({ length: ROWS }, (_, row) => row);

describe.each(SUPPORTS.map((support) => [Object.values(support).join(" "), support] as const))(
  "a Batch on %s",
  (_, support) => {
    it.each([0, 3])(
      "has the gradient of finite differences, through head and network, with %i hidden units",
      (hidden) => {
        const rng = uniform(5);
        const features = Float64Array.from({ length: ROWS * INPUTS }, () => 4 * rng());
        const targets = Float64Array.from({ length: ROWS }, () => 0.1 + 2.8 * rng());
        const { outputs } = new Head(support, TERMS);
        const weights = Float64Array.from(
          { length: weightCount({ inputs: INPUTS, hidden, outputs }) },
          () => 2 * rng() - 1,
        );
        const model: ConditionalModel = {
          support,
          terms: TERMS,
          hidden,
          standardizer: Standardizer.of(features, INPUTS, rows),
          weights,
        };
        const batch = new Batch(model, ROWS);
        // Above most values of q, and below.
        for (const floor of [0.3, 1e-20]) {
          const meanLoss = (): number => {
            const losses = Array.from(batch.losses(features, targets, rows, floor).losses);
            return losses.reduce((sum, loss) => sum + loss, 0) / ROWS;
          };
          const gradient = new Float64Array(weights.length);
          batch.addGradient(batch.losses(features, targets, rows, floor), gradient);
          const step = 1e-5;
          weights.forEach((weight, i) => {
            weights[i] = weight + step;
            const above = meanLoss();
            weights[i] = weight - step;
            const difference = (above - meanLoss()) / (2 * step);
            weights[i] = weight;
            expect(Math.abs(gradient[i]! - difference)).toBeLessThan(1e-7 * (1 + Math.abs(difference)));
          });
        }
      },
    );
  },
);
