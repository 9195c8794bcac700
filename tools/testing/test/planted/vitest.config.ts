import { defineConfig } from "vitest/config";
import { CountsReporter } from "../../src/index.ts";

export default defineConfig({ test: { include: ["*.planted.ts"], reporters: [new CountsReporter()] } });
