import {
  blocksOf,
  DataError,
  type Input,
  inputsOf,
  linesOf,
  type Progress,
  progressOf,
  UsageError,
  visible,
} from "@lemmata/filter";

/** A text to be scored, with what it is compared with. */
export interface Segment {
  readonly hypothesis: string;
  readonly references: readonly string[];
  /** What another system wrote; undefined if there is none. */
  readonly baseline: string | undefined;
  /** All fields of the segment, if it came as JSON. */
  readonly fields: Fields;
  /** Where it stands, for messages. */
  readonly place: string;
}

/** What a line of JSON holds. */
type Fields = Readonly<Record<string, unknown>>;

/** Where segments come from. */
export interface SegmentSource {
  /** The file of hypotheses; standard input if undefined, or `-`. */
  readonly file: string | undefined;
  /** Files with a reference for each hypothesis, line by line. Without any, the first file has lines of JSON. */
  readonly references: readonly string[];
  /** Another system's file, or in lines of JSON the field with its text. */
  readonly baseline?: string | undefined;
  /** Fields of lines of JSON. */
  readonly hypothesisField: string;
  readonly referencesField: string;
}

/** The options that tell where segments come from, for `parseArgs`. */
export const segmentOptions = {
  reference: { type: "string", multiple: true, default: [] as string[] },
  "hypothesis-field": { type: "string", default: "hypothesis" },
  "references-field": { type: "string", default: "references" },
} as const;

/** What `--help` says of them. */
export const segmentHelp = `  --reference FILE  plain text: FILE has a reference for each line. Give it again for further references. Without it,
                    each line is an object of JSON:
  --hypothesis-field NAME
                    its field with the text to be scored; hypothesis if left out
  --references-field NAME
                    its field with the reference, or a list of references; references if left out`;

/** The one file that a command line names, if any. */
export function fileOf(positionals: readonly string[]): string | undefined {
  if (positionals.length > 1) throw new UsageError(`one file is wanted, got ${positionals.length}`);
  return positionals[0];
}

/**
 * The segments of files of lines that belong together, or of a file of lines of JSON, one after another: no more than what
 * is read at once is held in memory. Shows its progress.
 *
 * @throws {@link DataError} for a line that cannot be used, or files with different numbers of lines.
 */
export async function* segmentsOf(source: SegmentSource): AsyncGenerator<Segment> {
  const plain = source.references.length > 0;
  const others = plain
    ? [...source.references, ...(source.baseline === undefined ? [] : [source.baseline])]
    : [];
  const paths = [source.file ?? "-", ...others];
  if (paths.filter((path) => path === "-").length > 1)
    throw new UsageError("standard input can be read only once");
  const inputs = await inputsOf(paths);
  const progress = progressOf(inputs.reduce((sum, { size }) => sum + (size ?? NaN), 0));
  try {
    yield* plain ? fromLines(source, inputs, progress) : fromJson(source, inputs[0]!, progress);
  } finally {
    progress?.clear();
  }
}

async function* fromLines(
  { references, baseline }: SegmentSource,
  inputs: readonly Input[],
  progress: Progress | undefined,
): AsyncGenerator<Segment> {
  const files = inputs.map((input) => linesIn(input, progress));
  for (let number = 1; ; number++) {
    const next = await Promise.all(files.map((file) => file.next()));
    const ended = next.findIndex(({ done }) => done);
    const longer = next.findIndex(({ done }) => done !== true);
    if (longer === -1) return;
    if (ended !== -1)
      throw new DataError(
        `${inputs[ended]!.name} has ${number - 1} lines, ${inputs[longer]!.name} more: want one of each for each segment`,
      );
    const [hypothesis, ...others] = next.map(({ value }) => value as string);
    yield {
      hypothesis: hypothesis!,
      references: others.slice(0, references.length),
      baseline: baseline === undefined ? undefined : others.at(-1),
      fields: {},
      place: `${inputs[0]!.name}, line ${number}`,
    };
  }
}

async function* fromJson(
  { hypothesisField, referencesField, baseline }: SegmentSource,
  input: Input,
  progress: Progress | undefined,
): AsyncGenerator<Segment> {
  let number = 0;
  for await (const line of linesIn(input, progress)) {
    const place = `${input.name}, line ${++number}`;
    // A mark of the byte order at the start is none of the text's.
    const fields = fieldsIn(number === 1 ? line.replace(/^\ufeff/, "") : line, place);
    yield {
      hypothesis: textIn(fields, hypothesisField, place),
      references: textsIn(fields, referencesField, place),
      baseline: baseline === undefined ? undefined : textIn(fields, baseline, place),
      fields,
      place,
    };
  }
}

async function* linesIn(input: Input, progress: Progress | undefined): AsyncGenerator<string, void> {
  for await (const { bytes } of blocksOf([[input]])) {
    yield* linesOf(bytes);
    progress?.add(bytes.length);
  }
}

function fieldsIn(line: string, place: string): Fields {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch (error) {
    const fault = visible((error as Error).message);
    throw new DataError(`${place}: no JSON: ${fault} (plain text needs --reference FILE)`, { cause: error });
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    throw new DataError(`${place}: JSON, and no object with fields`);
  return fields as Fields;
}

function fieldIn(fields: Fields, name: string, place: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  const names = Object.keys(fields).map((key) => JSON.stringify(visible(key)));
  throw new DataError(`${place}: no field "${name}"; there are ${names.join(", ") || "none"}`);
}

function textIn(fields: Fields, name: string, place: string): string {
  const value = fieldIn(fields, name, place);
  if (typeof value !== "string") throw new DataError(`${place}: "${name}" is no text`);
  return value;
}

/** One text or several, in a list. */
function textsIn(fields: Fields, name: string, place: string): readonly string[] {
  const value = fieldIn(fields, name, place);
  return typeof value === "string" ? [value] : listOfTexts(value, name, place);
}

/** @throws {@link DataError} for what is no list of texts. */
export function listOfTexts(value: unknown, name: string, place: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string"))
    throw new DataError(`${place}: "${name}" is no list of texts`);
  return value;
}
