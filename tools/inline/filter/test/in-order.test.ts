import { describe, expect, test } from "vitest";
import { inOrder } from "../src/in-order.ts";

/** 0, 1, 2, … and a count of how many were read. */
class Numbers {
  read = 0;
  readonly items: AsyncGenerator<number>;

  constructor(count: number) {
    this.items = this.upTo(count);
  }

  private async *upTo(count: number): AsyncGenerator<number> {
    while (this.read < count) yield this.read++;
  }
}

/** Waits until all that can happen without anything from outside has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("inOrder", () => {
  test("gives results in the order of the items, whichever is done first", async () => {
    const done: (() => void)[] = [];
    const results: number[] = [];
    const all = (async () => {
      const convert = (item: number): Promise<number> =>
        new Promise((resolve) => (done[item] = () => resolve(10 * item)));
      for await (const result of inOrder(new Numbers(4).items, 4, convert)) results.push(result);
    })();
    await settled();
    done[2]!();
    done[1]!();
    await settled();
    expect(results).toEqual([]);
    done[0]!();
    await settled();
    expect(results).toEqual([0, 10, 20]);
    done[3]!();
    await all;
    expect(results).toEqual([0, 10, 20, 30]);
  });

  test("reads one item ahead of the calls that may be under way, and no more until a result is taken", async () => {
    const source = new Numbers(100);
    const results = inOrder(source.items, 3, async (item) => item);
    expect((await results.next()).value).toBe(0);
    await settled();
    expect(source.read).toBeLessThanOrEqual(5);
    for await (const item of results) expect(source.read).toBeLessThanOrEqual(item + 5);
    expect(source.read).toBe(100);
  });

  test("gives a result while the next item has not come", async () => {
    async function* stalling(): AsyncGenerator<string> {
      yield "first";
      await new Promise(() => {});
    }
    const results = inOrder(stalling(), 8, async (item) => item);
    expect((await results.next()).value).toBe("first");
  });

  test("throws what a call throws in its turn, and what reading throws", async () => {
    const convert = async (item: number): Promise<number> => {
      if (item === 1) throw new Error("bad item");
      return item;
    };
    const results = inOrder(new Numbers(3).items, 3, convert);
    await settled();
    expect((await results.next()).value).toBe(0);
    await expect(results.next()).rejects.toThrow("bad item");

    async function* failing(): AsyncGenerator<number> {
      yield 0;
      throw new Error("bad source");
    }
    const read = inOrder(failing(), 1, async (item) => item);
    expect((await read.next()).value).toBe(0);
    await expect(read.next()).rejects.toThrow("bad source");
  });
});
