const compiled = new WeakMap<object, RegExp>();

/** The regular expression of a step, compiled once. It carries no state between uses that set `lastIndex` first. */
export function patternOf(step: { readonly pattern: string }): RegExp {
  let pattern = compiled.get(step);
  if (pattern === undefined) {
    pattern = new RegExp(step.pattern, "gu");
    compiled.set(step, pattern);
  }
  return pattern;
}

/** A text as the source of a regular expression that matches just it. */
export function literalPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/** The next match at or after `at` as its begin and end, or undefined. */
export function nextMatch(
  pattern: RegExp,
  text: string,
  at: number,
): { readonly begin: number; readonly end: number } | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? undefined : { begin: found.index, end: found.index + found[0].length };
}

/** All matches of a pattern; after an empty one the search goes on a character further. */
export function* matchesOf(
  pattern: RegExp,
  text: string,
): Generator<{ readonly begin: number; readonly end: number }> {
  for (let at = 0; at <= text.length;) {
    const match = nextMatch(pattern, text, at);
    if (match === undefined) return;
    yield match;
    at = match.end > match.begin ? match.end : match.end + (text.codePointAt(match.end)! > 0xffff ? 2 : 1);
  }
}
