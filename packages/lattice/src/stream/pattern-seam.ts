import { type PatternGraph, patternGraph } from "./pattern-graph.ts";

/** Tells of two neighbours in a text how a pattern, searched for from left to right, can match around them. */
export class PatternSeam {
  private readonly graph: PatternGraph;

  private constructor(graph: PatternGraph) {
    this.graph = graph;
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
    return places.every(
      ({ type, pattern }, place) =>
        type === "look" ||
        !pattern.test(left) ||
        [...follow[place]!].every((next) => {
          const { type: nextType, pattern: nextPattern } = places[next]!;
          // A lookahead must find at the seam what it would find at the end of a text.
          return nextPattern.test(right) === (nextType === "look" && nextPattern.test(""));
        }),
    );
  }

  /** Whether a character is part of a match wherever it stands; undefined if it depends. */
  covers(character: string): boolean | undefined {
    const { places, single } = this.graph;
    const takes = (place: number): boolean => places[place]!.pattern.test(character);
    if (single.some(({ place, unless }) => takes(place) && !unless.some(takes))) return true;
    return places.some(({ type }, place) => type === "take" && takes(place)) ? undefined : false;
  }
}
