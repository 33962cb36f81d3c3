/**
 * Radionuclide messages come in here: each measurement is stored once and analysed, its automatic report written in the same transaction. Analysts propose
 * reviewed reports, somebody else releases them; at the highest level a bulletin goes with the report.
 */
import type { SampleReleaseRequest, SampleReviewRequest } from "@harken/api";
import type { Problem, PulseHeightData, SampleReport } from "@harken/core";
import { decodePulseHeightData } from "@harken/formats";
import { reviewedReport, screenedEvent } from "@harken/radionuclide";
import {
  type Bus,
  loadReports,
  loadSampleContent,
  loadSampleHistory,
  loadSamples,
  putReport,
  putSample,
  releaseReport,
  type Store,
  type StoredReport,
  sampleKeyOf,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import { version } from "../version.ts";
import { analyseSample } from "./analyseSample.ts";

export interface SampleDeskContext {
  readonly store: Store;
  readonly bus: Bus;
  readonly runId: number;
  clock(): number;
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
  /** Throws NO_SAMPLE or SAMPLE_CHANGED. */
  review(key: string, request: SampleReviewRequest): Promise<void>;
  /** Throws NO_SAMPLE, NOT_PROPOSED or OWN_RELEASE. */
  release(key: string, request: SampleReleaseRequest): Promise<void>;
}

export function createSampleDesk({ store, bus, runId, clock }: SampleDeskContext): SampleDesk {
  async function measurement(id: string | null): Promise<PulseHeightData | null> {
    if (id === null) return null;
    const [known] = await loadSamples(store.db, { measurementId: id, limit: 1 });
    const content = known && (await loadSampleContent(store.db, known.key));
    if (!content) return null;
    const { items } = decodePulseHeightData(Buffer.from(content.message, "latin1"));
    return items.find((data) => sampleKeyOf(data) === known.key) ?? null;
  }

  async function takeOne(data: PulseHeightData, message: string): Promise<string | null> {
    const now = clock();
    const key = sampleKeyOf(data);
    const [known] = await loadSamples(store.db, { key, limit: 1 });
    if (known) return null;
    const when = data.collection?.startTime ?? data.acquisition?.startTime ?? now;
    const analysed = analyseSample(data, {
      history: await loadSampleHistory(store.db, data.station, data.system, when),
      gasBackground: await measurement(data.gasBackgroundId),
      detectorBackground: await measurement(data.detectorBackgroundId),
      head: { messageId: `${key}-ARR`, createdTime: now, receivedTime: now, software: `harken ${version}` },
    });
    const stamp = { runId, now };
    const stored = await store.transaction(async (writer) => {
      const id = await putSample(writer, { data, message }, analysed, stamp);
      if (id !== null && analysed.report) await putReport(writer, id, released(analysed.report, null), stamp);
      return id !== null;
    });
    if (!stored) return null;
    await bus.publish("samples.new", { key, station: data.station, level: analysed.report?.level ?? null });
    return key;
  }

  async function find(key: string) {
    const [sample] = await loadSamples(store.db, { key, limit: 1 });
    if (!sample) throw centerErrors.make("NO_SAMPLE", { what: "message", key });
    return { sample, reports: await loadReports(store.db, [key]) };
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

    async review(key, { analyst, level, levelReason, comment, reviewedVersion }) {
      const { sample, reports } = await find(key);
      const before = newest(reports, "RRR");
      const base = before ?? newest(reports, "ARR");
      if (!base) throw centerErrors.make("NO_SAMPLE", { what: "automatic report", key });
      if ((before?.version ?? 0) !== reviewedVersion)
        throw centerErrors.make("SAMPLE_CHANGED", { key, analyst: before?.analyst ?? "-" });
      const now = clock();
      const report = reviewedReport(
        base.report as SampleReport,
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

    async release(key, { analyst, version: wanted }) {
      const { sample, reports } = await find(key);
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
