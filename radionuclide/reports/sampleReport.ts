/**
 * What an analysis says, as a report: the automatic one of each received spectrum, the reviewed one after an analyst has looked, and for a sample at the
 * highest level the bulletin of the screened event.
 *
 *     const arr = particulateReport(sample, analysis, category, { messageId: "4711", createdTime, software: "harken 0.1.0" });
 *     const rrr = reviewedReport(arr, { analyst, time, comment, level: "3", levelReason: "..." }, "4712");
 */
import type {
  PulseHeightData,
  ReportedNuclide,
  ReportedSample,
  SampleReport,
  ScreenedRadionuclideEvent,
} from "@harken/core";
import type { RegionCount } from "../betaGamma/rows.ts";
import type { NobleGasCategory } from "../categories/nobleGas.ts";
import type { ParticulateCategory } from "../categories/particulate.ts";
import type { QualityFlag } from "../particulate/flags.ts";
import type { AnalysedPeak, ParticulateAnalysis } from "../particulate/result.ts";
import { decayPerSec, xenonIsotopes } from "../xenon/isotopes.ts";
import type { XenonReport } from "../xenon/results.ts";
import type { ScreeningFlag } from "../xenon/screening.ts";

export interface ReportHead {
  readonly messageId: string;
  readonly createdTime: number;
  readonly receivedTime?: number | null;
  readonly software: string;
}

/** Nuclides whose minimum detectable concentration the IDC's reports give when they are not found. */
export const reportedMdcNuclides: readonly string[] = Object.freeze([
  ...["Nb-95", "Zr-95", "Zr-97", "Mo-99", "Ru-103", "I-131", "Te-132"],
  ...["I-133", "Cs-134", "Cs-136", "Cs-137", "Ba-140", "Ce-143"],
]);

/** Throws RangeError for a sample that was not counted: nothing can be reported of it. */
export function particulateReport(
  sample: PulseHeightData,
  { nuclides, peaks, flags, remarks }: ParticulateAnalysis,
  category: ParticulateCategory | null,
  head: ReportHead,
): SampleReport {
  const levels = new Map(category?.nuclides.map((one) => [one.name, String(one.level)]));
  const reported = nuclides
    .filter(({ name, identified, mdc }) => identified || (mdc !== null && reportedMdcNuclides.includes(name)))
    .map(
      (n): ReportedNuclide => ({
        name: n.name,
        category: n.category,
        halfLifeSec: n.halfLifeSec,
        identified: n.identified,
        concentration: n.concentration,
        concentrationError: n.concentrationError,
        criticalLevel: n.criticalLevel,
        mdc: n.mdc,
        activityBq: n.activityBq,
        activityErrorBq: n.activityErrorBq,
        level: levels.get(n.name) ?? null,
      }),
    );
  return {
    ...automatic(sample, head, flags, remarks),
    level: category ? String(category.level) : null,
    levelReason: category?.reason ?? "",
    nuclides: reported,
    peaks: peaks.map((peak) => ({
      energyKeV: peak.energyKeV,
      areaCounts: peak.areaCounts,
      areaErrorCounts: peak.areaErrorCounts,
      fwhmKeV: peak.fwhmKeV,
      explanation: explanationOf(peak),
    })),
    regions: [],
    screening: [],
  };
}

export interface NobleGasFindings extends XenonReport {
  readonly regions?: readonly RegionCount[];
}

export function nobleGasReport(
  sample: PulseHeightData,
  { isotopes, regions = [], remarks }: NobleGasFindings,
  judged: {
    readonly category: NobleGasCategory | null;
    readonly flags: readonly QualityFlag[];
    readonly screening: readonly ScreeningFlag[];
  },
  head: ReportHead,
): SampleReport {
  const levels = new Map(judged.category?.isotopes.map((one) => [one.isotope, one.level]));
  return {
    ...automatic(sample, head, judged.flags, remarks),
    level: judged.category?.level ?? null,
    levelReason: judged.category?.reason ?? "",
    nuclides: xenonIsotopes.map((isotope): ReportedNuclide => {
      const found = isotopes[isotope];
      return {
        name: isotope,
        category: "fission",
        halfLifeSec: Math.LN2 / decayPerSec[isotope],
        identified: found.detected,
        concentration: found.concentrationMBqPerM3,
        concentrationError: found.concentrationErrorMBqPerM3,
        criticalLevel: found.criticalLevelMBqPerM3,
        mdc: found.mdcMBqPerM3,
        activityBq: found.activityBq,
        activityErrorBq: found.activityErrorBq,
        level: levels.get(isotope) ?? null,
      };
    }),
    peaks: [],
    regions,
    screening: judged.screening.map(({ test, outcome }) => ({ test, outcome })),
  };
}

/** What an analyst decided. Nuclides that are not told stay as the automatic report has them. */
export interface Review {
  readonly analyst: string;
  readonly time: number;
  readonly comment: string;
  readonly level: string | null;
  readonly levelReason: string;
  readonly nuclides?: readonly ReportedNuclide[];
}

/** The reviewed report; of a reviewed one, its next version. The level before is the automatic one's. */
export function reviewedReport(report: SampleReport, review: Review, messageId: string): SampleReport {
  const changed = new Map(review.nuclides?.map((n) => [n.name, n]));
  const known = new Set(report.nuclides.map(({ name }) => name));
  return {
    ...report,
    product: "RRR",
    version: report.product === "RRR" ? report.version + 1 : 1,
    messageId,
    createdTime: review.time,
    level: review.level,
    levelReason: review.levelReason,
    nuclides: [
      ...report.nuclides.map((n) => changed.get(n.name) ?? n),
      ...(review.nuclides ?? []).filter(({ name }) => !known.has(name)),
    ],
    review: {
      analyst: review.analyst,
      time: review.time,
      automaticLevel: report.review ? report.review.automaticLevel : report.level,
      comment: review.comment,
    },
  };
}

/** What an expert did otherwise, and to what. */
export interface Reanalysis {
  readonly analyst: string;
  readonly time: number;
  readonly reason: string;
  /** Each as a line of the report: settings, inputs, edits. */
  readonly provenance: readonly string[];
}

/** The report of an expert's own analysis of a sample of which `standing` is the newest report. Its remarks begin with where it is from. */
export function updatedReport(
  analysed: SampleReport,
  standing: SampleReport,
  { analyst, time, reason, provenance }: Reanalysis,
  version: number,
  messageId: string,
): SampleReport {
  return {
    ...analysed,
    ...{ product: "URR", version, messageId, createdTime: time, receivedTime: standing.receivedTime },
    remarks: [
      `updated beside ${standing.product} ${standing.messageId}, which stays as it is`,
      ...provenance,
      ...analysed.remarks,
    ],
    software: standing.software,
    review: { analyst, time, automaticLevel: analysed.level, comment: reason },
  };
}

/** Levels that make a bulletin. */
const screenedLevels: ReadonlySet<string> = new Set(["5", "C"]);

/** Null for a sample below the highest level. `links` name the products that belong to it beside the report itself. */
export function screenedEvent(
  report: SampleReport,
  links: readonly (readonly [product: string, id: string])[],
  messageId: string,
  createdTime: number,
): ScreenedRadionuclideEvent | null {
  if (report.level === null || !screenedLevels.has(report.level)) return null;
  const { station, sampleId, collectionStart, collectionStop } = report.sample;
  return {
    messageId,
    createdTime,
    station,
    sampleId,
    level: report.level,
    reason: report.levelReason,
    collectionStart,
    collectionStop,
    nuclides: report.nuclides.filter(({ identified }) => identified),
    links: [[report.product, report.messageId], ...links],
  };
}

function automatic(
  sample: PulseHeightData,
  head: ReportHead,
  flags: readonly QualityFlag[],
  remarks: readonly string[],
): Omit<SampleReport, "level" | "levelReason" | "nuclides" | "peaks" | "regions" | "screening"> {
  return {
    product: "ARR",
    version: 1,
    messageId: head.messageId,
    createdTime: head.createdTime,
    receivedTime: head.receivedTime ?? null,
    sample: reportedSample(sample),
    flags,
    remarks,
    software: head.software,
    review: null,
  };
}

function reportedSample(sample: PulseHeightData): ReportedSample {
  const { collection, acquisition, processing } = sample;
  if (!acquisition) throw new RangeError(`sample ${sample.sampleId} was not counted: it has no acquisition`);
  return {
    station: sample.station,
    detector: sample.detector,
    sampleId: sample.sampleId,
    measurementId: sample.measurementId,
    system: sample.system,
    geometry: sample.geometry,
    qualifier: sample.qualifier,
    airVolumeM3: collection?.airVolumeM3 ?? null,
    xenonVolumeMl: processing?.xenonVolumeMl ?? null,
    collectionStart: collection?.startTime ?? null,
    collectionStop: collection?.stopTime ?? null,
    acquisitionStart: acquisition.startTime,
    realSec: acquisition.realSec,
    liveSec: acquisition.liveSec,
  };
}

/** As "Pb-212F 98 %, Bi-214". */
export function explanationOf({ nuclides, effect }: Pick<AnalysedPeak, "nuclides" | "effect">): string {
  const parts = nuclides.map(({ name, share }) => (share > 0.995 ? name : `${name} ${(100 * share).toFixed(0)} %`));
  return [...parts, ...(effect ? [effect] : [])].join(", ");
}
