import { toolTests } from "./src/index.ts";

export default toolTests();
