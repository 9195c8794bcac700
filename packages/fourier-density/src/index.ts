export type { Amplitude } from "./amplitude.ts";
export { DensityError, type DensityErrorCode } from "./density-error.ts";
export { type Atoms, FourierDensity } from "./fourier-density.ts";
export {
  type Circle,
  type Interval,
  type Line,
  logReference,
  referenceAngle,
  type Support,
  valueAt,
} from "./support.ts";
