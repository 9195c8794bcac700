import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { SamplingError } from "./sampling-error.ts";

/** A seeded generator: call it for a number uniform on [0, 1), a multiple of 2^−53. */
export interface Rng {
  (): number;
  /** The state as four 32-bit integers, for {@link rngFromState}. */
  readonly state: () => readonly number[];
  /** A generator that goes on from here by itself and gives the same numbers. */
  readonly clone: () => Rng;
  /** A generator 2^64 steps further on: a stream of its own for another worker. */
  readonly jumped: () => Rng;
}

/**
 * A seeded generator (xoroshiro128+ of pure-rand) that gives the same numbers on every platform.
 *
 * @param seed - An integer that JavaScript holds exactly, −2^53 < seed < 2^53.
 * @throws {@link SamplingError} `argument`.
 * @remarks All 53 bits and the sign of the seed count. They are spread over the state first, since a state made of a
 * small seed as it stands gives almost the same first numbers for all small seeds.
 */
export function createRng(seed: number): Rng {
  if (!Number.isSafeInteger(seed))
    throw new SamplingError("argument", `seed must be a safe integer, got ${seed}`);
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32) | 0;
  const state = Array.from({ length: 4 }, (_, i) => mix(low + mix(high + i * GOLDEN)));
  return rngFromState(state);
}

/**
 * The generator that was in this state, as `state()` gave it.
 *
 * @throws {@link SamplingError} `argument` unless it is four 32-bit integers, not all zero.
 */
export function rngFromState(state: readonly number[]): Rng {
  if (
    !Array.isArray(state) ||
    state.length !== 4 ||
    Array.from(state).some((word) => (word | 0) !== word) ||
    state.every((word) => word === 0)
  )
    throw new SamplingError("argument", "the state must be four 32-bit integers that are not all zero");
  const generator = xoroshiro128plusFromState(state);
  const rng = (): number => uniformFloat64(generator);
  return Object.assign(rng, {
    state: () => generator.getState(),
    clone: () => rngFromState(generator.getState()),
    jumped: () => {
      const further = xoroshiro128plusFromState(generator.getState());
      further.jump();
      return rngFromState(further.getState());
    },
  });
}

/** 2^32 divided by the golden ratio: steps that spread evenly over 32 bits. */
const GOLDEN = 0x9e3779b9;

/** The finaliser of MurmurHash3, a one-to-one map of 32 bits in which each bit depends on all others. */
function mix(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) | 0;
}
