/** Lines of names and values. */
export function listing(rows: readonly (readonly [name: string, value: string])[]): string {
  return rows.map(([name, value]) => `${name.padEnd(17)}${value}\n`).join("");
}
