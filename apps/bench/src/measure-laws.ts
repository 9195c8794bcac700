// Measures how far the laws of samplers are from the exact one: `pnpm --filter @lemmata/bench run laws` writes
// results/laws.{json,md}.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { emit, latticeOf, type Model, type Path, type TextLattice } from "@lemmata/lattice";
import { loadModel } from "@lemmata/lattice/formats";
import {
  createRng,
  perfectSample,
  perfectSampler,
  sampleEncode,
  sampleStream,
  viterbiSampleDistribution,
} from "@lemmata/sampling";
import { pythonWith } from "../peers/python-with.ts";
import { environment } from "./environment.ts";
import { bundledInputs } from "./inputs.ts";
import {
  exactLaw,
  huggingFaceLaw,
  noiseOf,
  type Segmentations,
  segmentationsOf,
  sharesOf,
  totalVariation,
} from "./laws.ts";
import { type LawRow, lawsReport } from "./laws-report.ts";

const DRAWS = 100_000;
const TRIES = 200;
const ALPHAS = [0, 0.1, 0.2, 0.5, 1, 2, 10];
/** A word, and clauses of words, of some thousands of segmentations. */
const TEXTS = [
  "internationalization",
  "却说袁绍输了一阵，坚守不出。两军相拒月余，有人来长安报知",
  "第一日記などという無用のものは決してつけない",
];

/** A text with its lattice and all that is in it. */
interface Subject {
  readonly model: Model;
  readonly text: string;
  readonly lattice: TextLattice;
  readonly all: Segmentations;
  /** The place of the segmentation with these ids. */
  readonly placeOfIds: ReadonlyMap<string, number>;
}

const placeOfPath = ({ all }: Subject, { edges }: Path): number => all.placeOf.get(edges.join())!;
const placeOfIds = (subject: Subject, ids: Iterable<number>): number =>
  subject.placeOfIds.get([...ids].join(" "))!;

/** Our samplers: each gives the place of what it draws. They have numbers of their own, so as to be told apart. */
const samplers: Record<string, (subject: Subject, alpha: number) => () => number> = {
  sampleEncode: (subject, alpha) => {
    const options = { alpha, rng: createRng(1) };
    return () => placeOfIds(subject, sampleEncode(subject.model, subject.text, options));
  },
  perfectSampler: (subject, alpha) => {
    const sampler = perfectSampler(subject.lattice, { alpha, rng: createRng(2) });
    return () => placeOfPath(subject, sampler.sample());
  },
  perfectSample: (subject, alpha) => {
    const options = { alpha, rng: createRng(3) };
    return () => placeOfPath(subject, perfectSample(subject.lattice, options));
  },
  sampleStream: (subject, alpha) => {
    const stream = sampleStream(subject.model, { alpha, rng: createRng(4) });
    return () => placeOfIds(subject, [...stream.push(subject.text), ...stream.end()]);
  },
};

/** Draws of SentencePiece by alpha, or why there are none. */
interface PeerDraws {
  readonly version: string;
  readonly counts: readonly Readonly<Record<string, number>>[];
}

async function drawsOfSentencePiece(model: Uint8Array, text: string): Promise<PeerDraws | string> {
  const script = fileURLToPath(new URL("../peers/sentencepiece_draws.py", import.meta.url));
  const directory = mkdtempSync(join(tmpdir(), "laws-"));
  try {
    const modelFile = join(directory, "spm.model");
    writeFileSync(modelFile, model);
    const input = JSON.stringify({ model: modelFile, text, alphas: ALPHAS, draws: DRAWS });
    const answer = execFileSync(await pythonWith("sentencepiece"), [script], {
      input,
      maxBuffer: 1 << 28,
      encoding: "utf8",
    });
    return JSON.parse(answer) as PeerDraws;
  } catch (error) {
    return (error as Error).message.split("\n")[0]!;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The distance of SentencePiece's draws; what it draws and is no segmentation of ours counts in full. */
function distanceOfCounts(
  counts: Readonly<Record<string, number>>,
  subject: Subject,
  law: Float64Array,
): number {
  const tally = new Float64Array(law.length + 1);
  for (const [ids, count] of Object.entries(counts))
    tally[subject.placeOfIds.get(ids) ?? law.length]! += count;
  return totalVariation(sharesOf(tally), Float64Array.of(...law, 0));
}

const rows: LawRow[] = [];
for (const [i, { name, description, model: bytes }] of bundledInputs().entries()) {
  const text = TEXTS[i]!;
  const model = loadModel(bytes);
  const lattice = latticeOf(model, text);
  const all = segmentationsOf(lattice);
  const ids = all.paths.map(({ edges, score }) => emit(model, { lattice, edges, score }).ids.join(" "));
  const subject: Subject = {
    model,
    text,
    lattice,
    all,
    placeOfIds: new Map(ids.map((key, place) => [key, place])),
  };
  if (subject.placeOfIds.size < ids.length) throw new Error(`segmentations of ${text} share their ids`);
  const peer = await drawsOfSentencePiece(bytes, text);
  for (const [a, alpha] of ALPHAS.entries()) {
    const law = exactLaw(all, alpha);
    const ours = Object.fromEntries(
      Object.entries(samplers).map(([sampler, prepare]) => {
        const draw = prepare(subject, alpha);
        const counts = new Float64Array(law.length);
        for (let n = 0; n < DRAWS; n++) counts[draw()]! += 1;
        return [sampler, totalVariation(sharesOf(counts), law)];
      }),
    );
    const earlier = new Float64Array(law.length);
    for (const { edges, probability } of viterbiSampleDistribution(lattice, { alpha }))
      earlier[all.placeOf.get(edges.join())!] = probability;
    rows.push({
      language: name,
      description,
      text,
      segmentations: all.paths.length,
      alpha,
      noise: noiseOf(law, DRAWS, TRIES),
      ours,
      sentencePiece: typeof peer === "string" ? peer : distanceOfCounts(peer.counts[a]!, subject, law),
      sentencePieceVersion: typeof peer === "string" ? undefined : peer.version,
      viterbiSample: totalVariation(earlier, law),
      huggingFace: totalVariation(huggingFaceLaw(lattice, all, alpha), law),
    });
  }
}

const at = environment();
const report = lawsReport(rows, at, DRAWS, TRIES);
for (const [file, content] of [
  ["laws.json", `${JSON.stringify({ environment: at, draws: DRAWS, tries: TRIES, rows })}\n`],
  ["laws.md", report],
] as const)
  writeFileSync(new URL(`../results/${file}`, import.meta.url), content);
console.log(report);
