export { type ElementType, elementSize, elementTypes } from "./element-type.ts";
export { npyDataStart, readNpyHeader } from "./npy-header.ts";
export { type Numbers, numbersOf } from "./numbers.ts";
export { readSafetensorsHeader, safetensorsDataStart } from "./safetensors-header.ts";
export { type Tensor, TensorError, type TensorErrorCode } from "./tensor.ts";
