/** What shows progress: standard error, for one. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Milliseconds between two showings. */
const PACE = 100;

/** One line on a terminal that says how much of `total` bytes is done, and how fast it goes. */
export class Progress {
  private readonly screen: Screen;
  private readonly total: number;
  private readonly now: () => number;
  private readonly start: number;
  private shown: number;
  private done = 0;

  constructor(screen: Screen, total: number, now: () => number = () => performance.now()) {
    this.screen = screen;
    this.total = total;
    this.now = now;
    this.start = this.shown = now();
  }

  add(bytes: number): void {
    this.done += bytes;
    const now = this.now();
    if (now - this.shown < PACE) return;
    this.shown = now;
    const percent = Math.floor((100 * this.done) / this.total);
    const rate = this.done / 1e3 / (now - this.start);
    this.screen.write(`\r${percent} % of ${(this.total / 1e6).toFixed(1)} MB, ${rate.toFixed(1)} MB/s  `);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.shown > this.start) this.screen.write("\r\u001b[K");
  }
}

/** Progress of so many bytes on standard error, if that is a terminal and anything is to be read. */
export function progressOf(total: number): Progress | undefined {
  return process.stderr.isTTY && total > 0 ? new Progress(process.stderr, total) : undefined;
}
