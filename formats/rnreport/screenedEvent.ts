/**
 * The standard screened radionuclide event bulletin (SSREB): a sample at the highest level, its nuclides, and which products belong to it. Written and read
 * back as an IMS2.0 message.
 */
import { type Decoded, defaultLimits, type Limits, ProblemList, type ScreenedRadionuclideEvent } from "@harken/core";
import { decodeImsMessages } from "../ims/message.ts";
import { readNuclide, readRows } from "./decodeSampleReports.ts";
import { nuclideRow, nuclideTitles } from "./encodeSampleReport.ts";
import {
  cutSections,
  fieldsOf,
  readText,
  readTime,
  rowsOf,
  sectionTitle,
  writeFields,
  writeTable,
  writeTime,
} from "./text.ts";

export function encodeScreenedEvent(event: ScreenedRadionuclideEvent): string {
  return [
    "BEGIN IMS2.0",
    "MSG_TYPE DATA",
    `MSG_ID ${event.messageId}`,
    "DATA_TYPE SSREB",
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
    "STOP",
    "",
  ].join("\n");
}

export function decodeScreenedEvents(
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
): Decoded<ScreenedRadionuclideEvent> {
  const envelope = decodeImsMessages(bytes, limits);
  const problems = new ProblemList(limits.maxProblems);
  for (const problem of envelope.problems) problems.add(problem);
  const items: ScreenedRadionuclideEvent[] = [];
  for (const { id, sections } of envelope.items)
    for (const { dataType, start, end, line } of sections) {
      if (dataType !== "SSREB" || items.length >= limits.maxItems) continue;
      const cut = cutSections(new TextDecoder().decode(bytes.subarray(start, end)), line);
      const section = (title: string) => cut.find((one) => one.title === title);
      const fields = fieldsOf(section("EVENT"));
      const createdTime = readTime(fields.get("Creation Date") ?? "");
      const sampleId = readText(fields.get("Sample ID"));
      if (createdTime === null || sampleId === "") {
        problems.error("ssreb.event", "The bulletin does not say which sample it is of and when it was made.", {
          line,
        });
        continue;
      }
      items.push({
        messageId: id,
        createdTime,
        station: readText(fields.get("Station ID")),
        sampleId,
        level: readText(fields.get("Level")),
        reason: readText(fields.get("Reason")),
        collectionStart: readTime(fields.get("Collection Start") ?? ""),
        collectionStop: readTime(fields.get("Collection Stop") ?? ""),
        nuclides: readRows(rowsOf(section("NUCLIDES")), "NUCLIDES", 10, readNuclide, problems),
        links: readRows(
          rowsOf(section("PRODUCTS")),
          "PRODUCTS",
          2,
          ([product, link]) => [readText(product), readText(link)] as const,
          problems,
        ),
      });
    }
  if (items.length === 0 && problems.list().length === 0)
    problems.error("ssreb.none", "The text holds no screened radionuclide event bulletin (DATA_TYPE SSREB).");
  return { items, problems: problems.list(), consumed: bytes.length };
}
