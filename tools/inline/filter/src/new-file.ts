import { realpathSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open, rename } from "node:fs/promises";

/** Temporary files that are not yet what they are to be. */
const unfinished = new Set<string>();
// However the process ends, unless it is killed outright, nothing half-written is left.
process.on("exit", () => {
  for (const path of unfinished) rmSync(path, { force: true });
});

/** A file that appears under its name when it is complete. A device or a pipe is written as it is. */
export class NewFile {
  private readonly handle: FileHandle;
  private readonly path: string;
  private readonly temporary: string | undefined;

  private constructor(handle: FileHandle, path: string, temporary: string | undefined) {
    this.handle = handle;
    this.path = path;
    this.temporary = temporary;
  }

  static async create(path: string): Promise<NewFile> {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) return new NewFile(await open(path, "w"), path, undefined);
    // What a symbolic link leads to is replaced, not the link.
    const target = there === undefined ? path : realpathSync(path);
    const temporary = `${target}.${process.pid}.part`;
    const handle = await open(temporary, "w");
    unfinished.add(temporary);
    return new NewFile(handle, target, temporary);
  }

  /** Writes behind what has been written. */
  async append(bytes: Uint8Array): Promise<void> {
    await this.handle.writeFile(bytes);
  }

  /** Writes over the beginning. */
  async overwriteStart(bytes: Uint8Array): Promise<void> {
    await this.handle.write(bytes, 0, bytes.length, 0);
  }

  /** Gives the file its name. */
  async finish(): Promise<void> {
    await this.handle.close();
    if (this.temporary === undefined) return;
    await rename(this.temporary, this.path);
    unfinished.delete(this.temporary);
  }
}
