/** A text, and the model that segments it; or numbers, and a line for each call. */
export interface Input {
  readonly name: string;
  /** What a reader should know of it: language, text, model. */
  readonly description: string;
  /** The bytes of a SentencePiece model file, or of the numbers. */
  readonly model: Uint8Array;
  /** The lines of the text, none empty; each is one call. */
  readonly lines: readonly string[];
  /** How much there is, where it is not text. Default: the megabytes and lines of text. */
  readonly extent?: string;
}

/** An input as files, for processes of any language: the model as it is, the text with one line feed after each line. */
export interface InputFiles {
  readonly modelFile: string;
  readonly textFile: string;
  /** A directory that is removed when the run ends, for what a contestant has to build. */
  readonly workDirectory: string;
}

/** How to start the process of a contestant, which then speaks the protocol of `contestant-process.ts`. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** One way of doing the work of a suite. */
export interface Contestant {
  /** Unique in its suite: `package call`. */
  readonly name: string;
  /** Measured with every run; a peer can be left out. */
  readonly ours: boolean;
  /** What differs from the others' work, for the table. */
  readonly remark?: string;
  /** Its process can collect garbage when asked. */
  readonly collects?: boolean;
  /** Outputs are not compared: there is nothing to compare them with. */
  readonly unchecked?: boolean;
  /** @throws {@link Unavailable} if this machine lacks what it needs. */
  launch(files: InputFiles): Launch | Promise<Launch>;
}

/** Why a contestant cannot take part. Its row says so, and the run goes on. */
export class Unavailable extends Error {
  override readonly name = "Unavailable";
}

/** How the output of a contestant compares with the first contestant's. */
export interface Check {
  readonly lines: number;
  readonly differing: number;
  /** The first lines that differ, to find out why. */
  readonly examples: readonly { readonly line: number; readonly expected: string; readonly got: string }[];
  /** What equality cannot say. */
  readonly note?: string;
}

/** What an output is worth. */
export interface Quality {
  readonly heading: string;
  of(output: readonly string[], input: Input): string;
}

/** One claim: what is measured, of whom, on which inputs. */
export interface Suite {
  readonly name: string;
  /** The claim in one sentence. */
  readonly claim: string;
  /** `rate`: megabytes of text a second. `time`: milliseconds for the whole input. */
  readonly measure: "rate" | "time";
  /** What ratios are of: `cpu` time, if left out, or `wall` time, for work in several threads or processes. */
  readonly clock?: "cpu" | "wall";
  /** Whether a contestant's process lives through all rounds, warm, or each round starts one and its first pass counts. */
  readonly process: "kept" | "fresh";
  /** The contestants that all rows are related to, a column each. */
  readonly baselines: readonly string[];
  /** `times`: how many times as long a row takes as the baseline. `share`: its rate as a share of the baseline's. */
  readonly ratio: "times" | "share";
  readonly contestants: readonly Contestant[];
  readonly inputs: () => readonly Input[];
  /** Compares outputs line by line; equality of lines if left out. */
  readonly check?: (expected: readonly string[], got: readonly string[], input: Input) => Check;
  /** In place of the comparison, where outputs need not be alike: what each is worth, as a cell and its heading. */
  readonly quality?: Quality;
  /** What a reader of the table has to know. */
  readonly notes: readonly string[];
}
