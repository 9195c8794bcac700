// The sums of a cosine, for every engine with SIMD.
export * from "./products/sums";
