import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Contestant, type InputFiles, type Launch, Unavailable } from "../src/suite.ts";
import { pythonWith } from "./python-with.ts";

const run = promisify(execFile);

/** What `sentencepiece_peer.cc` and `sentencepiece_peer.py` can be asked for. */
export type Call = "encode" | "encodeBatch" | "load" | "sample" | "sampleNbest64";

/** SentencePiece's library, through a small program that is compiled when it is needed. */
export function sentencePieceCpp(
  call: Exclude<Call, "encodeBatch">,
  name: string,
  remark?: string,
): Contestant {
  return {
    name,
    ours: false,
    ...(remark === undefined ? {} : { remark }),
    async launch(files): Promise<Launch> {
      return { command: await compiled(files), args: [call, files.modelFile, files.textFile] };
    },
  };
}

/** SentencePiece through its Python package. */
export function sentencePiecePython(call: Call, name: string, remark?: string): Contestant {
  return {
    name,
    ours: false,
    ...(remark === undefined ? {} : { remark }),
    async launch({ modelFile, textFile }): Promise<Launch> {
      const script = fileURLToPath(new URL("sentencepiece_peer.py", import.meta.url));
      return { command: await pythonWith("sentencepiece"), args: [script, call, modelFile, textFile] };
    },
  };
}

const programs = new Map<string, Promise<string>>();

/** The program, compiled once a run. */
function compiled({ workDirectory }: InputFiles): Promise<string> {
  const known = programs.get(workDirectory);
  if (known !== undefined) return known;
  const program = compile(workDirectory);
  programs.set(workDirectory, program);
  return program;
}

async function compile(workDirectory: string): Promise<string> {
  const source = fileURLToPath(new URL("sentencepiece_peer.cc", import.meta.url));
  const program = join(workDirectory, "sentencepiece");
  const config = async (...args: string[]): Promise<string> =>
    (await run("pkg-config", [...args, "sentencepiece"])).stdout.trim();
  try {
    const flags = (await config("--cflags", "--libs")).split(/\s+/);
    const version = `-DVERSION="${await config("--modversion")}"`;
    await run("g++", ["-std=c++17", "-O2", version, source, "-o", program, ...flags]);
  } catch (error) {
    const why = (error as { stderr?: string }).stderr?.trim().split("\n")[0] ?? String(error);
    throw new Unavailable(`needs g++, pkg-config and libsentencepiece-dev (${why})`);
  }
  return program;
}
