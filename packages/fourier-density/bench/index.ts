import { bench, run } from "mitata";
import { FourierDensity } from "@lemmata/fourier-density";

const circle = { kind: "circle", lower: 0, upper: 1 } as const;
const amplitude = { re: Float64Array.of(1), im: Float64Array.of(0) };
bench("a density of one term", () => new FourierDensity(circle, amplitude));

await run();
