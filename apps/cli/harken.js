#!/usr/bin/env node
// The `harken` command. Plain JavaScript, so that an old Node can read it and hand over to the pinned one.
import { fileURLToPath } from "node:url";
import { runWithNode24 } from "../../scripts/node24.js";

runWithNode24(fileURLToPath(new URL("./main.ts", import.meta.url)), process.argv.slice(2));
