import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { LaunchOptions } from "./find-chromium.ts";

/**
 * Unpacks the Chromium of `@sparticuz/chromium`, with the libraries that a bare machine lacks, into the system's
 * directory for temporary files, once for each version. Any number of processes may ask at the same time: each unpacks into a
 * directory of its own, the first to finish gives its directory the common name, and the others drop theirs.
 */
export async function unpackChromium(temporary: string = tmpdir()): Promise<LaunchOptions> {
  const packed = new URL("..", import.meta.resolve("@sparticuz/chromium"));
  const { version } = JSON.parse(await readFile(new URL("package.json", packed), "utf8")) as {
    version: string;
  };
  const home = join(temporary, `lemmata-chromium-${version}-with-fonts-${userInfo().uid}`);
  if (!existsSync(home)) {
    const own = await mkdtemp(`${home}-`);
    await inflateInto(own, fileURLToPath(new URL("bin", packed)));
    await writeFile(join(own, "fonts/fonts.conf"), fontSettings(home));
    await rename(own, home).catch(async (error: unknown) => {
      await rm(own, { recursive: true });
      if (!existsSync(home)) throw error;
    });
  }
  return {
    executablePath: join(home, "chromium"),
    args: ["--no-sandbox"],
    env: {
      ...definedEnvironment(),
      LD_LIBRARY_PATH: join(home, "al2023/lib"),
      FONTCONFIG_PATH: join(home, "fonts"),
    },
  };
}

/**
 * Where this Chromium finds fonts: its own, and those of the machine. The settings that come with it name directories
 * that are not there, and without any font it ends at the first text field or menu.
 */
function fontSettings(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, "fonts/fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, "fonts/cache")}</cachedir>
</fontconfig>
`;
}

/** In a process of its own, because the package unpacks to wherever `TMPDIR` is, and not elsewhere. */
async function inflateInto(directory: string, bin: string): Promise<void> {
  const program = `
    import chromium, { inflate } from "@sparticuz/chromium";
    await chromium.executablePath();
    await inflate(${JSON.stringify(join(bin, "al2023.tar.br"))});`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: { ...process.env, TMPDIR: directory },
  });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
