import { statSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";
import { imagePath, modelBytes, pngPixels, tokenizerJsonBytes } from "@lemmata/data";
import {
  countPaths,
  encode,
  entropy,
  latticeOf,
  logPartition,
  marginals,
  nbest,
  type TextLattice,
} from "@lemmata/lattice";
import { loadModel } from "@lemmata/lattice/formats";
import { entropy as shannon, groupedCosine, klDivergence } from "@lemmata/metrics";
import { findChromium } from "@lemmata/browser";
import { encodeImage } from "../../../packages/fourier-density/examples/image-codec/index.ts";
import { type Browser, chromium, type Locator, type Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clampedTrial } from "../figures/clamped.ts";
import { ATTENTIONS, concentrationOf, MOST_KEYS, normals } from "../figures/concentration.ts";
import { ALPHAS } from "../figures/curve.ts";
import { type Comparator, compareAnswer } from "../figures/density-comparison.ts";
import { type FitAnswer, fitAnswer, type FitQuestion } from "../figures/density-fit.ts";
import { viewOf } from "../figures/density-view.ts";
import { chance, counted, segmentations, signed } from "../figures/format.ts";
import { drawLaw, LAWS, placeOf } from "../figures/laws.ts";
import { smoothnessAt } from "../figures/smoothness.ts";
import { inflationOf } from "../figures/inflation.ts";
import { boundRows, CASES, compareBlocks, type PlaneBlock } from "../figures/two-blocks.ts";
import { setStage } from "../scenes/stage.ts";
import { serveSite } from "../serve-site.ts";

const stage = setStage("");
let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
beforeAll(async () => {
  site = await serveSite(0);
  browser = await chromium.launch(await findChromium());
}, 120_000);
afterAll(async () => {
  await browser?.close();
  site?.close();
});

let page: Page;
/** What no page may do: throw, complain, fail to load something, or ask another host. */
let faults: string[];
beforeEach(async () => {
  faults = [];
  page = await browser.newPage();
  page.on("pageerror", (error) => faults.push(`threw ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(`logged ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    // Aborted is what a page that is left, or closed, was still fetching ahead; a broken link has another error.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`did not get ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`got ${response.status()} for ${response.url()}`);
  });
  page.on("request", (request) => {
    if (![site.url, "data:", "blob:"].some((own) => request.url().startsWith(own)))
      faults.push(`asked for ${request.url()}`);
  });
});
afterEach(async () => {
  await page.close();
  expect(faults).toEqual([]);
});

const figure = (name: string): Locator => page.locator(`[data-figure="${name}"]`);
/** A figure as a number; NaN while it is not there. */
const numberIn = async (name: string): Promise<number> =>
  Number((await figure(name).textContent())?.replaceAll(",", "").replace("–", "NaN"));
/** A file to be chosen. */
const file = (name: string, bytes: Uint8Array | string) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(bytes),
});
const eventually = { timeout: 60_000 };

/** Sets a field as typing does, with text that the protocol of the browser's remote control might not carry. */
async function enter(field: Locator, text: string): Promise<void> {
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  await field.evaluate((element, codes) => {
    (element as HTMLInputElement).value = codes.map((code) => String.fromCharCode(code)).join("");
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, units);
}

async function slide(label: string, value: number): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(String(value));
}

describe("the home page", () => {
  beforeEach(async () => {
    await page.goto(site.url);
    await expect.poll(() => figure("count").textContent(), eventually).toBe("570 segmentations");
  });

  test("draws until perfect sampling is near the noise floor, where the earlier method does not come", async () => {
    await expect.poll(() => numberIn("draws"), eventually).toBe(20_000);
    const floor = await numberIn("floor");
    expect(await numberIn("perfect")).toBeLessThan(1.25 * floor);
    expect(await numberIn("earlier")).toBeGreaterThan(5 * floor);
    await expect.poll(() => page.getByRole("status").textContent()).toContain("After 20,000 draws");
  });

  test("counts the segmentations of a typed word as the package does in Node", async () => {
    await page.getByRole("textbox", { name: "Text" }).fill("tokenization");
    const count = countPaths(latticeOf(stage.model("trained_en_8000"), "tokenization"));
    await expect.poll(() => figure("count").textContent(), eventually).toBe(segmentations(count));
    await expect.poll(() => page.locator("tbody tr").first().textContent()).toContain("▁to");
  });

  test("gives all segmentations one probability at alpha 0, and nearly all to the best at alpha 2", async () => {
    const best = page.locator("tbody td.exact").first();
    await slide("alpha", 0);
    await expect.poll(() => best.textContent()).toBe(`${(100 / 570).toFixed(1)}%`);
    await slide("alpha", 2);
    await expect.poll(() => best.textContent()).toBe("100.0%");
    await page.getByLabel("alpha", { exact: true }).press("ArrowLeft");
    await expect.poll(() => page.locator(".controls .value").textContent()).toBe("1.95");
  });

  test.each([
    ["Chinese", "trained_zh_8000"],
    ["Japanese", "spm_test_ja_model"],
  ] as const)("reads %s", async (language, model) => {
    await page.getByLabel("Number of draws").selectOption("1000");
    await page.getByLabel("model", { exact: true }).selectOption(language);
    const text = page.getByRole("textbox", { name: "Text" });
    await expect.poll(() => text.inputValue()).not.toBe("understanding");
    const count = countPaths(latticeOf(stage.model(model), await text.inputValue()));
    await expect.poll(() => figure("count").textContent(), eventually).toBe(segmentations(count));
    await expect.poll(() => numberIn("draws"), eventually).toBe(1000);
    expect(await numberIn("perfect")).toBeLessThan(3 * (await numberIn("floor")));
  });

  test("pauses, goes on, and restarts", async () => {
    await page.getByLabel("Number of draws").selectOption("1000000");
    await page.getByRole("button", { name: "Pause" }).click();
    const paused = await numberIn("draws");
    await page.waitForTimeout(300);
    expect(await numberIn("draws")).toBe(paused);
    await page.getByRole("button", { name: "Go on" }).click();
    await expect.poll(() => numberIn("draws"), eventually).toBeGreaterThan(paused);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByLabel("Number of draws").selectOption("1000");
    await page.getByRole("button", { name: "Restart" }).click();
    await expect.poll(() => numberIn("draws"), eventually).toBe(1000);
  });

  test("asks for a text when there is none, and goes on when there is one again", async () => {
    const text = page.getByRole("textbox", { name: "Text" });
    for (const nothing of ["", "   "]) {
      await text.fill(nothing);
      await page.getByText("Nothing to segment yet").waitFor();
      expect(await figure("count").count()).toBe(0);
    }
    await enter(text, "\uD800"); // read as U+FFFD, which this model's rules take for a space
    await page.getByText("leave nothing of this text").waitFor();
    await text.fill("again");
    await figure("count").waitFor();
  });

  test.each([
    ["a lone surrogate", "under\uD800standing"],
    ["emoji", "👩‍👩‍👧‍👦🏳️‍🌈é"],
    ["markup", "<img src=x onerror=alert(1)>"],
    ["5,000 characters", "hostile input ".repeat(358).slice(0, 5000)],
    ["one letter 12,000 times", "a".repeat(12_000)],
  ])("segments %s without a fault", async (_, text) => {
    await enter(page.getByRole("textbox", { name: "Text" }), text);
    const count = countPaths(latticeOf(stage.model("trained_en_8000"), text.slice(0, 10_000)));
    await expect.poll(() => figure("count").textContent(), eventually).toBe(segmentations(count));
    await expect.poll(() => numberIn("draws"), eventually).toBeGreaterThan(3);
    expect(await page.getByText("Only the first 10,000 characters").count()).toBe(
      text.length > 10_000 ? 1 : 0,
    );
  });
});

test("a model that does not come is reported, and can be asked for again", async () => {
  await page.route("**/*.model", (route) => route.abort());
  await page.goto(site.url);
  await page.getByRole("alert").getByText("The model could not be loaded").waitFor();
  await page.unroute("**/*.model");
  await page.getByRole("button", { name: "Try again" }).click();
  await figure("count").waitFor();
  expect(faults.splice(0)).toHaveLength(2); // the request that was cut off, and the browser's own word about it
});

test("the page of sampling draws the article's case: ¼, ¼ and ½", async () => {
  await page.goto(`${site.url}packages/sampling.html`);
  const desk = page.getByRole("region", { name: "equal score" });
  await expect.poll(() => desk.locator('[data-figure="draws"]').textContent(), eventually).toBe("20,000");
  const row = desk.getByRole("row").filter({ hasText: "watch|ing" });
  const share = async (method: string): Promise<number> =>
    Number.parseFloat((await row.locator(`td.${method}`).textContent())!);
  expect(await share("exact")).toBe(33.3);
  expect(Math.abs((await share("perfect")) - 33.3)).toBeLessThan(2);
  expect(Math.abs((await share("earlier")) - 50)).toBeLessThan(2);
});

test("the page of sampling tells what alpha costs as the package does in Node", async () => {
  await page.goto(`${site.url}packages/sampling.html`);
  const desk = page.getByRole("region", { name: "What alpha costs" });
  const at = (name: string): Locator => desk.locator(`[data-figure="${name}"]`);
  const text = "It costs what it costs.";
  await desk.getByRole("textbox", { name: "Type any text" }).fill(text);
  const lattice = latticeOf(stage.model("trained_en_8000"), text);
  const { best, times } = inflationOf(lattice);
  await expect.poll(() => at("best").textContent(), eventually).toBe(String(best));
  for (const alpha of [0.1, 0, 1, 3]) {
    await desk.getByLabel("alpha", { exact: true }).fill(String(alpha));
    await expect.poll(() => at("times").textContent()).toBe(times(alpha).toFixed(2));
    expect(await at("expected").textContent()).toBe((times(alpha) * best).toFixed(2));
  }
  await desk.getByRole("img", { name: "Expected pieces against alpha" }).waitFor();
  expect(await at("mark").count()).toBe(1);
  await desk.getByLabel("alpha", { exact: true }).fill("0");
  const draws = (): Promise<string[]> => desk.getByRole("listitem").allTextContents();
  const before = await draws();
  expect(before).toHaveLength(3);
  await desk.getByRole("button", { name: "Draw again" }).click();
  await expect.poll(draws).not.toEqual(before);
});

describe("the page of lattice", () => {
  const english = stage.model("trained_en_8000");
  const text = "The lattice of a sentence.";
  const lattice = latticeOf(english, text);
  const typed = (): Locator => page.getByRole("textbox", { name: "Text" });
  const chosen = (): Locator => page.getByLabel("Your own model file");
  const count = async (of: TextLattice): Promise<void> =>
    expect.poll(() => figure("count").textContent(), eventually).toBe(counted(countPaths(of)));

  beforeEach(async () => {
    await page.goto(`${site.url}packages/lattice.html`);
    await typed().fill(text);
    await count(lattice);
  });

  test("answers as the package does in Node, at every alpha", async () => {
    for (const alpha of [0.1, 0, 1, 3]) {
      await slide("alpha", alpha);
      await expect.poll(() => figure("entropy").textContent()).toBe(entropy(lattice, { alpha }).toFixed(3));
      const logZ = logPartition(lattice, { alpha });
      const rows = nbest(lattice, 8).map(({ score }) => [signed(score, 2), chance(alpha * score - logZ)]);
      const cells = page
        .locator(".desk tbody tr")
        .evaluateAll((list) =>
          list.map((row) => Array.from(row.querySelectorAll("td.number"), (cell) => cell.textContent)),
        );
      expect(await cells).toEqual(rows);
      const plot = page.getByRole("img", { name: "Entropy against alpha" });
      expect(await plot.locator("desc").textContent()).toContain(entropy(lattice, { alpha }).toFixed(3));
      const { x, width } = (await figure("mark").boundingBox())!;
      const box = (await plot.boundingBox())!;
      // From the left end of the axis to the right one.
      expect((x + width / 2 - box.x) / box.width).toBeCloseTo((38 + (290 * alpha) / 3) / 340, 2);
    }
  });

  test("draws an arc for each piece, which can be pointed at and stepped to", async () => {
    const { edge } = marginals(lattice, { alpha: 0.1 });
    const arcs = page.getByRole("listbox", { name: "Pieces of the lattice" });
    expect(await arcs.getByRole("option").count()).toBe(lattice.end.length);
    const readout = (e: number): string[] => {
      const score = lattice.labelScore[lattice.label[e]!]!;
      return [`score ${signed(score, 3)}`, `probability ${chance(Math.log(edge[e]!))}`];
    };
    await arcs.focus();
    for (const e of [0, 1, 2]) {
      await page.keyboard.press("ArrowRight");
      for (const part of readout(e)) await expect.poll(() => figure("arc").textContent()).toContain(part);
    }
    await page.keyboard.press("End");
    expect(await arcs.getByRole("option", { selected: true }).getAttribute("aria-label")).toMatch(/^\.,/);
    await page.keyboard.press("Escape");
    await expect.poll(() => figure("arc").textContent()).toContain("Point at an arc");
    await arcs.getByRole("option", { name: /^▁The,/ }).dispatchEvent("mouseenter");
    await expect.poll(() => figure("arc").textContent()).toContain("▁The");
  });

  test("draws the beginning of a long text, and the whole curve", async () => {
    await enter(typed(), `😀\uDC00${"hostile input ".repeat(900)}`);
    await page.getByText("here the first 40").waitFor();
    await page.getByText("Only the first 10,000 characters").waitFor();
    expect(await page.locator(".arcs .arc").count()).toBeLessThanOrEqual(300);
    const points = async (): Promise<number> =>
      ((await page.locator(".curve").getAttribute("d")) ?? "").split("L").length;
    await expect.poll(points, eventually).toBe(ALPHAS.length);
  });

  test("reads a model file that is chosen, and keeps the bundled ones", async () => {
    const methods: string[] = [];
    page.on("request", (request) => methods.push(request.method()));
    await chosen().setInputFiles(file("small.model", modelBytes("spm_test_model")));
    await expect.poll(() => figure("own").textContent(), eventually).toBe("small.model");
    await count(latticeOf(stage.model("spm_test_model"), text));
    await page.getByText("Unigram, 1,000 pieces").waitFor();
    await page.getByLabel("model", { exact: true }).selectOption("English");
    await count(lattice);
    await page.getByLabel("model", { exact: true }).selectOption({ label: "small.model" });
    await count(latticeOf(stage.model("spm_test_model"), text));
    expect(methods.filter((method) => method !== "GET")).toEqual([]); // nothing was sent
  });

  test("reads a tokenizer.json that is dropped, and says that its pieces have no scores", async () => {
    const bytes = tokenizerJsonBytes("gpt2_shape_16000");
    const dropped = await page.evaluateHandle((json) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([json], "tokenizer.json"));
      return transfer;
    }, new TextDecoder().decode(bytes));
    const desk = page.getByRole("region", { name: "The lattice of a text" });
    await desk.dispatchEvent("dragover", { dataTransfer: dropped });
    await page.getByText("Drop the model file").waitFor();
    await desk.dispatchEvent("drop", { dataTransfer: dropped });
    const model = loadModel(bytes);
    await count(latticeOf(model, text));
    expect(await page.getByText("Drop the model file").count()).toBe(0);
    await figure("scoreless").getByText("have no scores").waitFor();
    expect(await page.getByLabel("alpha", { exact: true }).isDisabled()).toBe(true);
    expect(await page.getByRole("img", { name: "Entropy against alpha" }).count()).toBe(0);
    const own = encode(model, text).pieces.join("|").replaceAll("Ġ", "▁");
    expect(await page.locator(".desk tbody tr .pieces").first().textContent()).toBe(own);
    await typed().fill("猫 and 🍣");
    await count(latticeOf(model, "猫 and 🍣"));
  });

  test.each([
    ["cut.model", modelBytes("trained_en_8000").subarray(0, 50_000), "cut.model could not be read"],
    ["notes.json", '{"a": 1}', 'its fields are "a"'],
    ["bad.json", '{"model": {"type": "Unigram"', "bad.json could not be read"],
    ["page.html", "<!doctype html>", "a web page"],
    ["zipped.json.gz", "\x1F\x8B", "compressed by gzip"],
    ["empty", "", "the file is empty"],
  ])(
    "says in a line why %s is no model, and goes on with the one that it has",
    async (name, bytes, reason) => {
      await chosen().setInputFiles(
        file(name, typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes),
      );
      await page.getByRole("alert").getByText(reason).waitFor();
      await typed().fill(`${text} Again.`);
      await count(latticeOf(english, `${text} Again.`));
      await chosen().setInputFiles(file("small.model", modelBytes("spm_test_model")));
      await expect.poll(() => figure("own").textContent(), eventually).toBe("small.model");
      expect(await page.getByRole("alert").count()).toBe(0);
    },
  );

  test("takes the keyboard to the file", async () => {
    await page.getByLabel("alpha", { exact: true }).focus();
    await page.keyboard.press("Tab");
    expect(await chosen().evaluate((input) => input === document.activeElement)).toBe(true);
  });

  test("says so if what reads files does not come", async () => {
    await page.route("**/read-model.worker*", (route) => route.abort());
    await chosen().setInputFiles(file("small.model", modelBytes("spm_test_model")));
    await page.getByRole("alert").getByText("reader could not be loaded").waitFor();
    await count(lattice);
  });

  test("says so where the pieces of a model do not cover the text", async () => {
    const vocab = [
      ["a", -1],
      ["aa", -1.5],
    ];
    const json = JSON.stringify({ model: { type: "Unigram", unk_id: null, vocab } });
    await chosen().setInputFiles(file("tiny.json", json));
    await page.getByText("do not cover the text").waitFor();
    await typed().fill("aaa");
    await expect.poll(() => figure("count").textContent()).toBe("3");
  });
});

describe("the page of metrics", () => {
  beforeEach(async () => {
    await page.goto(`${site.url}packages/metrics.html`);
    await expect.poll(() => figure("entropy-q").count(), eventually).toBe(1);
  });

  test("compares two distributions as they are moved", async () => {
    await expect
      .poll(() => figure("entropy-q").textContent())
      .toBe(shannon([0.2, 0.2, 0.2, 0.2, 0.2]).toFixed(4));
    expect(await figure("kl-pq").textContent()).toBe(
      klDivergence([0.4, 0.25, 0.2, 0.1, 0.05], [0.2, 0.2, 0.2, 0.2, 0.2]).toFixed(4),
    );
    await slide("weight of a in q", 0);
    await expect.poll(() => figure("kl-pq").textContent()).toBe("∞");
    for (const outcome of "bcde") await slide(`weight of ${outcome} in q`, 0);
    await page.getByRole("alert").getByText("needs some weight").waitFor();
    await page.getByRole("button", { name: "Reset" }).click();
    await expect.poll(() => figure("distance").textContent()).toBe("0.2500");
  });

  const blocks = (): Locator => page.getByRole("region", { name: "Two blocks" });
  const start = CASES["out of step"]!;
  /** What the desk of two blocks must show: the answers of the package in Node. */
  async function shows(state: readonly PlaneBlock[]): Promise<void> {
    const found = compareBlocks(state)!;
    await expect.poll(() => figure("global").textContent()).toBe(signed(found.cosine, 3));
    for (const { name, relation, value } of boundRows(found))
      expect(await figure(name).textContent()).toBe(`${relation} ${signed(value, 3)}`);
    for (const [i, { cosine }] of found.blocks.entries())
      expect(await figure(`local-${i + 1}`).textContent()).toBe(
        cosine === undefined ? "none" : signed(cosine, 3),
      );
    expect(await figure("reversal").textContent()).toContain(found.reversal ? "Hidden" : "Nothing is hidden");
  }
  const tip = (side: "x" | "y", block: number): Locator =>
    blocks().getByRole("slider", { name: `${side} of block ${block}`, exact: true });

  test("shows of two blocks what groupedCosine says, in every case", async () => {
    await shows(start);
    for (const [name, state] of Object.entries(CASES)) {
      await blocks().getByRole("button", { name, exact: true }).click();
      await shows(state);
    }
    // By other words: of the article's case, with the vectors written out.
    await blocks().getByRole("button", { name: "the article's" }).click();
    const written = groupedCosine([0.1, 1], [1, 0.1], [1, 1]);
    await expect.poll(() => figure("global").textContent()).toBe(written.cosine.toFixed(3));
  });

  test("lets vectors be pulled by their tips", async () => {
    const hold = tip("y", 1).locator(".tip");
    await hold.scrollIntoViewIfNeeded();
    const centre = async (of: Locator): Promise<{ x: number; y: number }> => {
      const { x, y, width, height } = (await of.boundingBox())!;
      return { x: x + width / 2, y: y + height / 2 };
    };
    const origin = await centre(blocks().locator(".origin").first());
    const reach = (await blocks().locator(".reach").first().boundingBox())!.width / 4; // of length 1
    const from = await centre(hold);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    // To a quarter turn, and a length of 1.
    await page.mouse.move(origin.x, origin.y - reach, { steps: 5 });
    await page.mouse.up();
    const pulled = { ...start[0], normY: 1, angle: 90 };
    await shows([pulled, start[1]]);
    expect(await tip("y", 1).getAttribute("aria-valuetext")).toBe("length 1, angle 90°");
    // Once let go, it stays.
    await page.mouse.move(origin.x + reach, origin.y - reach);
    await shows([pulled, start[1]]);

    const x = await centre(tip("x", 2).locator(".tip"));
    await page.mouse.move(x.x, x.y);
    await page.mouse.down();
    await page.mouse.move(x.x - 0.5 * reach, x.y + 30, { steps: 5 });
    await page.mouse.up();
    await shows([pulled, { ...start[1], normX: 1 }]);
  });

  test("lets the keys and the sliders do the same", async () => {
    await tip("y", 2).focus();
    for (const key of ["ArrowLeft", "ArrowLeft", "ArrowUp"]) await page.keyboard.press(key);
    await shows([start[0], { ...start[1], angle: 60, normY: 0.55 }]);
    await page.keyboard.press("Home");
    await shows([start[0], { ...start[1], angle: 60, normY: 0 }]);
    await slide("length of y in block 2", 1.2);
    await slide("angle in block 1", 180);
    await shows([
      { ...start[0], angle: 180 },
      { ...start[1], angle: 60, normY: 1.2 },
    ]);
    await slide("length of y in block 1", 0);
    await slide("length of y in block 2", 0);
    await blocks().getByRole("alert").getByText("zero vector has no angle").waitFor();
    await tip("y", 1).focus();
    await page.keyboard.press("End");
    await shows([
      { ...start[0], angle: 180, normY: 2 },
      { ...start[1], angle: 60, normY: 0 },
    ]);
  });

  test("measures how far attention concentrates, against scale and against keys", async () => {
    const desk = page.getByRole("region", { name: "How far attention concentrates" });
    const noise = normals(MOST_KEYS, 1);
    const expectRows = async (options: { keys: number; mean: number; scale: number }): Promise<void> => {
      for (const attention of ATTENTIONS) {
        const wanted = concentrationOf(attention, noise, options);
        await expect
          .poll(() => figure(`s-${attention.name}`).textContent())
          .toBe(Number.isNaN(wanted) ? "–" : wanted.toFixed(3));
        expect(await figure(`limit-${attention.name}`).textContent()).toBe(
          attention.limit(options.mean, options.scale).toFixed(3),
        );
      }
    };
    await expectRows({ keys: 1024, mean: 0, scale: 2 });
    await desk.getByRole("slider", { name: "scale of the logits" }).fill("0.1");
    await desk.getByRole("slider", { name: "mean of the logits" }).fill("-2");
    // All logits are negative: squared ReLU gives no weights.
    await expectRows({ keys: 1024, mean: -2, scale: 0.1 });
    expect(await desk.locator('[data-figure="mark"]').count()).toBe(ATTENTIONS.length - 1);
    await desk.getByRole("combobox").selectOption({ label: "the number of keys" });
    await desk.getByRole("slider", { name: "scale of the logits" }).fill("3");
    await desk.getByRole("slider", { name: "number of keys" }).fill("4");
    await expectRows({ keys: 16, mean: -2, scale: 3 });
    await desk.getByText("4096").waitFor();
    const before = await figure("s-softmax").textContent();
    await desk.getByRole("button", { name: "Draw other keys" }).click();
    await expect.poll(() => figure("s-softmax").textContent()).not.toBe(before);
  });

  test("shows the update whose local cosines are clamped, and that scales are to blame", async () => {
    const expectFigures = async (spread: number, lambda: number): Promise<void> => {
      const found = clampedTrial(spread)(lambda);
      await expect.poll(() => figure("clamped-global").textContent()).toBe(found.cosine.toFixed(3));
      expect(await figure("clamped-profile").textContent()).toBe(found.profile.toFixed(3));
      const least = Math.min(...found.blocks.map(({ cosine }) => cosine!));
      expect(await figure("clamped-least").textContent()).toBe(least.toFixed(3));
    };
    await expectFigures(2, 0.5);
    await slide("lambda", 0.9);
    await expectFigures(2, 0.9);
    await slide("powers of ten between the gradients", 0);
    await expectFigures(0, 0.9);
  });
});

describe("the page of fourier-density", () => {
  beforeEach(async () => {
    await page.goto(`${site.url}packages/fourier-density.html`);
    await expect.poll(() => figure("likelihood-fourier").textContent(), eventually).toContain(".");
  });

  describe("the desk of samples", () => {
    const desk = (): Locator => page.getByRole("region", { name: "A density of samples" });
    const samplesOf = (name: string, seed: number, count = 1000): Float64Array =>
      drawLaw(
        LAWS.find((law) => law.name === name)!,
        count,
        seed,
      );
    /** What the desk asks of a law's samples, unless something is changed. */
    const asked = (name: string, samples: Float64Array, changes: Partial<FitQuestion> = {}): FitQuestion => {
      const place = placeOf(LAWS.find((law) => law.name === name)!);
      const view = viewOf(samples, place);
      return { samples, place, terms: "auto", smoothness: 0, view, law: name, ...changes };
    };
    async function shows(answer: FitAnswer): Promise<void> {
      const likelihood = signed(answer.logLikelihood, 4);
      await expect.poll(() => figure("likelihood-fourier").textContent(), eventually).toBe(likelihood);
      await expect.poll(() => figure("terms").textContent()).toBe(String(answer.terms));
      expect(await figure("modes").textContent()).toBe(String(answer.modes.length));
      if (answer.excess !== undefined)
        expect(await figure("excess-fourier").textContent()).toBe(signed(answer.excess, 4));
    }
    const open = (): Promise<void> => desk().getByText("Numbers of your own").click();

    test("fits samples of a law as the package does in Node, and shows modes, curves and comparators", async () => {
      const samples = samplesOf("claw", 1);
      const question = asked("claw", samples);
      const answer = fitAnswer(question);
      await shows(answer);
      await expect
        .poll(() => figure("mode").count())
        .toBe(
          answer.modes.filter(({ value }) => value >= question.view.from && value <= question.view.to).length,
        );
      const comparators: Comparator[] = ["law", "silverman", "sheather-jones", "mixture"];
      for (const name of ["kernel, Silverman", "normal mixture, EM"])
        await desk().getByRole("checkbox", { name }).check();
      const compared = compareAnswer({ ...question, comparators, components: 5 });
      for (const name of comparators) {
        const one = compared[name]!;
        if (!("curve" in one)) throw new Error(one.reason);
        await expect
          .poll(() => figure(`likelihood-${name}`).textContent(), eventually)
          .toBe(signed(one.logLikelihood, 4));
        expect(await figure(`excess-${name}`).textContent()).toBe(signed(one.excess!, 4));
        expect(await figure(`curve-${name}`).count()).toBe(1);
      }
      await desk().getByRole("checkbox", { name: "kernel, Sheather–Jones" }).uncheck();
      await expect.poll(() => figure("curve-sheather-jones").count()).toBe(0);
      expect(await figure("curve-fourier").count()).toBe(1);
    });

    test("draws from every law, tells the support that belongs to it, and draws others", async () => {
      let seed = 2;
      for (const { name } of LAWS.filter((law) => law.name !== "asymmetric claw")) {
        await desk().getByRole("button", { name, exact: true }).click();
        await shows(fitAnswer(asked(name, samplesOf(name, seed++))));
      }
      expect(await page.getByLabel("support", { exact: true }).inputValue()).toBe("circle");
      expect(await figure("support").textContent()).toBe("circle");
      await page.getByLabel("number of samples").selectOption("100");
      await desk().getByRole("button", { name: "Draw others" }).click();
      await expect.poll(() => figure("source").textContent()).toBe("100 samples of von Mises pair");
      await shows(fitAnswer(asked("von Mises pair", samplesOf("von Mises pair", seed, 100))));
    });

    test("follows terms and smoothness, and draws as many coefficients", async () => {
      const samples = samplesOf("claw", 1);
      expect(await page.getByLabel("terms", { exact: true }).isDisabled()).toBe(true);
      await desk().getByRole("checkbox", { name: "terms chosen" }).uncheck();
      await slide("terms", 30);
      await shows(fitAnswer(asked("claw", samples, { terms: 30 })));
      const bars = async (): Promise<number> =>
        ((await figure("coefficients").getAttribute("d")) ?? "").split("M").length - 1;
      expect(await bars()).toBe(30);
      await slide("smoothness", 20);
      await shows(fitAnswer(asked("claw", samples, { terms: 30, smoothness: smoothnessAt(20) })));
    });

    test("takes a support with ends, and says what is wrong with them", async () => {
      await page.getByLabel("support", { exact: true }).selectOption("interval");
      await expect.poll(() => figure("support").textContent(), eventually).toBe("interval, linear");
      await page.getByLabel("upper end").fill("0.5");
      await page.getByLabel("upper end").press("Enter");
      await figure("fit-fault").getByText("outside").waitFor();
      await page.getByLabel("upper end").fill("-90");
      await page.getByLabel("upper end").press("Enter");
      await desk().getByText("The lower end must lie below").waitFor();
      await page.getByLabel("support", { exact: true }).selectOption("line");
      await shows(fitAnswer(asked("claw", samplesOf("claw", 1))));
      expect(await desk().getByRole("alert").count()).toBe(0);
    });

    test("lets samples be sprinkled by the pointer and by the keys", async () => {
      const strip = desk().getByRole("slider", { name: "Where to sprinkle samples" });
      await desk().getByRole("button", { name: "Clear" }).click();
      await desk().getByRole("alert").getByText("at least two samples").waitFor();
      expect(await figure("curve-fourier").count()).toBe(0);
      await strip.focus();
      await page.keyboard.press("Home");
      for (let step = 0; step < 10; step++) await page.keyboard.press("ArrowRight");
      for (let drop = 0; drop < 5; drop++) await page.keyboard.press("Space");
      await expect.poll(() => figure("source").textContent()).toBe("20 samples, some by hand");
      await expect.poll(() => numberIn("modes"), eventually).toBe(1);
      await strip.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await strip.boundingBox())!;
      await page.mouse.move(x + 0.7 * width, y + height / 2);
      await page.mouse.down();
      await page.mouse.move(x + 0.8 * width, y + height / 2, { steps: 10 });
      await page.mouse.up();
      await page.mouse.move(x + 0.1 * width, y + height / 2);
      await expect.poll(() => figure("source").textContent()).toBe("64 samples, some by hand");
      await expect.poll(() => numberIn("modes"), eventually).toBeGreaterThan(1);
      // The law is not that of claw any more.
      expect(await figure("excess-fourier").textContent()).toBe("–");
      expect(await figure("excess-law").count()).toBe(0);
    });

    test("reads numbers that are pasted, and says if there are none", async () => {
      await open();
      await page.getByLabel("Paste numbers").fill("nothing to see");
      await desk().getByRole("button", { name: "Use these numbers" }).click();
      await desk().getByRole("alert").getByText("there are no numbers in it").waitFor();
      const values = Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 3 : 8) + Math.sin(i));
      await page.getByLabel("Paste numbers").fill(values.join(", "));
      await desk().getByRole("button", { name: "Use these numbers" }).click();
      await expect.poll(() => figure("source").textContent()).toBe("60 numbers of What was pasted");
      const samples = Float64Array.from(values);
      const view = viewOf(samples, { kind: "line" });
      await shows(
        fitAnswer({ samples, place: { kind: "line" }, terms: "auto", smoothness: 0, view, law: undefined }),
      );
      await page.getByLabel("Paste numbers").fill("5 5 5 5 5");
      await desk().getByRole("button", { name: "Use these numbers" }).click();
      await desk().getByText("not all equal").first().waitFor();
    });

    test("reads a table that is dropped, and offers its columns", async () => {
      const rows = Array.from({ length: 40 }, (_, i) => `n${i},${i % 7},${(i * i) % 11}`);
      const dropped = await page.evaluateHandle(
        (text) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text], "table.csv"));
          return transfer;
        },
        `name,first,second\n${rows.join("\n")}`,
      );
      await desk().dispatchEvent("dragover", { dataTransfer: dropped });
      await page.getByText("Drop the file of numbers").waitFor();
      await desk().dispatchEvent("drop", { dataTransfer: dropped });
      await expect.poll(() => figure("source").textContent()).toBe("40 numbers of first");
      await expect.poll(() => figure("atoms").textContent(), eventually).toContain("0.000, 1.000");
      await page.getByLabel("column").selectOption("second");
      await expect.poll(() => figure("source").textContent()).toBe("40 numbers of second");
      await page.getByLabel("A file of numbers").setInputFiles(file("words.txt", "just words\nand more"));
      await desk()
        .getByRole("alert")
        .getByText("words.txt could not be read: there are no numbers")
        .waitFor();
    });

    test("says so if what fits does not come", async () => {
      await page.route("**/fit-density.worker*", (route) => route.abort());
      await page.reload();
      await figure("fit-fault").getByText("worker could not be loaded").waitFor();
    });
  });

  describe("the desk of images", () => {
    const desk = (): Locator => page.getByRole("region", { name: "An image without loss" });
    const chosen = (): Locator => page.getByLabel("Your own image");
    const bits = (row: string): Promise<string | null> => figure(`bits-${row}`).textContent();
    /** A PNG file of raw rows; its colour type is 0 for grey, 2 for colour, 6 for colour with transparency. */
    function png(width: number, height: number, depth: number, type: number, rows: Uint8Array): Buffer {
      const chunk = (name: string, data: Uint8Array): Buffer => {
        const body = Buffer.concat([Buffer.from(name), data]);
        const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
        length.writeUInt32BE(data.length);
        checksum.writeUInt32BE(crc32(body));
        return Buffer.concat([length, body, checksum]);
      };
      const head = Buffer.alloc(13);
      head.writeUInt32BE(width, 0);
      head.writeUInt32BE(height, 4);
      head.set([depth, type], 8);
      const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", new Uint8Array())];
      return Buffer.concat([signature, ...parts]);
    }
    /** Rows of pixels with a filter byte in front of each. */
    const rowsOf = (width: number, height: number, bytes: number): Uint8Array =>
      Uint8Array.from({ length: height * (1 + width * bytes) }, (_, i) =>
        i % (1 + width * bytes) === 0 ? 0 : (37 * i) % 251,
      );

    test("compresses and restores an image of the page, byte for byte and as the codec does in Node", async () => {
      await desk().getByRole("button", { name: "clock" }).click();
      await desk().getByRole("status").getByText("ompressing clock").waitFor();
      await expect
        .poll(() => figure("exact").textContent(), { timeout: 120_000 })
        .toBe("Byte for byte the same");
      const path = imagePath("clock_motion");
      const pixels = pngPixels(path);
      const perPixel = (bytes: number): string => ((8 * bytes) / pixels.width / pixels.height).toFixed(3);
      expect(await bits("Fourier densities")).toBe(perPixel(encodeImage(pixels).length));
      expect(await bits("the file itself, PNG")).toBe(perPixel(statSync(path).size));
      expect(await figure("compared").textContent()).toContain("120,000 bytes of 400 × 300 pixels, grey");
      // What was restored is what is drawn.
      const drawn = await desk()
        .locator("canvas")
        .evaluate((canvas: HTMLCanvasElement) => {
          const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
          return data.filter((_, i) => i % 4 === 0).reduce((sum, v, i) => (31 * sum + v + i) % 1_000_003, 0);
        });
      expect(drawn).toBe([...pixels.data].reduce((sum, v, i) => (31 * sum + v + i) % 1_000_003, 0));
    });

    test("restores colour and transparency of a file that is chosen, and sends nothing", async () => {
      const methods: string[] = [];
      page.on("request", (request) => methods.push(request.method()));
      const [width, height] = [33, 17];
      await chosen().setInputFiles(file("colour.png", png(width, height, 8, 2, rowsOf(width, height, 3))));
      await expect.poll(() => figure("exact").textContent(), eventually).toBe("Byte for byte the same");
      expect(await figure("compared").textContent()).toContain("1,683 bytes of 33 × 17 pixels, colour;");
      await chosen().setInputFiles(file("clear.png", png(width, height, 8, 6, rowsOf(width, height, 4))));
      await expect
        .poll(() => figure("compared").textContent(), eventually)
        .toContain("2,244 bytes of 33 × 17 pixels, colour with transparency");
      expect(await figure("exact").textContent()).toBe("Byte for byte the same");
      await desk().getByText("a grey image of its own").waitFor();
      expect(methods.filter((method) => method !== "GET")).toEqual([]);
    });

    test("does not compare with the size of a PNG that has more bits than a browser gives", async () => {
      await chosen().setInputFiles(file("deep.png", png(20, 10, 16, 0, rowsOf(20, 10, 2))));
      await desk().getByText("has 16 bits a channel").waitFor();
      expect(await figure("bits-the file itself, PNG").count()).toBe(0);
      expect(Number(await bits("Fourier densities"))).toBeGreaterThan(0);
    });

    test.each([
      [
        "large.png",
        png(2000, 1001, 8, 0, new Uint8Array()),
        "2000 × 1001 pixels, and this page takes up to 2,000,000",
      ],
      ["notes.txt", Buffer.from("words"), "this browser knows no image in it"],
      ["cut.png", png(30, 30, 8, 0, rowsOf(30, 30, 1)).subarray(0, 40), "this browser knows no image in it"],
      ["empty.png", Buffer.alloc(0), "this browser knows no image in it"],
    ])("says in a line why %s is not compressed, and goes on with another", async (name, bytes, reason) => {
      await chosen().setInputFiles(file(name, bytes));
      await desk()
        .getByRole("alert")
        .getByText(`${name} could not be compressed`)
        .getByText(reason)
        .waitFor();
      await chosen().setInputFiles(file("good.png", png(8, 8, 8, 0, rowsOf(8, 8, 1))));
      await expect.poll(() => figure("exact").textContent(), eventually).toBe("Byte for byte the same");
      expect(await desk().getByRole("alert").count()).toBe(0);
    });

    test("stops when it is told to, and takes a file that is dropped", async () => {
      await desk().getByRole("button", { name: "cup" }).click();
      await desk().getByRole("button", { name: "Stop" }).click();
      expect(await desk().getByRole("status").count()).toBe(0);
      const dropped = await page.evaluateHandle(
        (bytes) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([new Uint8Array(bytes)], "small.png"));
          return transfer;
        },
        [...png(8, 8, 8, 0, rowsOf(8, 8, 1))],
      );
      await desk().dispatchEvent("drop", { dataTransfer: dropped });
      await expect.poll(() => figure("exact").textContent(), eventually).toBe("Byte for byte the same");
      await page.route("**/image.worker*", (route) => route.abort());
      await chosen().setInputFiles(file("good.png", png(8, 8, 8, 0, rowsOf(8, 8, 1))));
      await desk().getByRole("alert").getByText("worker could not be loaded").waitFor();
    });
  });
});

test.each([
  "",
  "guide.html",
  "measured.html",
  "packages/lattice.html",
  "packages/sampling.html",
  "packages/metrics.html",
  "packages/fourier-density.html",
])("the page /%s fits a phone, in the light and in the dark", async (path) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(site.url + path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  }
});

test("a page that is not there says so", async () => {
  await page.goto(`${site.url}nowhere.html`);
  await page.getByText("404").first().waitFor();
  expect(faults.splice(0)).toEqual([expect.stringContaining("got 404"), expect.stringContaining("404")]);
});
