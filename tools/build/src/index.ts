export { packageBuild } from "./package-build.ts";
