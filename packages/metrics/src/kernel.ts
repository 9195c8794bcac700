export type { BoundNeeds, CosineBound } from "./cosine-bounds.ts";
export type { CosineReversal } from "./cosine-reversal.ts";
export type { BlockCosine, GroupedCosine } from "./grouped-cosine.ts";
export type { Group, Groups } from "./groups.ts";
export { cosine, cosineToRows, groupedCosine } from "./kernel/cosine.ts";
export { residentVectors } from "./kernel/resident-vectors.ts";
export { MetricsError, type MetricsErrorCode } from "./metrics-error.ts";
export type { HalfType, Vector, VectorOptions } from "./vector.ts";
