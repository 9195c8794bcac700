import { drawMany, excessLoss, type Target, targets } from "@lemmata/comparators";
import { createRng } from "@lemmata/sampling";
import { figure } from "../report.ts";
import type { Input, Quality } from "../suite.ts";

/** What the suite `evaluate` asks of a density; the first line of its inputs. */
export type Operation = "log density" | "cdf" | "draws";

/** The numbers that are the bytes of an input. */
export function numbersOf(model: Uint8Array): Float64Array {
  return new Float64Array(model.slice().buffer);
}

/** The number that each line is. */
export function numbersIn(lines: readonly string[]): Float64Array {
  return Float64Array.from(lines, Number);
}

/** The law that the suites about densities estimate: it has structure, and mixtures can hit it. */
const claw: Target = targets.find(({ name }) => name === "claw")!;

/** So many draws from it, of a seed. */
export function drawsOf(count: number, seed: number): Float64Array {
  return drawMany(claw, count, createRng(seed));
}

/** An input of samples of the claw, as bytes of float64. */
export function samplesInput(
  name: string,
  samples: number,
  extent: string,
  lines: () => readonly string[],
): Input {
  return {
    name,
    description: `${samples.toLocaleString("en")} samples of the claw of Marron and Wand`,
    extent,
    get model(): Uint8Array {
      return new Uint8Array(drawsOf(samples, 1).buffer);
    },
    get lines(): readonly string[] {
      return lines();
    },
  };
}

/** The points at which a fit of the suite `fit` shows its log density, so that its loss can be told. */
export function quadraturePoints(): readonly string[] {
  return Array.from(claw.nodes().x, String);
}

/** What a fit is worth, from its log density at the {@link quadraturePoints}. */
export const fitQuality: Quality = {
  heading: "excess loss, 10⁻⁵ nats",
  of(output) {
    const at = new Map(Array.from(claw.nodes().x, (x, i) => [x, Number(output[i])]));
    return figure(1e5 * excessLoss(claw, { logPdf: (x) => at.get(x)! }));
  },
};

/** How far answers are from the law's. */
export const answerQuality: Quality = {
  heading: "off the law",
  of(output, { lines: [operation, ...rest] }) {
    const got = numbersIn(output);
    if (operation === "draws") return `√n · D = ${figure(kolmogorovSmirnov(got))}`;
    const points = numbersIn(rest);
    if (operation === "cdf") {
      const distances = points.map((x, i) => Math.abs(got[i]! - claw.cdf(x)));
      return `${figure(1e5 * distances.reduce((a, b) => Math.max(a, b)))} · 10⁻⁵ at most`;
    }
    const losses = points.reduce((sum, x, i) => sum + claw.logPdf(x) - got[i]!, 0);
    return `${figure((1e5 * losses) / points.length)} · 10⁻⁵ nats`;
  },
};

/** √n times the largest distance between the law's cdf and that of draws. */
function kolmogorovSmirnov(draws: Float64Array): number {
  const n = draws.length;
  const distance = draws
    .toSorted()
    .reduce((largest, x, i) => Math.max(largest, claw.cdf(x) - i / n, (i + 1) / n - claw.cdf(x)), 0);
  return Math.sqrt(n) * distance;
}
