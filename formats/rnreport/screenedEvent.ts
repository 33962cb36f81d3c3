/**
 * The standard screened radionuclide event bulletin (SSREB): a sample at the highest level, its nuclides, and which products belong to it. Written and read
 * back as an IMS2.0 message.
 */
import { type Decoded, defaultLimits, type Limits, type ScreenedRadionuclideEvent } from "@harken/core";
import { readNuclide } from "./decodeSampleReports.ts";
import { nuclideRow, nuclideTitles } from "./encodeSampleReport.ts";
import { readProducts, writeProduct } from "./products.ts";
import { fieldsOf, readText, readTime, sectionTitle, writeFields, writeTable, writeTime } from "./text.ts";

export function encodeScreenedEvent(event: ScreenedRadionuclideEvent): string {
  return writeProduct(event.messageId, "SSREB", [
    "STANDARD SCREENED RADIONUCLIDE EVENT BULLETIN",
    "",
    sectionTitle("EVENT"),
    "",
    ...writeFields([
      ["Creation Date", writeTime(event.createdTime)],
      ["Station ID", event.station],
      ["Sample ID", event.sampleId],
      ["Level", event.level],
      ["Reason", event.reason],
      ["Collection Start", writeTime(event.collectionStart)],
      ["Collection Stop", writeTime(event.collectionStop)],
    ]),
    "",
    sectionTitle("NUCLIDES"),
    "",
    ...writeTable(nuclideTitles("as reported"), event.nuclides.map(nuclideRow)),
    "",
    sectionTitle("PRODUCTS"),
    "",
    ...writeTable(["Product", "Identification"], event.links),
    "",
  ]);
}

export function decodeScreenedEvents(
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
): Decoded<ScreenedRadionuclideEvent> {
  const kind = { dataTypes: ["SSREB"], code: "ssreb", name: "screened radionuclide event bulletin" };
  return readProducts(bytes, limits, kind, ({ messageId, line, section, rows }, problems) => {
    const fields = fieldsOf(section("EVENT"));
    const createdTime = readTime(fields.get("Creation Date") ?? "");
    const sampleId = readText(fields.get("Sample ID"));
    if (createdTime === null || sampleId === "") {
      problems.error("ssreb.event", "The bulletin does not say which sample it is of and when it was made.", {
        line,
      });
      return null;
    }
    return {
      messageId,
      createdTime,
      station: readText(fields.get("Station ID")),
      sampleId,
      level: readText(fields.get("Level")),
      reason: readText(fields.get("Reason")),
      collectionStart: readTime(fields.get("Collection Start") ?? ""),
      collectionStop: readTime(fields.get("Collection Stop") ?? ""),
      nuclides: rows("NUCLIDES", 11, readNuclide),
      links: rows("PRODUCTS", 2, ([product, link]) => [readText(product), readText(link)] as const),
    };
  });
}
