/** ARR, RRR and URR messages read back; see `encodeSampleReport`. What cannot be read is told by line, and a report without its sample is left out. */
import {
  type Decoded,
  defaultLimits,
  type Limits,
  type ProblemList,
  type ReportedNuclide,
  type ReportedSample,
  type SampleReport,
} from "@harken/core";
import { type ProductText, readProducts } from "./products.ts";
import { fieldsOf, readNumber, readOptional, readText, readTime, type Section } from "./text.ts";

export function decodeSampleReports(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<SampleReport> {
  const kind = { dataTypes: ["ARR", "RRR", "URR"], code: "report", name: "radionuclide report" };
  return readProducts(bytes, limits, kind, readReport);
}

const systems: Readonly<Record<string, ReportedSample["system"]>> = {
  particulate: "P",
  "beta-gamma": "B",
  "high-resolution gas": "G",
};

function readReport(
  { dataType, messageId, line, section, rows }: ProductText,
  problems: ProblemList,
): SampleReport | null {
  const sample = readSample(section("SAMPLE INFORMATION"), line, problems);
  if (!sample) return null;
  const head = fieldsOf(section("REPORT"));
  const createdTime = readTime(head.get("Creation Date") ?? "");
  if (createdTime === null)
    problems.error("report.head", "The report gives no creation date; the beginning of 1970 stands for it.", { line });
  const category = fieldsOf(section("CATEGORIZATION"));
  const review = section("REVIEW");
  const reviewed = fieldsOf(review);
  const reviewTime = readTime(reviewed.get("Time") ?? "");
  if (review && reviewTime === null)
    problems.error("report.review", "The review gives no time; the beginning of 1970 stands for it.", {
      line: review.line,
    });
  return {
    product: dataType === "RRR" || dataType === "URR" ? dataType : "ARR",
    version: readNumber(head.get("Version")) ?? 1,
    messageId,
    createdTime: createdTime ?? 0,
    receivedTime: readTime(head.get("Sample Arrival Time") ?? ""),
    sample,
    level: readOptional(category.get("Level")),
    levelReason: readText(category.get("Reason")),
    nuclides: rows("ACTIVITY SUMMARY", 11, readNuclide),
    peaks: rows("PEAK SEARCH RESULTS", 5, (c) => {
      const [energyKeV, areaCounts, areaErrorCounts, fwhmKeV] = c.slice(0, 4).map(readNumber);
      return energyKeV === null || areaCounts === null || areaErrorCounts === null || fwhmKeV === null
        ? null
        : {
            energyKeV: energyKeV!,
            areaCounts: areaCounts!,
            areaErrorCounts: areaErrorCounts!,
            fwhmKeV: fwhmKeV!,
            explanation: readText(c[4]),
          };
    }),
    regions: rows("ROI RESULTS", 2, (c) => {
      const [region, gross] = c.map(readNumber);
      return region === null || gross === null ? null : { region: region!, gross: gross! };
    }),
    flags: rows("DATA TIMELINESS AND QUALITY FLAGS", 5, (c) => ({
      name: readText(c[0]),
      pass: c[1] === "PASS" ? true : c[1] === "FAIL" ? false : null,
      value: readNumber(c[2]),
      unit: readText(c[3]),
      test: readText(c[4]),
    })),
    screening: rows("EVENT SCREENING FLAGS", 2, (c) => ({ test: readText(c[0]), outcome: readOptional(c[1]) })),
    remarks: rows("REMARKS", 2, (c) => readText(c[1])),
    software: readText(head.get("Software")),
    review: review
      ? {
          analyst: readText(reviewed.get("Analyst")),
          time: reviewTime ?? 0,
          automaticLevel: readOptional(reviewed.get("Automatic Level")),
          comment: readText(reviewed.get("Comment")),
        }
      : null,
  };
}

function readSample(section: Section | undefined, line: number, problems: ProblemList): ReportedSample | null {
  const fields = fieldsOf(section);
  const system = systems[fields.get("Detector System") ?? ""];
  const acquisitionStart = readTime(fields.get("Acquisition Start") ?? "");
  const [realSec, liveSec] = [
    readNumber(fields.get("Acquisition Real Time s")),
    readNumber(fields.get("Acquisition Live Time s")),
  ];
  if (!section || !system || acquisitionStart === null || realSec === null || liveSec === null) {
    problems.error(
      "report.sample",
      "The report does not say which sample it is of, by which system, and when it was counted.",
      {
        line: section?.line ?? line,
      },
    );
    return null;
  }
  const qualifier = fields.get("Spectrum Qualifier");
  return {
    station: readText(fields.get("Station ID")),
    detector: readText(fields.get("Detector ID")),
    sampleId: readText(fields.get("Sample ID")),
    measurementId: readText(fields.get("Measurement ID")),
    system,
    geometry: readText(fields.get("Sample Geometry")),
    qualifier: qualifier === "FULL" || qualifier === "PREL" ? qualifier : null,
    airVolumeM3: readNumber(fields.get("Air Volume m3")),
    xenonVolumeMl: readNumber(fields.get("Xenon Volume ml")),
    collectionStart: readTime(fields.get("Collection Start") ?? ""),
    collectionStop: readTime(fields.get("Collection Stop") ?? ""),
    acquisitionStart,
    realSec,
    liveSec,
  };
}

export function readNuclide(c: readonly string[]): ReportedNuclide | null {
  const halfLifeSec = readNumber(c[2]);
  if (halfLifeSec === null) return null;
  const [concentration, concentrationError, criticalLevel, mdc, activityBq, activityErrorBq] = c
    .slice(4, 10)
    .map(readNumber);
  return {
    name: readText(c[0]),
    category: readOptional(c[1]),
    halfLifeSec,
    identified: c[3] === "YES",
    concentration: concentration ?? null,
    concentrationError: concentrationError ?? null,
    criticalLevel: criticalLevel ?? null,
    mdc: mdc ?? null,
    activityBq: activityBq ?? null,
    activityErrorBq: activityErrorBq ?? null,
    level: readOptional(c[10]),
  };
}
