// Contestants for run-suite.test.ts.
import type { Prepare } from "../src/task.ts";

const upper = (line: string): string => line.toUpperCase();

export const shout: Prepare = ({ lines }) => ({
  versions: { fake: "1.2.3" },
  run: () => lines.map(upper),
  output: () => lines.map(upper),
});

export const mumble: Prepare = ({ lines }) => ({
  versions: {},
  run: async () => Promise.resolve(lines),
  output: () => lines.map((line, i) => (i === 0 ? line : upper(line))),
});

/** Ends at the second pass. */
export const crash: Prepare = ({ lines }) => {
  let passes = 0;
  return {
    versions: {},
    run() {
      passes += 1;
      if (passes === 1) return;
      console.error("fatal error: out of ideas");
      process.exit(3);
    },
    output: () => lines.map(upper),
  };
};

export const refuse: Prepare = () => {
  throw new Error("no such model");
};

/** Keeps 20 MB, and makes as much garbage. */
export const hoard: Prepare = ({ lines }) => {
  const kept: Uint8Array[] = [];
  return {
    versions: {},
    run() {
      for (let i = 0; i < 40; i++) {
        const half = new Uint8Array(500_000).fill(1);
        if (i % 2 === 0) kept.push(half);
      }
      return kept;
    },
    output: () => lines.map(upper),
  };
};

export const sleep: Prepare = ({ lines }) => ({
  versions: {},
  run: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
  output: () => lines.map(upper),
});
