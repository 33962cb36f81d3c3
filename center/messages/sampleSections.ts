/** Messages and reports of radionuclide samples: the station's spectra as they came, and what was released of them. */
import type { SampleReport, ScreenedRadionuclideEvent } from "@harken/core";
import {
  decodeImsMessages,
  encodeSampleReport,
  encodeScreenedEvent,
  type ImsRequest,
  isAskedFor,
} from "@harken/formats";
import { loadReports, loadSampleContent, loadSamples, type StoredReport, type StoredSample } from "@harken/store";
import { type MessageSection, type MessageSources, refused, type SectionAnswer, sectionLimits } from "./sources.ts";

/** Which stored samples a kind of request means; reports are of full and preliminary samples alike. */
const SPECTRA: Readonly<Record<string, (sample: StoredSample) => boolean>> = {
  SPHDF: ({ dataType, qualifier }) => dataType === "SAMPLEPHD" && qualifier !== "PREL",
  SPHDP: ({ dataType, qualifier }) => dataType === "SAMPLEPHD" && qualifier === "PREL",
  BLANKPHD: ({ dataType }) => dataType === "BLANKPHD",
  CALIBPHD: ({ dataType }) => dataType === "CALIBPHD",
  DETBKPHD: ({ dataType }) => dataType === "DETBKPHD",
  GASBKPHD: ({ dataType }) => dataType === "GASBKPHD",
  QCPHD: ({ dataType }) => dataType === "QCPHD",
};
const REPORTS: readonly string[] = ["ARR", "RRR", "SSREB"] satisfies StoredReport["product"][];

export const sampleKinds: readonly string[] = [...Object.keys(SPECTRA), ...REPORTS];

/** When a sample came or its report was made, epoch s: later than `after`, up to `upTo`. */
export interface ChangeWindow {
  readonly after: number;
  readonly upTo: number;
}

/** Of a change window only what came or was made in it; else whatever was collected in the request's time. */
export async function sampleSection(
  { store }: MessageSources,
  { kind, environment: { time, lists } }: ImsRequest,
  changed?: ChangeWindow,
): Promise<SectionAnswer> {
  const isNew = (at: number) => !changed || (at > changed.after && at <= changed.upTo);
  const fits = SPECTRA[kind] ?? (({ dataType }: StoredSample) => dataType === "SAMPLEPHD");
  const samples = (await loadSamples(store.db, {})).filter((sample) => {
    const at = sample.collectionStart ?? sample.acquisitionStart ?? sample.received;
    if (SPECTRA[kind] && !isNew(sample.received)) return false;
    return fits(sample) && at >= time!.from && at < time!.to && isAskedFor(sample.station, lists.stations);
  });
  if (samples.length > sectionLimits.radionuclideSamples)
    return refused(
      `The time holds ${samples.length} samples; at most ${sectionLimits.radionuclideSamples} are sent at once.`,
    );
  const texts: string[] = [];
  // The oldest first, as they were collected.
  for (const { key } of samples.toReversed()) {
    const text = SPECTRA[kind]
      ? (await loadSampleContent(store.db, key))?.message
      : reportText(
          (await loadReports(store.db, [key])).filter((report) => isNew(report.changed)),
          kind,
        );
    if (text !== undefined) texts.push(text);
  }
  return texts.length > 0 ? texts.flatMap(sectionsOf) : refused(`No ${kind} of that time is here.`);
}

/** The newest version that was released. */
function reportText(reports: readonly StoredReport[], kind: string): string | undefined {
  const report = reports.findLast(({ product, state }) => product === kind && state === "released")?.report;
  if (report === undefined) return undefined;
  return kind === "SSREB"
    ? encodeScreenedEvent(report as ScreenedRadionuclideEvent)
    : encodeSampleReport(report as SampleReport);
}

/** The sections of a whole message, without its envelope. */
export function sectionsOf(message: string): MessageSection[] {
  const bytes = new TextEncoder().encode(message);
  return decodeImsMessages(bytes)
    .items.flatMap(({ sections }) => sections)
    .filter(({ dataType }) => dataType !== "")
    .map(({ dataType, start, end }) => {
      const body = new TextDecoder().decode(bytes.subarray(start, end)).replace(/\n$/, "");
      return [`DATA_TYPE ${dataType}`, ...body.split(/\r?\n/)];
    });
}
