export { chiSquaredTail } from "./tests/chi-squared-tail.ts";
export { chiSquaredTest, type FitOptions, gTest, type TestResult } from "./tests/goodness-of-fit.ts";
export { chiSquaredIndependence, gIndependence } from "./tests/independence.ts";
export { MetricsError, type MetricsErrorCode } from "./metrics-error.ts";
