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

/** Calls `found` with begin and end of each match; after an empty one the search goes on a character further. */
export function eachMatch(pattern: RegExp, text: string, found: (begin: number, end: number) => void): void {
  for (pattern.lastIndex = 0; ;) {
    const match = pattern.exec(text);
    if (match === null) return;
    const begin = match.index;
    const end = begin + match[0].length;
    found(begin, end);
    if (end === begin) pattern.lastIndex += text.codePointAt(end)! > 0xffff ? 2 : 1;
  }
}

/** Whether there is a match at all. */
export function contains(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}
