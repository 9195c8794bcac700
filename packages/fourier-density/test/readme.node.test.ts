import { readmeExamples } from "@lemmata/testing/readme";

readmeExamples(import.meta.url);
