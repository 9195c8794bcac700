import { fitAnswer } from "../figures/density-fit.ts";
import { answering } from "./answering.ts";

answering(fitAnswer);
