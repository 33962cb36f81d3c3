/** Reports of radionuclide laboratories (RLR) on a sample of a station, with the station's own result beside: written and read back as IMS2.0 messages. */
import { type Decoded, defaultLimits, type LaboratoryReport, type Limits, ProblemList } from "@harken/core";
import { decodeImsMessages } from "../ims/message.ts";
import { readRows } from "./decodeSampleReports.ts";
import {
  cutSections,
  fieldsOf,
  readNumber,
  readText,
  readTime,
  rowsOf,
  sectionTitle,
  writeFields,
  writeTable,
  writeTime,
} from "./text.ts";

export function encodeLaboratoryReport(report: LaboratoryReport): string {
  return [
    "BEGIN IMS2.0",
    "MSG_TYPE DATA",
    `MSG_ID ${report.messageId}`,
    "DATA_TYPE RLR",
    "RADIONUCLIDE LABORATORY REPORT",
    "",
    sectionTitle("LABORATORY"),
    "",
    ...writeFields([
      ["Laboratory", report.laboratory],
      ["Station ID", report.station],
      ["Sample ID", report.sampleId],
      ["Purpose", report.purpose],
      ["Received", writeTime(report.receivedTime)],
      ["Measured", writeTime(report.measuredTime)],
      ["Live Time s", report.liveSec],
      ["Reference Time", writeTime(report.referenceTime)],
      ["Comment", report.comment],
    ]),
    "",
    sectionTitle("RESULTS"),
    "",
    ...writeTable(
      ["Nuclide", "Activity Bq", "Error Bq", "MDC Bq", "Station Bq", "Station Error Bq", "Zeta"],
      report.results.map((r) => [
        r.nuclide,
        r.activityBq,
        r.activityErrorBq,
        r.mdcBq,
        r.stationBq,
        r.stationErrorBq,
        r.zeta,
      ]),
    ),
    "",
    "STOP",
    "",
  ].join("\n");
}

export function decodeLaboratoryReports(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<LaboratoryReport> {
  const envelope = decodeImsMessages(bytes, limits);
  const problems = new ProblemList(limits.maxProblems);
  for (const problem of envelope.problems) problems.add(problem);
  const items: LaboratoryReport[] = [];
  for (const { id, sections } of envelope.items)
    for (const { dataType, start, end, line } of sections) {
      if (dataType !== "RLR" || items.length >= limits.maxItems) continue;
      const cut = cutSections(new TextDecoder().decode(bytes.subarray(start, end)), line);
      const section = (title: string) => cut.find((one) => one.title === title);
      const fields = fieldsOf(section("LABORATORY"));
      const [measuredTime, referenceTime] = [
        readTime(fields.get("Measured") ?? ""),
        readTime(fields.get("Reference Time") ?? ""),
      ];
      const liveSec = readNumber(fields.get("Live Time s"));
      if (measuredTime === null || referenceTime === null || liveSec === null) {
        problems.error("rlr.head", "The report gives no times of measurement and reference, or no live time.", {
          line,
        });
        continue;
      }
      items.push({
        messageId: id,
        laboratory: readText(fields.get("Laboratory")),
        station: readText(fields.get("Station ID")),
        sampleId: readText(fields.get("Sample ID")),
        purpose: readText(fields.get("Purpose")),
        receivedTime: readTime(fields.get("Received") ?? ""),
        measuredTime,
        liveSec,
        referenceTime,
        results: readRows(
          rowsOf(section("RESULTS")),
          "RESULTS",
          7,
          ([nuclide, ...values]) => {
            const [activityBq, activityErrorBq, mdcBq, stationBq, stationErrorBq, zeta] = values.map(readNumber) as [
              number | null,
              number | null,
              number | null,
              number | null,
              number | null,
              number | null,
            ];
            return { nuclide: readText(nuclide), activityBq, activityErrorBq, mdcBq, stationBq, stationErrorBq, zeta };
          },
          problems,
        ),
        comment: readText(fields.get("Comment")),
      });
    }
  if (items.length === 0 && problems.list().length === 0)
    problems.error("rlr.none", "The text holds no laboratory report (DATA_TYPE RLR).");
  return { items, problems: problems.list(), consumed: bytes.length };
}
