/**
 * Automatic and reviewed radionuclide reports (ARR, RRR, URR) as IMS2.0 messages, with the sections of the IDC's: sample, activities, peaks or regions, flags,
 * screening, category. `decodeSampleReports` reads them back the same.
 *
 *     const text = encodeSampleReport(report);
 */
import type { ReportedNuclide, SampleReport } from "@harken/core";
import { writeProduct } from "./products.ts";
import { sectionTitle, writeFields, writeTable, writeTime } from "./text.ts";

/** Seven digits that mean something, as short as they can be written. */
const digits = (value: number | null) => (value === null ? null : Number(value.toPrecision(7)));

const titles: Readonly<Record<SampleReport["product"], string>> = {
  ARR: "AUTOMATIC RADIONUCLIDE REPORT",
  RRR: "REVIEWED RADIONUCLIDE REPORT",
  URR: "UPDATED RADIONUCLIDE REPORT",
};

export function encodeSampleReport(report: SampleReport): string {
  const { sample, review } = report;
  const particulate = sample.system === "P";
  const lines = [
    "IDC GENERATED REPORT",
    titles[report.product],
    particulate ? "Particulate Version" : "Noble Gas Version",
    "",
  ];
  const section = (title: string, content: readonly string[]) => lines.push(sectionTitle(title), "", ...content, "");
  section(
    "REPORT",
    writeFields([
      ["Version", report.version],
      ["Creation Date", writeTime(report.createdTime)],
      ["Sample Arrival Time", writeTime(report.receivedTime)],
      ["Software", report.software],
    ]),
  );
  section(
    "SAMPLE INFORMATION",
    writeFields([
      ["Station ID", sample.station],
      ["Detector ID", sample.detector],
      ["Sample ID", sample.sampleId],
      ["Measurement ID", sample.measurementId],
      ["Detector System", { P: "particulate", B: "beta-gamma", G: "high-resolution gas" }[sample.system]],
      ["Sample Geometry", sample.geometry],
      ["Spectrum Qualifier", sample.qualifier],
      ["Air Volume m3", digits(sample.airVolumeM3)],
      ["Xenon Volume ml", digits(sample.xenonVolumeMl)],
      ["Collection Start", writeTime(sample.collectionStart)],
      ["Collection Stop", writeTime(sample.collectionStop)],
      ["Acquisition Start", writeTime(sample.acquisitionStart)],
      ["Acquisition Real Time s", sample.realSec],
      ["Acquisition Live Time s", sample.liveSec],
    ]),
  );
  section(
    "CATEGORIZATION",
    writeFields([
      ["Level", report.level],
      ["Reason", report.levelReason],
    ]),
  );
  if (review)
    section(
      "REVIEW",
      writeFields([
        ["Analyst", review.analyst],
        ["Time", writeTime(review.time)],
        ["Automatic Level", review.automaticLevel],
        ["Comment", review.comment],
      ]),
    );
  section(
    "ACTIVITY SUMMARY",
    writeTable(nuclideTitles(particulate ? "uBq/m3" : "mBq/m3"), report.nuclides.map(nuclideRow)),
  );
  if (report.peaks.length > 0)
    section(
      "PEAK SEARCH RESULTS",
      writeTable(
        ["Energy keV", "Area", "Error", "FWHM keV", "Explanation"],
        report.peaks.map((p) => [
          digits(p.energyKeV),
          digits(p.areaCounts),
          digits(p.areaErrorCounts),
          digits(p.fwhmKeV),
          p.explanation,
        ]),
      ),
    );
  if (report.regions.length > 0)
    section(
      "ROI RESULTS",
      writeTable(
        ["ROI", "Gross Counts"],
        report.regions.map((r) => [r.region, r.gross]),
      ),
    );
  section(
    "DATA TIMELINESS AND QUALITY FLAGS",
    writeTable(
      ["Name", "Result", "Value", "Unit", "Test"],
      report.flags.map((f) => [f.name, passWord(f.pass), digits(f.value), f.unit, f.test]),
    ),
  );
  if (report.screening.length > 0)
    section(
      "EVENT SCREENING FLAGS",
      writeTable(
        ["Test", "Speaks For"],
        report.screening.map((s) => [s.test, s.outcome]),
      ),
    );
  if (report.remarks.length > 0)
    section(
      "REMARKS",
      writeTable(
        ["No", "Remark"],
        // The number keeps a remark from standing at the start of a line, where words end messages.
        report.remarks.map((remark, i) => [i + 1, remark]),
      ),
    );
  return writeProduct(report.messageId, report.product, lines);
}

const passWord = (pass: boolean | null) => (pass === null ? "UNKNOWN" : pass ? "PASS" : "FAIL");

export const nuclideTitles = (unit: string) => [
  "Nuclide",
  "Type",
  "Half-Life s",
  "Found",
  `Conc ${unit}`,
  `Error ${unit}`,
  `LC ${unit}`,
  `MDC ${unit}`,
  "Activity Bq",
  "Error Bq",
  "Level",
];

export const nuclideRow = (n: ReportedNuclide) => [
  n.name,
  n.category,
  n.halfLifeSec,
  n.identified ? "YES" : "NO",
  digits(n.concentration),
  digits(n.concentrationError),
  digits(n.criticalLevel),
  digits(n.mdc),
  digits(n.activityBq),
  digits(n.activityErrorBq),
  n.level,
];
