#!/usr/bin/env node
// pnpm new-package <name> "<one line that says what it is for>"
import { spawnSync } from "node:child_process";
import { relative } from "node:path";
import { newPackage } from "./new-package.ts";

const [name, description, ...rest] = process.argv.slice(2);
if (name === undefined || description === undefined || rest.length > 0) {
  console.error('usage: pnpm new-package <name> "<one line that says what it is for>"');
  process.exit(2);
}
try {
  const root = process.cwd();
  const directory = relative(root, newPackage(root, name, description));
  spawnSync("pnpm", ["install", "--no-frozen-lockfile"], { cwd: root, stdio: "inherit" });
  console.log(`${directory} is there. Put your first idea in the place of src/mean.ts, and try:`);
  console.log(`  pnpm --filter @lemmata/${name} test`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
