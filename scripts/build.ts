/** `npm run build`: the kernels in WebAssembly, whose modules are committed, and the browser pages. Node runs the rest from its sources. */
import { buildWorkstation } from "../apps/cli/buildWorkstation.ts";
import { buildKernels } from "./kernels.ts";

const log = (line: string) => process.stdout.write(`${line}\n`);
for (const source of await buildKernels({ check: false })) log(`${source}: a new module was written`);
await buildWorkstation({ force: true, log });
