export { cosine, cosineToRows } from "./kernel/cosine.ts";
export { residentVectors } from "./kernel/resident-vectors.ts";
export { MetricsError, type MetricsErrorCode } from "./metrics-error.ts";
export type { HalfType, Vector, VectorOptions } from "./vector.ts";
