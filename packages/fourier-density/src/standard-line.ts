import type { Line } from "./support.ts";

/** The laws of the line at location 0 and scale 1. */
export const standardLine: Readonly<Record<Line["map"], Line>> = {
  tanh: { kind: "line", map: "tanh", location: 0, scale: 1 },
  erf: { kind: "line", map: "erf", location: 0, scale: 1 },
  atan: { kind: "line", map: "atan", location: 0, scale: 1 },
  logit: { kind: "line", map: "logit", location: 0, scale: 1 },
};

/** The derivative of log r(z) there. */
export function standardLogSlope(map: Line["map"], z: number): number {
  if (map === "tanh") return -2 * Math.tanh(z);
  if (map === "logit") return -Math.tanh(z / 2);
  return map === "erf" ? -2 * z : -2 / (z + 1 / z);
}
