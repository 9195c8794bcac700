import type { Environment } from "./environment.ts";
import type { Effort, InputResult, Row } from "./run-suite.ts";
import { type Spread, spread } from "./statistics.ts";
import type { Suite } from "./suite.ts";

/** What a run of a suite leaves behind as JSON. */
export interface SuiteResult extends Pick<
  Suite,
  "name" | "claim" | "measure" | "clock" | "process" | "baselines" | "ratio" | "notes"
> {
  /** The heading of the column that tells what outputs are worth. */
  readonly quality?: string;
  readonly environment: Environment;
  readonly effort: Effort;
  readonly inputs: readonly InputResult[];
}

/** The result as Markdown: a table for each input, ratios first. */
export function report(result: SuiteResult): string {
  const { environment: at, effort } = result;
  const versions = new Map(
    result.inputs.flatMap(({ rows }) => rows).flatMap((row) => Object.entries(row.versions)),
  );
  versions.delete("node");
  return [
    `# ${result.name}`,
    "",
    result.claim,
    "",
    ...result.inputs.flatMap((input) => [...table(result, input), ""]),
    ...result.notes.map((note) => `- ${note}`),
    `- A cell is the median of ${effort.rounds} rounds, with the quartiles in brackets. Ratios are of ${result.clock === "wall" ? "time by the clock" : "CPU time"} and taken round by round; all contestants of a table ran in turns in one run, each in a process of its own${result.process === "fresh" ? ", started anew for every round" : ""}.`,
    `- ${at.date.slice(0, 10)}, ${at.cpu}, ${at.cores} cores, Node ${at.node}${at.commit === "" ? "" : `, commit ${at.commit}`}; processes that wanted the machine, on average: ${loads(result.inputs)}.`,
    `- ${[...versions].map(([name, version]) => `${name} ${version}`).join(", ")}.`,
    "",
  ].join("\n");
}

function loads(inputs: readonly InputResult[]): string {
  return inputs.map(({ name, load }) => `${name} ${load[1].toFixed(1)}`).join(", ");
}

function table(result: SuiteResult, input: InputResult): string[] {
  const measured = input.rows.filter((row) => row.samples.length > 0);
  const failed = input.rows.filter((row) => row.failure !== undefined);
  const unit = result.measure === "rate" ? "MB/s" : "ms";
  // What helper processes take is in neither the CPU time nor the memory of the contestant's own.
  const showsOwn = result.clock !== "wall";
  const checked = measured.some((row) => row.check !== undefined);
  const fresh = result.process === "fresh";
  const header = [
    "",
    ...result.baselines.map((name) =>
      result.ratio === "times" ? `time ÷ \`${name}\`` : `rate ÷ \`${name}\``,
    ),
    ...(showsOwn ? [unit] : []),
    `${unit} by the clock`,
    ...(showsOwn && fresh ? ["adds MB"] : []),
    ...(showsOwn ? ["peak MB"] : []),
    ...(checked ? ["same output"] : []),
    ...(result.quality === undefined ? [] : [result.quality]),
  ];
  const cells = (row: Row): string[] => {
    const peak = Math.max(...row.samples.map(({ peakMemory }) => peakMemory ?? 0));
    return [
      shownName(row),
      ...result.baselines.map((baseline) =>
        row.contestant === baseline ? "1" : spreadCell(row.ratio[baseline], "×"),
      ),
      ...(showsOwn ? [spreadCell(inUnit(row.cpu, result, input))] : []),
      spreadCell(inUnit(row.wall, result, input)),
      ...(showsOwn && fresh ? [spreadCell(added(row))] : []),
      ...(showsOwn ? [peak === 0 ? "–" : figure(peak / 1e6)] : []),
      ...(checked ? [sameness(row)] : []),
      ...(result.quality === undefined ? [] : [row.quality ?? ""]),
    ];
  };
  return [
    `## ${input.name}`,
    "",
    `${input.description}; ${input.extent ?? `${figure(input.bytes / 1e6)} MB in ${input.lines} lines`}.`,
    "",
    markdownTable(header, measured.map(cells)),
    ...(failed.length > 0 ? [""] : []),
    ...failed.map(
      (row) =>
        `Not ${row.samples.length > 0 ? "in all rounds" : "measured"}: ${row.contestant}: ${row.failure}`,
    ),
  ];
}

/** What the first pass left in memory, in MB. */
function added({ samples }: Row): Spread {
  return spread(samples.flatMap(({ addedMemory }) => (addedMemory == null ? [] : [addedMemory / 1e6])));
}

function shownName(row: Row): string {
  const shown = row.ours ? `**${row.contestant}**` : row.contestant;
  return row.remark === undefined ? shown : `${shown} (${row.remark})`;
}

function sameness({ check }: Row): string {
  if (check === undefined) return "";
  const { lines, differing, note } = check;
  const share = differing === 0 ? "yes" : `${differing} of ${lines} lines differ`;
  return note === undefined ? share : `${share}; ${note}`;
}

/** MB/s or ms, from seconds for the input. */
function inUnit(seconds: Spread, { measure }: SuiteResult, { bytes }: InputResult): Spread {
  const { median, low, high } = seconds;
  if (measure === "time") return { median: 1e3 * median, low: 1e3 * low, high: 1e3 * high };
  const rate = (time: number): number => bytes / 1e6 / time;
  return { median: rate(median), low: rate(high), high: rate(low) };
}

function spreadCell(value: Spread | undefined, unit = ""): string {
  if (value === undefined || Number.isNaN(value.median)) return "–";
  return `${figure(value.median)}${unit} (${figure(value.low)}–${figure(value.high)})`;
}

/** A number to three figures, without an exponent. */
export function figure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);
}

/** A table in Markdown; columns after the first are flush right. A bar in a cell is escaped. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = `|${header.map((_, i) => (i === 0 ? " --- |" : " ---: |")).join("")}`;
  return [line(header), rule, ...rows.map(line)].join("\n");
}
