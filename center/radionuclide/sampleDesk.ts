/**
 * Radionuclide messages come in here: each measurement is stored once and analysed, its automatic report written in the same transaction. Analysts change
 * peaks and regions, every change on record, and propose reviewed reports; somebody else releases them; at the highest level a bulletin goes with the report.
 */
import type { ReanalysisRequest, SampleEditRequest, SampleReleaseRequest, SampleReviewRequest } from "@harken/api";
import type { Problem, PulseHeightData, SampleEdit, SampleEditRecord, SampleReport } from "@harken/core";
import { decodePulseHeightData } from "@harken/formats";
import { reviewedReport, screenedEvent, updatedReport } from "@harken/radionuclide";
import {
  type Bus,
  loadReports,
  loadSampleContent,
  loadSampleEdits,
  loadSampleHistory,
  loadSamples,
  putReport,
  putSample,
  putSampleEdit,
  releaseReport,
  type Store,
  type StoredReport,
  type StoredSample,
  sampleKeyOf,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import { version } from "../version.ts";
import type { AnalysedSample, SampleTask } from "./analyseSample.ts";
import { expertSettings, provenanceOf } from "./reanalysis.ts";
import type { SampleAnalyser } from "./sampleAnalyser.ts";
import { changesBetween, countingEdits } from "./sampleEdits.ts";

export interface SampleDeskContext {
  readonly store: Store;
  readonly bus: Bus;
  readonly runId: number;
  readonly analyse: SampleAnalyser;
  clock(): number;
}

/** What the edits of a sample make of it. */
export interface SampleDraft {
  readonly edits: readonly SampleEditRecord[];
  /** Null without an edit. */
  readonly analysed: AnalysedSample | null;
}

export interface Taken {
  readonly stored: readonly string[];
  /** Known already. */
  readonly repeated: number;
  readonly problems: readonly Problem[];
}

export interface SampleDesk {
  /** A message's bytes, or several messages in one file. */
  take(bytes: Uint8Array): Promise<Taken>;
  /** Throws NO_SAMPLE. */
  draft(key: string): Promise<SampleDraft>;
  /** Throws NO_SAMPLE, SAMPLE_CHANGED or EDIT_REFUSED. */
  edit(key: string, request: SampleEditRequest): Promise<void>;
  /** Throws NO_SAMPLE or SAMPLE_CHANGED. */
  review(key: string, request: SampleReviewRequest): Promise<void>;
  /** Throws NO_SAMPLE or EDIT_REFUSED. */
  reanalyse(key: string, request: ReanalysisRequest): Promise<void>;
  /** Throws NO_SAMPLE, NOT_PROPOSED or OWN_RELEASE. */
  release(key: string, request: SampleReleaseRequest): Promise<void>;
}

export function createSampleDesk({ store, bus, runId, analyse, clock }: SampleDeskContext): SampleDesk {
  async function measurement(id: string | null): Promise<PulseHeightData | null> {
    if (id === null) return null;
    const [known] = await loadSamples(store.db, { measurementId: id, limit: 1 });
    return known ? dataOf(known.key) : null;
  }

  async function dataOf(key: string): Promise<PulseHeightData | null> {
    const content = await loadSampleContent(store.db, key);
    if (!content) return null;
    const { items } = decodePulseHeightData(Buffer.from(content.message, "latin1"));
    return items.find((data) => sampleKeyOf(data) === key) ?? null;
  }

  async function taskOf(data: PulseHeightData, received: number, edits: readonly SampleEdit[]): Promise<SampleTask> {
    const when = data.collection?.startTime ?? data.acquisition?.startTime ?? received;
    return {
      sample: data,
      history: await loadSampleHistory(store.db, data.station, data.system, when),
      gasBackground: await measurement(data.gasBackgroundId),
      detectorBackground: await measurement(data.detectorBackgroundId),
      edits,
    };
  }

  const analysis = async (...of: Parameters<typeof taskOf>) => analyse(await taskOf(...of));

  /** The sample as these edits make it; a report that says so. */
  async function edited({ key, received }: StoredSample, edits: readonly SampleEdit[], lastTime: number) {
    const data = await dataOf(key);
    if (!data) throw centerErrors.make("NO_SAMPLE", { what: "message", key });
    const analysed = await analysis(data, received, edits);
    const head = { messageId: `${key}-draft`, createdTime: lastTime, receivedTime: received, software };
    return { ...analysed, report: analysed.report && { ...analysed.report, ...head } };
  }

  async function takeOne(data: PulseHeightData, message: string): Promise<string | null> {
    const now = clock();
    const key = sampleKeyOf(data);
    const [known] = await loadSamples(store.db, { key, limit: 1 });
    if (known) return null;
    const analysed = await analysis(data, now, []);
    const head = { messageId: `${key}-ARR`, createdTime: now, receivedTime: now, software };
    const report = analysed.report && { ...analysed.report, ...head };
    const stamp = { runId, now };
    const isNew = await store.transaction(async (writer) => {
      const id = await putSample(writer, { data, message }, analysed, stamp);
      if (id !== null && report) await putReport(writer, id, released(report, null), stamp);
      return id !== null;
    });
    if (!isNew) return null;
    await bus.publish("samples.new", { key, station: data.station, level: report?.level ?? null });
    return key;
  }

  async function find(key: string): Promise<StoredSample> {
    const [sample] = await loadSamples(store.db, { key, limit: 1 });
    if (!sample) throw centerErrors.make("NO_SAMPLE", { what: "message", key });
    return sample;
  }

  async function draftOf(sample: StoredSample, edits: readonly SampleEditRecord[]): Promise<SampleDraft> {
    const last = edits.at(-1);
    const counting = countingEdits(edits).map(({ edit }) => edit);
    return { edits, analysed: last ? await edited(sample, counting, last.time) : null };
  }

  return {
    async take(bytes) {
      const { items, problems } = decodePulseHeightData(bytes);
      const text = Buffer.from(bytes).toString("latin1");
      const messages = items.length > 1 ? messagesByKey(text) : null;
      const stored: string[] = [];
      for (const data of items) {
        const key = await takeOne(data, messages?.get(sampleKeyOf(data)) ?? text);
        if (key !== null) stored.push(key);
      }
      return { stored, repeated: items.length - stored.length, problems };
    },

    async draft(key) {
      const sample = await find(key);
      return draftOf(sample, await loadSampleEdits(store.db, sample.id));
    },

    async edit(key, { analyst, comment, edit, editsSeen }) {
      const sample = await find(key);
      const edits = await loadSampleEdits(store.db, sample.id);
      const changed = (who: string) => centerErrors.make("SAMPLE_CHANGED", { key, analyst: who });
      if (edits.length !== editsSeen) throw changed(edits.at(-1)?.analyst ?? "-");
      const counting = countingEdits(edits);
      const last = counting.at(-1);
      if (edit.kind === "undo" && !last)
        throw centerErrors.make("EDIT_REFUSED", { reason: "there is nothing to undo" });
      const next = edit.kind === "undo" ? counting.slice(0, -1) : [...counting, { ordinal: 0, edit }];
      const now = clock();
      const of = (list: readonly { readonly edit: SampleEdit }[]) =>
        edited(
          sample,
          list.map((one) => one.edit),
          now,
        );
      const [before, after] = [await of(counting), await of(next)];
      if (edit.kind !== "undo" && after.refused.length > before.refused.length)
        throw centerErrors.make("EDIT_REFUSED", { reason: after.refused.at(-1) });
      if (!before.report || !after.report)
        throw centerErrors.make("EDIT_REFUSED", { reason: before.reason ?? after.reason });
      const record = {
        ...{ ordinal: edits.length + 1, time: now, analyst, comment },
        edit: edit.kind === "undo" ? { kind: "undo" as const, ordinal: last!.ordinal } : edit,
        ...changesBetween(before.report, after.report),
      };
      await store.transaction(async (writer) => {
        if (!(await putSampleEdit(writer, sample.id, record))) throw changed("somebody else");
      });
      await bus.publish("samples.edited", { key, action: edit.kind });
    },

    async review(key, { analyst, level, levelReason, comment, reviewedVersion, editsSeen }) {
      const sample = await find(key);
      const reports = await loadReports(store.db, [key]);
      const edits = await loadSampleEdits(store.db, sample.id);
      if (editsSeen !== undefined && editsSeen !== edits.length)
        throw centerErrors.make("SAMPLE_CHANGED", { key, analyst: edits.at(-1)?.analyst ?? "-" });
      const before = newest(reports, "RRR");
      const base = before ?? newest(reports, "ARR");
      if (!base) throw centerErrors.make("NO_SAMPLE", { what: "automatic report", key });
      if ((before?.version ?? 0) !== reviewedVersion)
        throw centerErrors.make("SAMPLE_CHANGED", { key, analyst: before?.analyst ?? "-" });
      const now = clock();
      const { analysed } = await draftOf(sample, edits);
      const report = reviewedReport(
        asEdited(base.report as SampleReport, analysed?.report ?? null),
        { analyst, time: now, comment, level, levelReason },
        `${key}-RRR-${reviewedVersion + 1}`,
      );
      await store.transaction(async (writer) => {
        const put = { ...released(report, analyst), state: "proposed" } as const;
        // Somebody else may have written between what was read above and this.
        if ((await putReport(writer, sample.id, put, { runId, now })) !== report.version)
          throw centerErrors.make("SAMPLE_CHANGED", { key, analyst: "somebody else" });
      });
      await bus.publish("samples.reviewed", { key, level });
    },

    async reanalyse(key, request) {
      const sample = await find(key);
      const reports = await loadReports(store.db, [key]);
      const standing = newest(reports, "RRR") ?? newest(reports, "ARR");
      const [data, content] = [await dataOf(key), await loadSampleContent(store.db, key)];
      if (!standing || !data || !content) throw centerErrors.make("NO_SAMPLE", { what: "automatic report", key });
      const counting = request.withEdits ? countingEdits(await loadSampleEdits(store.db, sample.id)) : [];
      const edits = counting.map(({ edit }) => edit);
      const settings = expertSettings(request);
      const task = { ...(await taskOf(data, sample.received, edits)), settings };
      const analysed = await analyse(task);
      if (!analysed.report) throw centerErrors.make("EDIT_REFUSED", { reason: analysed.reason });
      const { analyst, reason } = request;
      const now = clock();
      const backgrounds = [task.gasBackground, task.detectorBackground];
      const provenance = provenanceOf(settings, content.message, backgrounds, edits, software);
      const version = (newest(reports, "URR")?.version ?? 0) + 1;
      const report = updatedReport(
        analysed.report,
        standing.report as SampleReport,
        { ...{ analyst, reason, provenance }, time: now },
        version,
        `${key}-URR-${version}`,
      );
      await store.transaction(async (writer) => {
        // Somebody else may have written between what was read above and this.
        if ((await putReport(writer, sample.id, released(report, analyst), { runId, now })) !== version)
          throw centerErrors.make("SAMPLE_CHANGED", { key, analyst: "somebody else" });
      });
      await bus.publish("samples.reanalysed", { key, level: report.level });
    },

    async release(key, { analyst, version: wanted }) {
      const sample = await find(key);
      const reports = await loadReports(store.db, [key]);
      const proposed = newest(reports, "RRR");
      if (!proposed || proposed.version !== wanted || proposed.state !== "proposed")
        throw centerErrors.make("NOT_PROPOSED", { version: wanted });
      if (proposed.analyst === analyst) throw centerErrors.make("OWN_RELEASE", { analyst });
      const now = clock();
      const stamp = { runId, now };
      const links = reports
        .filter(({ product }) => product === "ARR")
        .map(({ product, messageId }) => [product, messageId] as const);
      const event = screenedEvent(proposed.report as SampleReport, links, `${key}-SSREB-${wanted}`, now);
      await store.transaction(async (writer) => {
        if (!(await releaseReport(writer, proposed.id, analyst, stamp)))
          throw centerErrors.make("NOT_PROPOSED", { version: wanted });
        if (event)
          await putReport(
            writer,
            sample.id,
            {
              product: "SSREB",
              state: "released",
              level: event.level,
              messageId: event.messageId,
              created: now,
              analyst: proposed.analyst,
              releasedBy: analyst,
              report: event,
            },
            stamp,
          );
      });
      await bus.publish("samples.released", { key, level: proposed.level });
    },
  };
}

const software = `harken ${version}`;

/** A report with what the edits have made of the sample; its level is still that of the report. */
function asEdited(report: SampleReport, draft: SampleReport | null): SampleReport {
  if (!draft) return report;
  const { nuclides, peaks, regions, flags, screening, remarks } = draft;
  return { ...report, nuclides, peaks, regions, flags, screening, remarks };
}

export function newest<R extends Pick<StoredReport, "product">>(
  reports: readonly R[],
  product: StoredReport["product"],
): R | null {
  return reports.filter((one) => one.product === product).at(-1) ?? null;
}

function released(report: SampleReport, analyst: string | null): Parameters<typeof putReport>[2] {
  return {
    product: report.product,
    state: "released",
    level: report.level,
    messageId: report.messageId,
    created: report.createdTime,
    analyst,
    releasedBy: null,
    report,
  };
}

/**
 * Of a file with several messages the one that holds each measurement. What a message holds is read, not searched for: a sample's names its backgrounds
 * too.
 */
function messagesByKey(text: string): ReadonlyMap<string, string> {
  const messages = text.split(/^(?=BEGIN\b)/im);
  return new Map(
    messages.flatMap((message) =>
      decodePulseHeightData(Buffer.from(message, "latin1")).items.map((data) => [sampleKeyOf(data), message] as const),
    ),
  );
}
