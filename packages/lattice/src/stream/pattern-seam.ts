import { type PatternGraph, patternGraph } from "./pattern-graph.ts";

/** Tells of two neighbours in a text how a pattern, searched for from left to right, can match around them. */
export class PatternSeam {
  private readonly graph: PatternGraph;
  /** Which places look ahead and go on at the end of a text. */
  private readonly atEnd: readonly boolean[];
  private readonly known = new Map<string, readonly boolean[]>();

  private constructor(graph: PatternGraph) {
    this.graph = graph;
    this.atEnd = graph.places.map(({ type, pattern }) => type === "look" && pattern.test(""));
  }

  /** Undefined for a pattern of which nothing is certain: see {@link patternGraph}; also one that matches nothing at all. */
  static of(source: string): PatternSeam | undefined {
    const graph = patternGraph(source);
    return graph === undefined || graph.empty ? undefined : new PatternSeam(graph);
  }

  /**
   * Whether the matches in any text that has these two side by side are those of what lies before the seam and of what
   * lies after it: none goes across, and none ends before it because of what is there.
   */
  parts(left: string, right: string): boolean {
    const { places, follow } = this.graph;
    const fitsLeft = this.fits(left);
    const fitsRight = this.fits(right);
    return places.every(
      ({ type }, place) =>
        type === "look" ||
        fitsLeft[place] === false ||
        // A lookahead must find at the seam what it would find at the end of a text.
        follow[place]!.every((next) => fitsRight[next] === this.atEnd[next]),
    );
  }

  /** Whether a character is part of a match wherever it stands; undefined if it depends. */
  covers(character: string): boolean | undefined {
    const { places, single } = this.graph;
    const fits = this.fits(character);
    if (single.some(({ place, unless }) => fits[place] && !unless.some((other) => fits[other]))) return true;
    return places.some(({ type }, place) => type === "take" && fits[place]) ? undefined : false;
  }

  /** Which places take a character, or look at it and go on. */
  private fits(character: string): readonly boolean[] {
    let fits = this.known.get(character);
    if (fits === undefined) {
      fits = this.graph.places.map(({ pattern }) => pattern.test(character));
      if (this.known.size === MOST_KNOWN) this.known.clear();
      this.known.set(character, fits);
    }
    return fits;
  }
}

const MOST_KNOWN = 1 << 14;
