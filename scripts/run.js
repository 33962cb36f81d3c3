// Runs one of the project's TypeScript scripts with the pinned Node: node scripts/run.js FILE [ARGS...]
import { runWithNode24 } from "./node24.js";

const [file, ...args] = process.argv.slice(2);
runWithNode24(file, args);
