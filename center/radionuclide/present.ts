/** Stored samples as the contract has them. */
import type { ConcentrationSeries, SampleDetail, SampleReportRecord, SampleSummary, XenonRatios } from "@harken/api";
import type { SampleReport, ScreenedRadionuclideEvent } from "@harken/core";
import { encodeSampleReport, encodeScreenedEvent } from "@harken/formats";
import { defaultXenonScreening, xenonIsotopes } from "@harken/radionuclide";
import {
  loadReportHeads,
  loadReports,
  loadSampleContent,
  loadSamples,
  type Reader,
  type SampleQuery,
  type StoredReport,
  type StoredSample,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import { ratioPoints } from "./ratioPoints.ts";
import { newest, type SampleDraft } from "./sampleDesk.ts";

export async function presentSamples(reader: Reader, query: SampleQuery): Promise<SampleSummary[]> {
  const samples = await loadSamples(reader, query);
  const reports = await loadReportHeads(
    reader,
    samples.map(({ key }) => key),
  );
  const bySample = Map.groupBy(reports, ({ sampleKey }) => sampleKey);
  return samples.map((sample) => summaryOf(sample, bySample.get(sample.key) ?? []));
}

function summaryOf(
  { id: _id, measurementId: _measurement, ...sample }: StoredSample,
  reports: readonly Omit<StoredReport, "report">[],
): SampleSummary {
  const reviewed = newest(reports, "RRR");
  return {
    ...sample,
    automaticLevel: newest(reports, "ARR")?.level ?? null,
    reviewedLevel: reviewed?.level ?? null,
    reviewState: reviewed?.state ?? null,
  };
}

export async function presentSample(
  reader: Reader,
  key: string,
  { edits, analysed }: SampleDraft,
): Promise<SampleDetail> {
  const [sample] = await loadSamples(reader, { key, limit: 1 });
  const content = await loadSampleContent(reader, key);
  if (!sample || !content) throw centerErrors.make("NO_SAMPLE", { what: "message", key });
  const reports = await loadReports(reader, [key]);
  const record = (product: "ARR" | "RRR") =>
    (newest(reports, product)?.report as SampleReportRecord | undefined) ?? null;
  return {
    summary: summaryOf(sample, reports),
    reports: reports.map(({ product, version, state, level, created, analyst, releasedBy }) => ({
      ...{ product, version, state, level, created, analyst, releasedBy },
    })),
    automatic: record("ARR"),
    reviewed: record("RRR"),
    draft: (analysed?.report as SampleReportRecord | null | undefined) ?? null,
    edits: edits as SampleDetail["edits"],
    display: analysed ? analysed.display : displayOf(content.display),
  };
}

/** Displays that were stored before regions were told have none. */
function displayOf(stored: unknown): SampleDetail["display"] {
  const display = stored as SampleDetail["display"];
  return display?.kind === "spectrum" ? { ...display, regions: display.regions ?? [] } : display;
}

/** The text of a product. Throws NO_SAMPLE where the sample has none. */
export async function sampleFile(
  reader: Reader,
  key: string,
  product: "PHD" | StoredReport["product"],
): Promise<string> {
  if (product === "PHD") {
    const content = await loadSampleContent(reader, key);
    if (content) return content.message;
  } else {
    const found = newest(await loadReports(reader, [key]), product);
    if (found)
      return product === "SSREB"
        ? encodeScreenedEvent(found.report as ScreenedRadionuclideEvent)
        : encodeSampleReport(found.report as SampleReport);
  }
  throw centerErrors.make("NO_SAMPLE", { what: product, key });
}

export async function presentSeries(reader: Reader, station: string, nuclide: string): Promise<ConcentrationSeries> {
  const samples = (await loadSamples(reader, { station, dataType: "SAMPLEPHD" })).toReversed();
  const reports = await loadReports(
    reader,
    samples.map(({ key }) => key),
  );
  const bySample = Map.groupBy(reports, ({ sampleKey }) => sampleKey);
  const points = samples.flatMap(({ key, collectionStart, qualifier }): ConcentrationSeries["points"] => {
    const own = bySample.get(key) ?? [];
    const best = newest(own, "RRR") ?? newest(own, "ARR");
    const found = (best?.report as SampleReport | undefined)?.nuclides.find(({ name }) => name === nuclide);
    if (!found || collectionStart === null || qualifier === "PREL") return [];
    const { identified, concentration, concentrationError, criticalLevel = null, mdc, level } = found;
    const limits = { criticalLevel, mdc };
    return [{ sampleKey: key, time: collectionStart, identified, concentration, concentrationError, ...limits, level }];
  });
  const gas = samples.some(({ system }) => system !== "P") && nuclide.startsWith("Xe-");
  return { station, nuclide, unit: gas ? "mBq/m3" : "uBq/m3", points };
}

/** A noble-gas station's samples in the planes that screening looks at. */
export async function presentRatios(reader: Reader, station: string): Promise<XenonRatios> {
  const series: Record<string, ConcentrationSeries> = {};
  for (const isotope of xenonIsotopes) series[isotope] = await presentSeries(reader, station, isotope);
  return {
    station,
    planes: defaultXenonScreening.lines.map((line) => ({ ...line, points: ratioPoints(series, line) })),
  };
}
