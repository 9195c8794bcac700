/**
 * What may follow what in the matches of a pattern: its character classes and lookaheads as the places of a graph
 * (Glushkov's automaton). Matches go along its arcs, and it may have arcs that no match takes.
 *
 * @remarks Glushkov 1961, _The abstract theory of automata_. A place that looks ahead takes no character, so that
 * arcs go to it and past it.
 */
export interface PatternGraph {
  readonly places: readonly Place[];
  /** The places that may come right after each. */
  readonly follow: readonly (readonly number[])[];
  /** Ways to match a single character that nothing after it can prevent. */
  readonly single: readonly Single[];
  /** Whether a match may be empty. */
  readonly empty: boolean;
}

/** Takes a character that matches, or looks at what comes next without taking it. */
export interface Place {
  readonly type: "take" | "look";
  readonly pattern: RegExp;
}

/** A character that `place` takes alone, unless one of `unless`, which would keep it, takes it first. */
interface Single {
  readonly place: number;
  readonly unless: readonly number[];
}

/** A part of a pattern. */
interface Fragment {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly empty: boolean;
  readonly single: readonly Single[];
  /** The places that keep it from matching nothing where they match; undefined if it cannot be relied on to match nothing. */
  readonly nothing: readonly number[] | undefined;
  /** How many places there may be in a row. */
  readonly length: number;
}

const NOTHING: Fragment = { first: [], last: [], empty: true, single: [], nothing: [], length: 0 };
/** What one place takes: a class, an escape or a character as it is. */
const TAKE =
  /^(?:\[(?:\\[^]|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[0-9a-fA-F]+\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[^kbBcux\d]|\\0|[^\\^$.*+?()[\]{}|])/u;
const REPEAT = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/;
/** What is taken and kept, as a lookahead that is then read again. */
const HELD = /^\(\?=\(\?<(\w+)>/;

/**
 * The graph of a JavaScript pattern with the flag `u`; undefined for one that looks behind, far ahead, or at the
 * beginning of the text, or refers back but to keep what it has.
 */
export function patternGraph(source: string): PatternGraph | undefined {
  return new Parser(source).graph();
}

class Parser {
  private readonly source: string;
  private at = 0;
  private readonly places: Place[] = [];
  private readonly follow: Set<number>[] = [];

  constructor(source: string) {
    this.source = source;
  }

  graph(): PatternGraph | undefined {
    const whole = this.alternatives();
    if (whole === undefined || this.at < this.source.length) return undefined;
    const { single, empty } = whole;
    return { places: this.places, follow: this.follow.map((next) => [...next]), single, empty };
  }

  private alternatives(): Fragment | undefined {
    let all = this.sequence();
    while (all !== undefined && this.skip("|")) {
      const next = this.sequence();
      all = next && either(all, next);
    }
    return all;
  }

  private sequence(): Fragment | undefined {
    let all: Fragment | undefined = NOTHING;
    while (all !== undefined && this.at < this.source.length && !/[|)]/.test(this.source[this.at]!)) {
      const next = this.repeated();
      all = next && this.joined(all, next);
    }
    return all;
  }

  private repeated(): Fragment | undefined {
    const term = this.term();
    const [whole, from, comma, to] = REPEAT.exec(this.source.slice(this.at)) ?? [];
    if (term === undefined || whole === undefined) return term;
    this.at += whole.length;
    const least = whole[0] === "{" ? Number(from) : whole[0] === "+" ? 1 : 0;
    const most =
      whole[0] === "?" ? 1 : whole[0] !== "{" ? Infinity : comma === "" ? least : Number(to || Infinity);
    if (most > 1) this.link(term.last, term.first);
    return {
      ...term,
      empty: term.empty || least === 0,
      single: least <= 1 && most >= 1 ? term.single : [],
      nothing: least === 0 ? [] : term.nothing,
      length: most > 1 ? Infinity : term.length,
    };
  }

  private term(): Fragment | undefined {
    const rest = this.source.slice(this.at);
    const held = HELD.exec(rest);
    if (held !== null) {
      this.at += held[0].length;
      const inside = this.alternatives();
      return inside && this.skip(`))\\k<${held[1]!}>`) ? kept(inside) : undefined;
    }
    if (this.skip("(?:")) {
      const inside = this.alternatives();
      return this.skip(")") ? inside : undefined;
    }
    if (/^\(\?[=!]/.test(rest)) return this.lookahead();
    if (this.skip("$")) return this.look("$");
    const taken = TAKE.exec(rest)?.[0];
    if (taken === undefined) return undefined;
    this.at += taken.length;
    const place = this.add("take", taken);
    return {
      first: [place],
      last: [place],
      empty: false,
      single: [{ place, unless: [] }],
      nothing: undefined,
      length: 1,
    };
  }

  /** A lookahead, if it looks at one character at most. */
  private lookahead(): Fragment | undefined {
    const from = this.at;
    this.at += "(?=".length;
    const count = this.places.length;
    const inside = this.alternatives();
    if (inside === undefined || inside.length > 1 || !this.skip(")")) return undefined;
    // What it looks for it does not take.
    this.places.length = this.follow.length = count;
    return this.look(this.source.slice(from, this.at));
  }

  private look(pattern: string): Fragment {
    const place = this.add("look", pattern);
    return { first: [place], last: [place], empty: true, single: [], nothing: undefined, length: 1 };
  }

  private joined(a: Fragment, b: Fragment): Fragment {
    this.link(a.last, b.first);
    const after = a.nothing;
    return {
      first: a.empty ? [...a.first, ...b.first] : a.first,
      last: b.empty ? [...a.last, ...b.last] : b.last,
      empty: a.empty && b.empty,
      single: [
        ...(b.nothing === undefined ? [] : a.single),
        ...(after === undefined
          ? []
          : b.single.map(({ place, unless }) => ({ place, unless: [...after, ...unless] }))),
      ],
      nothing: after && b.nothing && [...after, ...b.nothing],
      length: a.length + b.length,
    };
  }

  private link(from: readonly number[], to: readonly number[]): void {
    for (const place of from) for (const next of to) this.follow[place]!.add(next);
  }

  private add(type: Place["type"], pattern: string): number {
    this.follow.push(new Set());
    return this.places.push({ type, pattern: new RegExp(`^(?:${pattern})`, "u") }) - 1;
  }

  private skip(what: string): boolean {
    const found = this.source.startsWith(what, this.at);
    if (found) this.at += what.length;
    return found;
  }
}

function either(a: Fragment, b: Fragment): Fragment {
  return {
    first: [...a.first, ...b.first],
    last: [...a.last, ...b.last],
    empty: a.empty || b.empty,
    single: [...a.single, ...b.single],
    nothing: a.nothing ?? b.nothing,
    length: Math.max(a.length, b.length),
  };
}

/** What gives nothing back of what it has taken. Of more than one class it cannot be told what that would be. */
function kept(inside: Fragment): Fragment {
  const [place, more] = inside.first;
  if (place === undefined || more !== undefined || inside.last.length > 1 || inside.single.length === 0)
    return { ...inside, single: [], nothing: undefined };
  return inside.nothing === undefined ? inside : { ...inside, nothing: [place] };
}
