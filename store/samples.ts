/**
 * Radionuclide samples and their reports. A sample is its station's message; its key is the measurement with its qualifier, so that the same message
 * twice is one sample. Reports are never changed: a better one is the next version, and a proposed one becomes released or is replaced.
 */
import type { PulseHeightData, SampleReport, ScreenedRadionuclideEvent } from "@harken/core";
import type { Reader, Writer } from "./database.ts";
import { recordInLedger } from "./ledger.ts";
import type { Stamp } from "./mapping.ts";
import { allotIds, inParts } from "./rows.ts";
import type { Row } from "./tables.ts";

export interface StoredSample {
  readonly id: number;
  readonly key: string;
  readonly station: string;
  readonly detector: string;
  readonly sampleId: string;
  readonly measurementId: string;
  readonly dataType: PulseHeightData["kind"];
  readonly system: PulseHeightData["system"];
  readonly qualifier: PulseHeightData["qualifier"];
  readonly collectionStart: number | null;
  readonly collectionStop: number | null;
  readonly acquisitionStart: number | null;
  readonly received: number;
}

/** What an analysis leaves beside its report: what the pages draw, and the station's history with this sample in it. */
export interface SampleFindings {
  readonly display: unknown;
  readonly history: unknown;
  readonly quality: readonly SampleQuality[];
}

/** A quantity that control charts follow. */
export interface SampleQuality {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly error: number | null;
}

export type ReportProduct = "ARR" | "RRR" | "URR" | "SSREB";

export interface StoredReport {
  readonly id: number;
  readonly sampleKey: string;
  readonly product: ReportProduct;
  readonly version: number;
  /** `proposed` until a second person releases it. */
  readonly state: "proposed" | "released";
  readonly level: string | null;
  readonly messageId: string;
  readonly created: number;
  readonly analyst: string | null;
  readonly releasedBy: string | null;
  /** When it was made or released, epoch s. */
  readonly changed: number;
  readonly report: SampleReport | ScreenedRadionuclideEvent;
}

export const sampleKeyOf = ({ kind, measurementId, sampleId, detector, qualifier }: PulseHeightData): string =>
  [kind, measurementId || `${detector}-${sampleId}`, qualifier ?? ""].filter(Boolean).join(".").replaceAll("/", "");

/** The sample's number; null when it is stored already. */
export async function putSample(
  writer: Writer,
  { data, message }: { readonly data: PulseHeightData; readonly message: string },
  findings: SampleFindings,
  { runId, now }: Stamp,
): Promise<number | null> {
  const key = sampleKeyOf(data);
  const known = await writer.selectFrom("rnsample").select("rnid").where("samplekey", "=", key).executeTakeFirst();
  if (known) return null;
  const rnid = await allotIds(writer, "rnid", 1);
  await writer
    .insertInto("rnsample")
    .values({
      rnid,
      samplekey: key,
      sta: data.station,
      detector: data.detector,
      srid: data.sampleId,
      measurementid: data.measurementId,
      datatype: data.kind,
      system: data.system,
      qualifier: data.qualifier,
      collectstart: data.collection?.startTime ?? null,
      collectstop: data.collection?.stopTime ?? null,
      acqstart: data.acquisition?.startTime ?? null,
      received: now,
      message,
      display: findings.display === null ? null : JSON.stringify(findings.display),
      history: findings.history === null ? null : JSON.stringify(findings.history),
      runid: runId,
      lddate: now,
    })
    .execute();
  if (findings.quality.length > 0)
    await writer
      .insertInto("rnquality")
      .values(findings.quality.map(({ name, unit, value, error }) => ({ rnid, name, unit, value, error })))
      .execute();
  return rnid;
}

export interface SampleQuery {
  readonly station?: string | undefined;
  readonly dataType?: string | undefined;
  readonly key?: string | undefined;
  readonly measurementId?: string | undefined;
  readonly limit?: number | undefined;
}

const heads = [
  ...(["rnid", "samplekey", "sta", "detector", "srid", "measurementid", "datatype"] as const),
  ...(["system", "qualifier", "collectstart", "collectstop", "acqstart", "received"] as const),
] as const;

/** Newest collection first. */
export async function loadSamples(reader: Reader, query: SampleQuery): Promise<StoredSample[]> {
  let select = reader.selectFrom("rnsample").select(heads);
  if (query.station !== undefined) select = select.where("sta", "=", query.station);
  if (query.dataType !== undefined) select = select.where("datatype", "=", query.dataType);
  if (query.key !== undefined) select = select.where("samplekey", "=", query.key);
  if (query.measurementId !== undefined) select = select.where("measurementid", "=", query.measurementId);
  if (query.limit !== undefined) select = select.limit(query.limit);
  const rows = await select
    .orderBy("collectstart", (order) => order.desc().nullsLast())
    .orderBy("rnid", "desc")
    .execute();
  return rows.map(sampleFromRow);
}

function sampleFromRow(row: Pick<Row<"rnsample">, (typeof heads)[number]>): StoredSample {
  return {
    id: row.rnid,
    key: row.samplekey,
    station: row.sta,
    detector: row.detector,
    sampleId: row.srid,
    measurementId: row.measurementid,
    dataType: row.datatype as StoredSample["dataType"],
    system: row.system as StoredSample["system"],
    qualifier: row.qualifier as StoredSample["qualifier"],
    collectionStart: row.collectstart,
    collectionStop: row.collectstop,
    acquisitionStart: row.acqstart,
    received: row.received,
  };
}

/** When the newest sample came or the newest report was made or released, epoch s; 0 for none. */
export async function newestSampleTime(reader: Reader): Promise<number> {
  const samples = await reader
    .selectFrom("rnsample")
    .select(({ fn }) => fn.max("received").as("time"))
    .executeTakeFirstOrThrow();
  const reports = await reader
    .selectFrom("rnreport")
    .select(({ fn }) => fn.max("lddate").as("time"))
    .executeTakeFirstOrThrow();
  return Math.max(samples.time ?? 0, reports.time ?? 0);
}

/** The station's message, and what the analysis left; null for a sample that is not there. */
export async function loadSampleContent(
  reader: Reader,
  key: string,
): Promise<{ readonly message: string; readonly display: unknown } | null> {
  const row = await reader
    .selectFrom("rnsample")
    .select(["message", "display"])
    .where("samplekey", "=", key)
    .executeTakeFirst();
  return row ? { message: row.message, display: row.display === null ? null : JSON.parse(row.display) } : null;
}

/** What the station's last sample of this system before a time has left for the next one's category; null for the first. */
export async function loadSampleHistory(
  reader: Reader,
  station: string,
  system: string,
  before: number,
): Promise<unknown> {
  const row = await reader
    .selectFrom("rnsample")
    .select("history")
    .where("sta", "=", station)
    .where("system", "=", system)
    .where("history", "is not", null)
    .where("collectstart", "<", before)
    .orderBy("collectstart", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.history == null ? null : JSON.parse(row.history);
}

export type NewReport = Omit<StoredReport, "id" | "sampleKey" | "version" | "changed">;

/** Adds the next version; returns it. */
export async function putReport(
  writer: Writer,
  sampleId: number,
  report: NewReport,
  { runId, now }: Stamp,
): Promise<number> {
  const reportid = await allotIds(writer, "reportid", 1);
  const last = await writer
    .selectFrom("rnreport")
    .select(({ fn }) => fn.max("version").as("version"))
    .where("rnid", "=", sampleId)
    .where("product", "=", report.product)
    .executeTakeFirst();
  const version = (last?.version ?? 0) + 1;
  await writer
    .insertInto("rnreport")
    .values({
      reportid,
      rnid: sampleId,
      product: report.product,
      version,
      state: report.state,
      level: report.level,
      messageid: report.messageId,
      created: report.created,
      analyst: report.analyst,
      releasedby: report.releasedBy,
      report: JSON.stringify(report.report),
      runid: runId,
      lddate: now,
    })
    .execute();
  const action = `sample ${sampleId}: ${report.product} ${version} ${report.state}`;
  await recordInLedger(writer, [{ time: now, actor: report.analyst ?? "", action, table: "rnreport", id: reportid }]);
  return version;
}

/** Marks a proposed report released; false when it was released before or is not there. */
export async function releaseReport(
  writer: Writer,
  reportId: number,
  releasedBy: string,
  { now }: Pick<Stamp, "now">,
): Promise<boolean> {
  const { numUpdatedRows } = await writer
    .updateTable("rnreport")
    .set({ state: "released", releasedby: releasedBy, lddate: now })
    .where("reportid", "=", reportId)
    .where("state", "=", "proposed")
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await recordInLedger(writer, [{ time: now, actor: releasedBy, action: "released", table: "rnreport", id: reportId }]);
  return true;
}

/** Of these samples, oldest first. */
export async function loadReports(reader: Reader, sampleKeys: readonly string[]): Promise<StoredReport[]> {
  const rows = await inParts(sampleKeys, (part) =>
    reader
      .selectFrom("rnreport")
      .innerJoin("rnsample", "rnsample.rnid", "rnreport.rnid")
      .selectAll("rnreport")
      .select("rnsample.samplekey")
      .where("rnsample.samplekey", "in", part)
      .orderBy("rnreport.reportid")
      .execute(),
  );
  return rows.map((row) => ({ ...headFromRow(row), report: JSON.parse(row.report) as StoredReport["report"] }));
}

/** The same without the reports themselves, which are long: for lists. */
export async function loadReportHeads(
  reader: Reader,
  sampleKeys: readonly string[],
): Promise<Omit<StoredReport, "report">[]> {
  const rows = await inParts(sampleKeys, (part) =>
    reader
      .selectFrom("rnreport")
      .innerJoin("rnsample", "rnsample.rnid", "rnreport.rnid")
      .select(reportHeads)
      .select("rnreport.lddate")
      .select("rnsample.samplekey")
      .where("rnsample.samplekey", "in", part)
      .orderBy("rnreport.reportid")
      .execute(),
  );
  return rows.map(headFromRow);
}

const reportHeads = [
  ...(["reportid", "product", "version", "state", "level", "messageid"] as const),
  ...(["created", "analyst", "releasedby"] as const),
] as const;

function headFromRow(
  row: Pick<Row<"rnreport">, (typeof reportHeads)[number] | "lddate"> & { readonly samplekey: string },
): Omit<StoredReport, "report"> {
  return {
    id: row.reportid,
    sampleKey: row.samplekey,
    product: row.product as ReportProduct,
    version: row.version,
    state: row.state as StoredReport["state"],
    level: row.level,
    messageId: row.messageid,
    created: row.created,
    analyst: row.analyst,
    releasedBy: row.releasedby,
    changed: row.lddate,
  };
}
