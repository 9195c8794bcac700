export { fetchModel, type FetchModelOptions, type ModelCache } from "./formats/fetch-model.ts";
export { loadModel } from "./formats/load-model.ts";
