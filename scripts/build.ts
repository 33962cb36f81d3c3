/** `npm run build`: the browser pages. Nothing else is built; Node runs the sources. */
import { buildWorkstation } from "../apps/cli/buildWorkstation.ts";

await buildWorkstation({ force: true, log: (line) => process.stdout.write(`${line}\n`) });
