// Prints the main job, then serves the site. `pnpm start` builds both first.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const HELP = `Usage: pnpm start [--no-serve]

Builds everything, runs the main job on the bundled models and texts, prints it,
and serves the site until Ctrl-C.

  --no-serve   end after the printed part; so it does when no terminal listens
  --help       print this
`;

const options = readOptions();
if (options !== undefined) await run(options);

async function run({ serve }: { serve: boolean }): Promise<void> {
  const { scenes } = await import("./scenes/index.ts").catch(explainMissingBuild);
  const { setStage } = await import("./scenes/stage.ts");
  const stage = setStage(fileURLToPath(new URL("out", import.meta.url)));
  for (const scene of scenes) process.stdout.write(`\n${scene.play(stage).join("\n")}\n`);
  if (!serve) return;
  const { serveSite } = await import("./serve-site.ts");
  const { url, close } = await serveSite(4173);
  process.stdout.write(`\nThe same, live, with the documentation: ${url}   (Ctrl-C ends)\n`);
  process.once("SIGINT", close);
  process.once("SIGTERM", close);
}

/** What the command line asks for; undefined if all is said already. */
function readOptions(): { serve: boolean } | undefined {
  try {
    const { values } = parseArgs({
      options: { serve: { type: "boolean", default: true }, help: { type: "boolean", default: false } },
      allowNegative: true,
    });
    if (!values.help) return { serve: values.serve && process.stdout.isTTY };
    process.stdout.write(HELP);
  } catch (error) {
    process.stderr.write(`start: ${(error as Error).message.split(". ", 1)[0]}; see pnpm start --help\n`);
    process.exitCode = 2;
  }
  return undefined;
}

function explainMissingBuild(error: NodeJS.ErrnoException): never {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  process.stderr.write(
    "start: the packages are not built yet; run pnpm start in the root of the repository\n",
  );
  process.exit(1);
}
