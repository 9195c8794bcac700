import { accessSync, constants } from "node:fs";
import { unpackChromium } from "./unpack-chromium.ts";

/** What Playwright's `chromium.launch` takes to start the browser that was found. */
export interface LaunchOptions {
  readonly executablePath: string;
  readonly args: string[];
  readonly env?: Record<string, string>;
}

const installed: readonly string[] = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * A Chromium to test in: the one that `$CHROMIUM_PATH` names, else one that the machine has, else (on x64 Linux) the
 * one that came from the npm registry with this workspace, so that no other set-up is needed.
 */
export async function findChromium(): Promise<LaunchOptions> {
  const chosen = process.env["CHROMIUM_PATH"];
  if (chosen !== undefined && !isExecutable(chosen))
    throw new Error(`CHROMIUM_PATH names no program: ${chosen}`);
  const executablePath = chosen ?? installed.find(isExecutable);
  if (executablePath !== undefined) return { executablePath, args: ["--no-sandbox"] };
  if (process.platform === "linux" && process.arch === "x64") return await unpackChromium();
  throw new Error("No Chromium was found: install one, or name one in CHROMIUM_PATH");
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
