export { conditions, packageTests, type Thresholds, toolTests } from "./presets.ts";
export { CountsReporter } from "./counts-reporter.ts";
export { type Counts, reportFile, summaryLine } from "./counts.ts";
