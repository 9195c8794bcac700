#!/usr/bin/env node
// Brings the kernels of the package in the current directory up to date.
import { relative } from "node:path";
import { generateKernels } from "./generate.ts";

for (const path of await generateKernels(process.cwd()))
  console.log(`generated ${relative(process.cwd(), path)}`);
