import { toolTests } from "@lemmata/testing";

export default toolTests();
