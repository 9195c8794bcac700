import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type Launch, Unavailable } from "./suite.ts";

/** What a contestant used for some passes over the whole input. */
export interface Cost {
  /** CPU time of the process, all its threads, in seconds. */
  readonly cpu: number;
  /** Time that went by, in seconds. */
  readonly wall: number;
  /** Largest resident memory of the process so far, in bytes; null where the system does not tell (it does on Linux). */
  readonly peakMemory: number | null;
}

/** What the first pass of a process used. */
export interface FirstCost extends Cost {
  /**
   * Resident memory after it, less that before it, in bytes, without pages of files (the program itself, of which a part
   * may be used for the first time); null where the system does not tell.
   */
  readonly addedMemory: number | null;
}

interface Answer {
  readonly cpu?: number;
  readonly wall?: number;
  readonly versions?: Readonly<Record<string, string>>;
  readonly unavailable?: string;
  readonly error?: string;
}

/**
 * A contestant in a process of its own. The process reads commands from its standard input, a line each, and answers
 * with a line of JSON each on file descriptor 3:
 *
 *     (start)         → {"versions": {"name": "1.2.3"}}  or  {"unavailable": "why"}
 *     output FILE     → {}                               its output for each line of text is in FILE, a line each
 *     pass N          → {"cpu": s, "wall": s}            seconds that N passes over the whole text took
 *     collect         → {}                               garbage is collected; asked of those alone that can
 *
 * A command that fails is answered with {"error": "why"}. The process ends when its input does. So a contestant may be
 * written in any language, and what it prints does not matter.
 */
export class ContestantProcess {
  readonly #child: ChildProcess;
  readonly #limit: number;
  readonly #answers: string[] = [];
  #ended: string | undefined;
  #heard: () => void = () => undefined;
  #printed = "";
  versions: Readonly<Record<string, string>> = {};

  private constructor(launch: Launch, limit: number) {
    this.#limit = limit;
    this.#child = spawn(launch.command, launch.args, {
      stdio: ["pipe", "pipe", "pipe", "pipe"],
      env: { ...process.env, ...launch.env },
    });
    const { stdin, stdout, stderr } = this.#child;
    stdin?.on("error", () => undefined); // the end of the process tells
    for (const stream of [stdout, stderr])
      stream?.on("data", (data) => (this.#printed = (this.#printed + String(data)).slice(-2000)));
    const answers = createInterface({ input: this.#child.stdio[3] as Readable });
    answers.on("line", (line) => {
      this.#answers.push(line);
      this.#heard();
    });
    this.#child.on("error", (error) => this.#end(error.message));
    this.#child.on("close", (code, signal) => this.#end(`ended with ${signal ?? `code ${code}`}`));
  }

  /**
   * Starts a contestant and waits until it is ready.
   *
   * @param limit - Longest wait for any answer, in seconds; then the process is killed.
   * @throws {@link Unavailable} if it says so.
   */
  static async start(launch: Launch, limit: number): Promise<ContestantProcess> {
    const contestant = new ContestantProcess(launch, limit);
    try {
      const { versions, unavailable } = await contestant.#answer();
      if (unavailable !== undefined) throw new Unavailable(unavailable);
      contestant.versions = versions ?? {};
      return contestant;
    } catch (error) {
      contestant.stop();
      throw error;
    }
  }

  async output(file: string): Promise<void> {
    await this.#ask(`output ${file}`);
  }

  async pass(count: number): Promise<Cost> {
    const { cpu, wall } = await this.#ask(`pass ${count}`);
    if (cpu === undefined || wall === undefined) throw new Error("the answer to `pass` has no times");
    return { cpu, wall, peakMemory: memoryOf(this.#child.pid, "VmHWM") };
  }

  /**
   * The first pass, and what it leaves in memory.
   *
   * @param collects - Whether the process can collect garbage, which then counts neither before nor after.
   */
  async firstPass(collects: boolean): Promise<FirstCost> {
    const resident = async (): Promise<number | null> => {
      if (collects) await this.#ask("collect");
      return memoryOf(this.#child.pid, "RssAnon");
    };
    const before = await resident();
    const cost = await this.pass(1);
    const after = await resident();
    return { ...cost, addedMemory: before === null || after === null ? null : after - before };
  }

  stop(): void {
    this.#child.kill("SIGKILL");
  }

  #ask(command: string): Promise<Answer> {
    this.#child.stdin?.write(`${command}\n`);
    return this.#answer();
  }

  async #answer(): Promise<Answer> {
    const timer = setTimeout(() => this.#end(`no answer within ${this.#limit} s`), 1000 * this.#limit);
    try {
      while (this.#answers.length === 0) {
        if (this.#ended !== undefined) throw new Error(`${this.#ended}${lastLine(this.#printed)}`);
        await new Promise<void>((resolve) => (this.#heard = resolve));
      }
    } finally {
      clearTimeout(timer);
    }
    const answer = JSON.parse(this.#answers.shift()!) as Answer;
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    this.stop();
    this.#heard();
  }
}

/** Asked of the system, not of the process: getrusage counts what the process was before it became its program. */
function memoryOf(pid: number | undefined, field: "VmHWM" | "RssAnon"): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kilobytes = new RegExp(`^${field}:\\s*(\\d+) kB$`, "m").exec(status)?.[1];
    return kilobytes === undefined ? null : 1024 * Number(kilobytes);
  } catch {
    return null;
  }
}

/** The line of a process's last words that says most: the first that names an error, else the last. */
function lastLine(printed: string): string {
  const lines = printed.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.find((line) => /error/i.test(line)) ?? lines.at(-1);
  return telling === undefined ? "" : `: ${telling.trim()}`;
}
