import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { hostPath, runOnHost } from "../src/host.ts";

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "lemmata-host-"));
});
afterAll(() => rmSync(home, { recursive: true }));

test("the directories of package managers are not on the host's PATH", () => {
  const ours = [
    "/w/node_modules/.bin",
    "/h/.npm/_npx/1/node_modules/.bin",
    "/w/node_modules/npm/bin/node-gyp-bin",
  ];
  expect(hostPath([...ours, "/usr/local/bin", "/usr/bin"].join(delimiter))).toBe(
    ["/usr/local/bin", "/usr/bin"].join(delimiter),
  );
});

test("npm and node are the machine's, although this runs under another Node", async () => {
  const node = await runOnHost(home, "node", ["-p", "process.execPath"]);
  expect(node.trim()).not.toBe(process.execPath);
  expect(await runOnHost(home, "npm", ["--version"])).toMatch(/^\d+\./);
});

test("no setting reaches npm from here", async () => {
  vi.stubEnv("npm_config_registry", "http://planted.invalid/");
  expect(await runOnHost(home, "npm", ["config", "get", "registry"])).not.toContain("planted");
  expect(await runOnHost(home, "npm", ["config", "get", "cache"])).toBe(`${join(home, ".npm")}\n`);
  vi.unstubAllEnvs();
});

test("what a failing program says reaches the developer", async () => {
  await expect(runOnHost(home, "node", ["-e", "throw new Error('planted')"])).rejects.toThrow(/planted/);
});
