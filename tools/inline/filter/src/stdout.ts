// Whoever writes learns of a failure; without a listener it would also end the process.
process.stdout.on("error", () => {});

/** Writes to standard output, and waits until there is room for more. */
export function toStdout(data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(data, (error) => (error ? reject(error) : resolve()));
  });
}
