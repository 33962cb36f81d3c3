/** Reports of radionuclide laboratories (RLR) on a sample of a station, with the station's own result beside: written and read back as IMS2.0 messages. */
import { type Decoded, defaultLimits, type LaboratoryReport, type Limits } from "@harken/core";
import { readProducts, writeProduct } from "./products.ts";
import { fieldsOf, readNumber, readText, readTime, sectionTitle, writeFields, writeTable, writeTime } from "./text.ts";

export function encodeLaboratoryReport(report: LaboratoryReport): string {
  return writeProduct(report.messageId, "RLR", [
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
  ]);
}

export function decodeLaboratoryReports(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<LaboratoryReport> {
  const kind = { dataTypes: ["RLR"], code: "rlr", name: "laboratory report" };
  return readProducts(bytes, limits, kind, ({ messageId, line, section, rows }, problems) => {
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
      return null;
    }
    return {
      messageId,
      laboratory: readText(fields.get("Laboratory")),
      station: readText(fields.get("Station ID")),
      sampleId: readText(fields.get("Sample ID")),
      purpose: readText(fields.get("Purpose")),
      receivedTime: readTime(fields.get("Received") ?? ""),
      measuredTime,
      liveSec,
      referenceTime,
      results: rows("RESULTS", 7, ([nuclide, ...values]) => {
        const [activityBq, activityErrorBq, mdcBq, stationBq, stationErrorBq, zeta] = values.map(readNumber) as [
          number | null,
          number | null,
          number | null,
          number | null,
          number | null,
          number | null,
        ];
        return { nuclide: readText(nuclide), activityBq, activityErrorBq, mdcBq, stationBq, stationErrorBq, zeta };
      }),
      comment: readText(fields.get("Comment")),
    };
  });
}
