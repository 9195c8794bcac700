/** One of the things that the command line does. */
export interface Command {
  readonly name: string;
  /** What it does, in a few words. */
  readonly summary: string;
  /** All that `--help` says. */
  readonly help: string;
  run(args: readonly string[]): Promise<void>;
}
