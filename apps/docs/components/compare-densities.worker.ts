import { compareAnswer } from "../figures/density-comparison.ts";
import { answering } from "./answering.ts";

answering(compareAnswer);
