import { readFileSync } from "node:fs";
import { modelBytes } from "@lemmata/data";
import { describe, expect, test } from "vitest";
import { countPaths, emit, encode, entropy, latticeOf, marginals, nbest } from "../../src/index.ts";
import { readSentencePiece } from "../../src/sentencepiece.ts";
import { modelPath, run, temporaryDirectory } from "./run.ts";

const model = readSentencePiece(modelBytes("trained_en_8000"));
const shown = (text: string, ...more: string[]): string => {
  const args = ["lattice", "--model", modelPath("trained_en_8000"), "--text", text, ...more];
  const { status, text: output, stderr } = run(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return output;
};
/** Texts that formats could trip over. */
const awkward = String.raw`"<a & b>\"` + "\u0007 \ufffe 猫]]>;";

interface Shown {
  readonly best: { pieces: string[]; ids: number[]; score: number; probability: number }[];
  readonly arcs: { start: number; end: number; id: number; probability: number; best: boolean }[];
  readonly segmentations: string;
  readonly entropy: number;
  readonly logPartition: number;
  readonly expectedPieces: number;
  readonly normalized: string;
}

describe("JSON", () => {
  test.each([1, 0.2, 0, -0.5])("holds what the library computes, at alpha = %d", (alpha) => {
    const lattice = latticeOf(model, "understanding");
    const { edge, logPartition } = marginals(lattice, { alpha });
    const got = JSON.parse(shown("understanding", "--format", "json", `--alpha=${alpha}`)) as Shown;
    expect(got.arcs.map((arc) => arc.end)).toEqual([...lattice.end]);
    expect(got.arcs.map((arc) => arc.id)).toEqual([...lattice.label]);
    expect(got.arcs.map((arc) => arc.probability)).toEqual([...edge]);
    expect(got).toMatchObject({
      normalized: "▁understanding",
      segmentations: String(countPaths(lattice)),
      entropy: entropy(lattice, { alpha }),
      logPartition,
    });
    expect(got.expectedPieces).toBeCloseTo(
      edge.reduce((sum, p) => sum + p, 0),
      12,
    );
    const best = nbest(lattice, 5);
    expect(got.best.map(({ pieces }) => pieces)).toEqual(best.map((path) => emit(model, path).pieces));
    got.best.forEach(({ probability, score }) =>
      expect(probability).toBeCloseTo(Math.exp(alpha * score - logPartition), 12),
    );
  });

  test("marks the pieces of encode as the best", () => {
    const text = "Segmentation is understood, 猫.";
    const { arcs } = JSON.parse(shown(text, "--format", "json")) as Shown;
    expect(arcs.filter(({ best }) => best).map(({ id }) => id)).toEqual([...encode(model, text).ids]);
  });

  test("lists as many segmentations as are asked for, and as there are", () => {
    const bestOf = (text: string, n: string): number =>
      (JSON.parse(shown(text, "--format", "json", "--nbest", n)) as Shown).best.length;
    expect(bestOf("understanding", "0")).toBe(0);
    expect(bestOf("understanding", "7")).toBe(7);
    expect(bestOf("on", "100")).toBe(Number(countPaths(latticeOf(model, "on"))));
  });
});

describe("text", () => {
  test("shows the text, the best segmentations, and each edge in a line", () => {
    const lines = shown("on").split("\n");
    expect(lines).toContain("segmentations  4");
    expect(lines.find((line) => /^ +1 /.test(line))).toMatch(/^ +1 +0\.9999 +-5\.9784 {2}▁on$/);
    expect(lines.filter((line) => /^ +\d+ +\d+ +[\d.e-]+ +-[\d.]+ +\d+ {2}\S+$/.test(line))).toHaveLength(6);
  });

  test("shows what an unknown piece stands for, and control characters as pictures", () => {
    const output = shown(awkward);
    expect(output).toContain("猫 as <unk>");
    expect(output.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });

  test("says about how many segmentations there are if their number is too long to read", () => {
    expect(shown("understanding ".repeat(30))).toMatch(/^segmentations {2}about \d\.\d{3}e\d+$/m);
  });

  test("of no text has one segmentation, the empty one", () => {
    expect(shown("")).toMatch(/^segmentations {2}1$/m);
  });
});

describe("DOT", () => {
  test.each(["understanding", "", awkward])(
    "of %j is one statement a line, well-formed, an edge each",
    (text) => {
      const lines = shown(text, "--format", "dot").trimEnd().split("\n");
      const quoted = String.raw`"(?:[^"\\\n]|\\.)*"`;
      expect(lines[0]).toMatch(new RegExp(`^digraph ${quoted} \\{$`));
      expect(lines.at(-1)).toBe("}");
      const statement = new RegExp(
        String.raw`^ {2}(?:rankdir=LR|(?:node|edge|\d+|(?<from>\d+) -> (?<to>\d+))(?: \[[a-z]+=(?:${quoted}|[\w.]+)(?:, [a-z]+=(?:${quoted}|[\w.]+))*\])?);$`,
      );
      const found = lines.slice(1, -1).map((line) => {
        expect(line).toMatch(statement);
        return statement.exec(line)!.groups!;
      });
      const lattice = latticeOf(model, text);
      const ends = found.flatMap(({ to }) => (to === undefined ? [] : [Number(to)]));
      expect(ends).toEqual([...lattice.end]);
    },
  );
});

describe("SVG", () => {
  test.each(["understanding", "", awkward])("of %j is well-formed, with an arc for each edge", (text) => {
    const svg = shown(text, "--format", "svg");
    const elements = elementsOf(svg);
    expect(elements[0]).toMatchObject({ name: "svg", attributes: { role: "img" } });
    const lattice = latticeOf(model, text);
    const arcs = elements.filter(({ name }) => name === "path");
    expect(arcs).toHaveLength(lattice.end.length);
  });

  test("draws an arc the wider the more probable it is, within the picture", () => {
    const lattice = latticeOf(model, "understanding");
    const elements = elementsOf(shown("understanding", "--format", "svg", "--alpha", "0.2"));
    const widths = elements.flatMap(({ attributes }) => Number(attributes["stroke-width"] ?? []));
    const drawn = widths.filter((width) => width > 0);
    const wanted = [...marginals(lattice, { alpha: 0.2 }).edge].sort((a, b) => a - b);
    expect(drawn).toHaveLength(wanted.length);
    drawn.forEach((width, i) => expect(width).toBeCloseTo(0.4 + 6.6 * wanted[i]!, 1));
    const [, , right, bottom] = elements[0]!.attributes["viewBox"]!.split(" ").map(Number);
    for (const { attributes } of elements) {
      if (attributes["x"] === undefined) continue;
      expect(Number(attributes["x"])).toBeLessThan(right!);
      expect(Number(attributes["y"])).toBeLessThan(bottom!);
      expect(Number(attributes["y"])).toBeGreaterThan(0);
    }
  });
});

test("--output writes to a file", () => {
  const path = temporaryDirectory();
  expect(shown("on", "--format", "svg", "--output", path("on.svg"))).toBe("");
  expect(readFileSync(path("on.svg"), "utf8")).toBe(shown("on", "--format", "svg"));
});

/** Reads XML without declarations and comments, strictly; the elements in the order of their beginnings. */
function elementsOf(xml: string): { name: string; attributes: Record<string, string> }[] {
  const token =
    /<(?<close>\/)?(?<name>[a-z]+)(?<rest>(?: [a-zA-Z:-]+="[^"<&]*")*)>|(?<text>(?:[^<>&]|&(?:amp|lt|gt);)+)/y;
  const open: string[] = [];
  const found: { name: string; attributes: Record<string, string> }[] = [];
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (match === null) throw new Error(`not well-formed: ${xml.slice(at, at + 60)}`);
    const { close, name, rest = "", text } = match.groups!;
    if (text !== undefined) expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\ufffe\uffff]/u);
    else if (close === undefined) {
      open.push(name!);
      const attributes = [...rest.matchAll(/ ([a-zA-Z:-]+)="([^"]*)"/g)];
      found.push({
        name: name!,
        attributes: Object.fromEntries(attributes.map(([, key, value]) => [key, value])),
      });
    } else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
  return found;
}
