export { packageTests } from "./package-tests.ts";
