/** A bulletin as files for other programs: IMS1.0:short, QuakeML 1.2 and CSS3.0 tables, side by side in one folder. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bulletin, Station } from "@harken/core";
import { regionName } from "@harken/earth";
import { encodeCssBulletin, encodeImsBulletin, encodeQuakeMl } from "@harken/formats";
import { cliErrors } from "./errors.ts";

/** Writes `bulletin.ims`, `bulletin.xml` and `bulletin.<table>`; returns their paths. Throws NOT_WRITABLE. */
export function writeBulletinFiles(folder: string, bulletin: Bulletin, stations: readonly Station[]): string[] {
  const files: Readonly<Record<string, string>> = {
    ims: encodeImsBulletin(bulletin, { stations, region: regionName }),
    xml: encodeQuakeMl(bulletin),
    ...encodeCssBulletin(bulletin, { stations }),
  };
  return Object.entries(files).map(([ending, text]) => {
    const path = join(folder, `bulletin.${ending}`);
    try {
      mkdirSync(folder, { recursive: true });
      // A reader never sees half a file.
      writeFileSync(`${path}.part`, text);
      renameSync(`${path}.part`, path);
    } catch (cause) {
      throw cliErrors.make("NOT_WRITABLE", { path, reason: (cause as Error).message }, cause);
    }
    return path;
  });
}
