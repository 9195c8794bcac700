/** A rewriting rule in UTF-8, or in bytes that need not be such. */
export type Rule = readonly [key: Uint8Array, replacement: Uint8Array];

/**
 * Rules as a normaliser holds them: a Darts double array, whose units src/text/normalize.ts tells of, and what they put in
 * place. Each node with something below has a block of 256 units for it.
 */
export function charsmapOf(list: readonly Rule[]): { rules: Uint32Array; replacements: Uint8Array } {
  interface Node {
    readonly children: Map<number, Node>;
    value: number;
  }
  const root: Node = { children: new Map(), value: -1 };
  const strings: number[] = [];
  for (const [key, replacement] of list) {
    let node = root;
    for (const byte of key) {
      let child = node.children.get(byte);
      if (child === undefined) node.children.set(byte, (child = { children: new Map(), value: -1 }));
      node = child;
    }
    node.value = strings.length;
    strings.push(...replacement, 0);
  }
  const units: number[] = Array.from({ length: 256 }, () => 0);
  const place = (node: Node, at: number, label: number): void => {
    const base = units.length;
    for (let i = 0; i < 256; i++) units.push(0);
    units[at] = ((at ^ base) << 10) | (node.value >= 0 ? 0x100 : 0) | label;
    if (node.value >= 0) units[base] = 0x80000000 + node.value;
    for (const [byte, child] of node.children) place(child, base ^ byte, byte);
  };
  place(root, 0, 0);
  return { rules: Uint32Array.from(units), replacements: Uint8Array.from(strings) };
}
