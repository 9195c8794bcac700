export type { Amplitude } from "./amplitude.ts";
export { DensityError, type DensityErrorCode } from "./density-error.ts";
export { type Atoms, FourierDensity } from "./fourier-density.ts";
export type { Circle, Interval, Line, Support } from "./support.ts";
