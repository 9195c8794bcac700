import { LatticeError } from "../lattice-error.ts";
import type { DecodeStep } from "../model/pipeline.ts";
import { bytesOfCharacters } from "./byte-characters.ts";
import { ByteNameDecoder } from "./byte-names.ts";
import { decodeStep } from "./decode-step.ts";

/** A step of decoding that takes pieces as they come, and gives those that are settled. */
export interface DecodeStage {
  push(piece: string): readonly string[];
  end(): readonly string[];
}

/**
 * The steps of decoding for pieces that come one by one; null: spaces between them. What they give adds up to what
 * {@link decodeStep} makes of all pieces.
 *
 * @throws {@link LatticeError} `unsupported`, by name, for a step that needs the whole text.
 */
export function decodeStages(steps: readonly DecodeStep[] | null): DecodeStage {
  if (steps === null) return stage((piece, first) => [first ? piece : ` ${piece}`]);
  let isOne = false;
  return chain(
    steps.map((step) => {
      const made = isOne ? stageOfOne(step) : stageOf(step);
      isOne ||= step.type === "fuse" || step.type === "byteLevel" || step.type === "byteNames";
      return made;
    }),
  );
}

/** One stage after the other. */
function chain(stages: readonly DecodeStage[]): DecodeStage {
  const through = (pieces: readonly string[], from: number): readonly string[] =>
    stages.slice(from).reduce((given, next) => given.flatMap((piece) => next.push(piece)), pieces);
  return {
    push: (piece) => through([piece], 0),
    end: () => stages.flatMap((last, i) => through(last.end(), i + 1)),
  };
}

/** A stage that keeps nothing back. */
function stage(change: (piece: string, first: boolean) => readonly string[]): DecodeStage {
  let first = true;
  return {
    push(piece) {
      const given = change(piece, first);
      first = false;
      return given;
    },
    end() {
      first = true;
      return [];
    },
  };
}

function stageOf(step: DecodeStep): DecodeStage {
  switch (step.type) {
    case "byteLevel":
      return byteLevelStage();
    case "byteNames":
      return byteNamesStage();
    case "bytes":
      return heldStage((piece) => SPELLED.test(piece), step);
    case "suffix":
      return lastStage(step);
    case "fuse":
      return stage((piece) => [piece]);
    default:
      // The first piece is alone in its list, and the others have one before them.
      return stage((piece, first) =>
        first ? decodeStep(step, [piece]) : decodeStep(step, ["", piece]).slice(1),
      );
  }
}

/** A step on what has become one piece, of which parts come. */
function stageOfOne(step: DecodeStep): DecodeStage {
  if (step.type === "fuse") return stage((piece) => [piece]);
  if (step.type !== "strip" || step.stop > 0)
    throw new LatticeError("unsupported", `the decoder's step ${step.type} needs the whole text: use decode`);
  let left = step.start;
  return {
    push(piece) {
      let begin = 0;
      while (left > 0 && piece.startsWith(step.content, begin)) {
        begin += step.content.length;
        left--;
      }
      if (begin < piece.length) left = 0;
      return [piece.slice(begin)];
    },
    end() {
      left = step.start;
      return [];
    },
  };
}

const SPELLED = /^<0x[0-9A-Fa-f]{2}>$/;

/** Keeps runs of pieces back until they end. */
function heldStage(isHeld: (piece: string) => boolean, step: DecodeStep): DecodeStage {
  let run: string[] = [];
  const settle = (): readonly string[] => {
    const given = run.length === 0 ? [] : decodeStep(step, run);
    run = [];
    return given;
  };
  return {
    push(piece) {
      if (isHeld(piece)) {
        run.push(piece);
        return [];
      }
      return [...settle(), piece];
    },
    end: settle,
  };
}

/** Keeps one piece back, which may be the last. */
function lastStage(step: DecodeStep): DecodeStage {
  let kept: string | undefined;
  return {
    push(piece) {
      const given = kept === undefined ? [] : decodeStep(step, [kept, ""]).slice(0, 1);
      kept = piece;
      return given;
    },
    end() {
      const given = kept === undefined ? [] : decodeStep(step, [kept]);
      kept = undefined;
      return given;
    },
  };
}

function byteLevelStage(): DecodeStage {
  const utf8 = new TextEncoder();
  let decoder = newDecoder();
  return {
    push: (piece) => [
      decoder.decode(Uint8Array.from(bytesOfCharacters(piece) ?? utf8.encode(piece)), { stream: true }),
    ],
    end() {
      const rest = decoder.decode();
      decoder = newDecoder();
      return [rest];
    },
  };
}

function byteNamesStage(): DecodeStage {
  const decoder = new ByteNameDecoder();
  return {
    push: (piece) => [decoder.push(piece)],
    end() {
      decoder.end();
      return [];
    },
  };
}

function newDecoder(): TextDecoder {
  return new TextDecoder("utf-8", { ignoreBOM: true });
}
