/** Files that other programs read while they are written. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { cliErrors } from "./errors.ts";

/** Makes the folder too. A reader never sees half a file. Throws NOT_WRITABLE. */
export function writeWhole(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  } catch (cause) {
    throw cliErrors.make("NOT_WRITABLE", { path, reason: (cause as Error).message }, cause);
  }
}
