import { packageTests } from "@lemmata/testing";

export default packageTests({ lines: 95, branches: 90 });
