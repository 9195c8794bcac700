// The sums of a cosine, with fused multiplication and addition.
export * from "./products/sums";
