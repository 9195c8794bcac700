import { BinnedSamples, type Histogram } from "./binned-samples.ts";
import { DensityError } from "./density-error.ts";
import { equalCount } from "./evidence.ts";
import { extent, type Samples } from "./samples.ts";
import { searchTerms } from "./search-terms.ts";
import { places } from "./subsample.ts";
import { type Line, valueAt } from "./support.ts";

/** Bins of the first look, and of each candidate. */
const LOOK = 2 ** 15;
const BINS = 4096;

/** Scales are tried in steps of √2, from these powers of it times the spread of the samples. */
const FIRST_POWER = { tanh: 2, logit: 0, erf: 2, atan: 1 };
/** Narrower ones could only sharpen the middle. */
const LEAST_POWER = -2;
const MOST_POWER = 40;
/** Spreads that leave room for scales. */
const LEAST_SPREAD = 1e-240;
/** What is asked of `atan` beyond the other maps, in nats: its tails are so heavy that there is no mean. */
const NO_MEAN = 4;
/** Enough terms to tell scales apart by. */
const MOST_TERMS = 128;

/**
 * Location, scale and map of a line, by the samples: the location is their median; the scale is climbed to from what
 * their quartiles say, by the score of {@link searchTerms}; the map is `tanh` or `atan`, whichever does better.
 *
 * @param known - What is not to be chosen.
 * @param terms - Where they are not to be chosen either.
 * @param most - The most terms that the samples bear.
 * @remarks The samples are looked at once, through a wide `atan`: each candidate is made from that histogram.
 * @throws {@link DensityError} `degenerate` for samples without spread.
 */
export function chooseLine(
  samples: Samples,
  weights: Samples | undefined,
  known: Partial<Line>,
  terms: number | undefined,
  most: number,
): Line {
  const { location, spread } = middle(samples, weights, known);
  const wide: Line = { kind: "line", map: "atan", location, scale: 4 * spread };
  const look = new BinnedSamples(wide, LOOK).add(samples, weights).finish();
  const count = equalCount(look.weight, look.squares);
  const [values, masses] = points(look, samples);

  let best: { readonly support: Line; readonly terms: number; readonly score: number } | undefined;
  const score = (map: Line["map"], power: number): number => {
    const support: Line = { kind: "line", map, location, scale: spread * 2 ** (power / 2) };
    const histogram = new BinnedSamples(support, BINS).add(values, masses).finish();
    const evidence = { histogram, ranges: undefined, weight: histogram.weight, count };
    const range =
      terms === undefined
        ? { from: Math.floor((best?.terms ?? 0) / 3), to: Math.min(most, MOST_TERMS) }
        : { from: terms, to: terms };
    const { best: found } = searchTerms(evidence, {
      ...range,
      step: Math.SQRT2,
      roughness: 0,
    });
    const total = found.score + (map === "atan" ? NO_MEAN : 0);
    if (best === undefined || total < best.score) best = { support, terms: found.terms, score: total };
    return total;
  };
  for (const map of known.map === undefined ? (["tanh", "atan"] as const) : [known.map]) {
    if (known.scale !== undefined) {
      score(map, 0);
      continue;
    }
    const first = FIRST_POWER[map];
    let [at, least] = [first, score(map, first)];
    for (const way of [1, -1]) {
      if (way === -1 && at !== first) break; // uphill the other way
      // One step that does worse may still lead on.
      for (
        let [power, misses] = [first + way, 0];
        misses < 2 && power >= LEAST_POWER && power <= MOST_POWER;
        power += way
      ) {
        const there = score(map, power);
        if (there < least) [at, least, misses] = [power, there, 0];
        else misses++;
      }
    }
  }
  return best!.support;
}

/** The median, and a deviation that for normal data is theirs, of at most some thousand samples. */
function middle(samples: Samples, weights: Samples | undefined, known: Partial<Line>) {
  if (samples.length === 0)
    throw new DensityError("empty", "there are no samples to choose a location and scale by");
  const heavy =
    weights === undefined
      ? undefined
      : Array.from({ length: weights.length }, (_, i) => i).filter((i) => weights[i]! > 0);
  if (heavy?.length === 0) throw new DensityError("weights", "there are no samples with a weight above 0");
  const drawn = Array.from(places(heavy?.length ?? samples.length), (place) => {
    const i = heavy?.[place] ?? place;
    return { value: samples[i]!, weight: weights === undefined ? 1 : weights[i]! };
  }).sort((a, b) => a.value - b.value);
  const total = drawn.reduce((sum, { weight }) => sum + weight, 0);
  // Counted from both ends, so that samples turned round have the same.
  const quantile = (list: typeof drawn, share: number): number => {
    let sum = 0;
    return (list.find(({ weight }) => (sum += weight) >= share * total) ?? list.at(-1)!).value;
  };
  const reversed = drawn.toReversed();
  const width = (tail: number) => quantile(reversed, tail) - quantile(drawn, tail);
  // Quartiles can be equal, where half of the samples are.
  const spread = known.scale ?? ([0.25, 0.1, 0.01, 0].map(width).find((w) => w > 0) ?? 0) / 1.349;
  if (!(spread > LEAST_SPREAD && spread < 1 / LEAST_SPREAD))
    throw new DensityError(
      "degenerate",
      spread > 0
        ? `samples with a spread of ${spread} are beyond the scales of a line: change their unit`
        : "no scale can be told from samples that are all equal: give one",
    );
  return { location: known.location ?? quantile(drawn, 0.5) / 2 + quantile(reversed, 0.5) / 2, spread };
}

/** The nodes of a histogram on the line that have a mass, as samples with weights. */
function points({ support, bins, masses }: Histogram, samples: Samples): [Float64Array, Float64Array] {
  const [least, most] = extent(samples);
  const nodes = Array.from(masses.keys()).filter((j) => masses[j]! > 0);
  const value = (j: number) =>
    valueAt(support, 2 * Math.PI * (2 * j <= bins ? j / bins : (j - bins) / bins || -0));
  return [
    Float64Array.from(nodes, (j) => Math.min(Math.max(value(j), least), most)),
    Float64Array.from(nodes, (j) => masses[j]!),
  ];
}
