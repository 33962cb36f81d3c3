/** A bulletin as files for other programs: IMS1.0:short, QuakeML 1.2 and CSS3.0 tables, side by side in one folder. */
import { join } from "node:path";
import type { Bulletin, Station } from "@harken/core";
import { regionName } from "@harken/earth";
import { encodeCssBulletin, encodeImsBulletin, encodeQuakeMl } from "@harken/formats";
import { writeWhole } from "./writeWhole.ts";

/** Writes `bulletin.ims`, `bulletin.xml` and `bulletin.<table>`; returns their paths. Throws NOT_WRITABLE. */
export function writeBulletinFiles(folder: string, bulletin: Bulletin, stations: readonly Station[]): string[] {
  const files: Readonly<Record<string, string>> = {
    ims: encodeImsBulletin(bulletin, { stations, region: regionName }),
    xml: encodeQuakeMl(bulletin),
    ...encodeCssBulletin(bulletin, { stations }),
  };
  return Object.entries(files).map(([ending, text]) => {
    const path = join(folder, `bulletin.${ending}`);
    writeWhole(path, text);
    return path;
  });
}
