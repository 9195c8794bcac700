import { packageBuild } from "@lemmata/build";

export default packageBuild();
