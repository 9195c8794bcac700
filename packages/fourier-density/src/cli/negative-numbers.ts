/** Arguments with each negative number put to the option before it: `--lower -1` is `--lower=-1`, and no option `-1`. */
export function joinNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (last !== undefined && /^--[a-z]+$/.test(last) && /^-(?:\d|\.\d|Infinity)/.test(arg))
      joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}
