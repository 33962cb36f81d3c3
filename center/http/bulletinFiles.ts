/** A whole bulletin as a file for other programs: IMS1.0:short text or QuakeML 1.2. */
import type { Bulletin, Station } from "@harken/core";
import { regionName } from "@harken/earth";
import { encodeImsBulletin, encodeQuakeMl } from "@harken/formats";

export function bulletinFile(
  bulletin: Bulletin,
  stations: readonly Station[],
  format: "ims" | "xml",
): { text: string; type: string } {
  return format === "ims"
    ? { text: encodeImsBulletin(bulletin, { stations, region: regionName }), type: "text/plain; charset=utf-8" }
    : { text: encodeQuakeMl(bulletin), type: "application/xml; charset=utf-8" };
}
