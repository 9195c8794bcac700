import { bench, run } from "mitata";
import { mean } from "@lemmata/__name__";

const values = Float64Array.from({ length: 10_000 }, (_, i) => Math.sin(i));
bench("mean of 10,000 numbers", () => mean(values));

await run();
