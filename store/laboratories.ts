/** What was asked of radionuclide laboratories, what they answered, and results of proficiency tests. Nothing of it is changed; an answer comes once. */
import type { LaboratoryReport } from "@harken/core";
import type { Reader, Writer } from "./database.ts";
import type { Stamp } from "./mapping.ts";
import { allotIds } from "./rows.ts";

export interface LaboratoryRequest {
  readonly key: string;
  readonly sampleKey: string;
  readonly station: string;
  readonly sampleId: string;
  readonly laboratory: string;
  /** As "level 5" or "quality assurance". */
  readonly purpose: string;
  readonly comment: string;
  readonly analyst: string;
  readonly requested: number;
  /** The laboratory's report with its results beside the station's; null until it comes. */
  readonly comparison: LaboratoryReport | null;
  readonly received: number | null;
}

/** False where the same laboratory was asked about the sample before. */
export async function putLaboratoryRequest(
  writer: Writer,
  sampleId: number,
  request: Pick<LaboratoryRequest, "key" | "laboratory" | "purpose" | "comment" | "analyst">,
  { runId, now }: Stamp,
): Promise<boolean> {
  const known = await writer
    .selectFrom("rnlabrequest")
    .select("labrequestid")
    .where("requestkey", "=", request.key)
    .executeTakeFirst();
  if (known) return false;
  const { key, laboratory, purpose, comment, analyst } = request;
  await writer
    .insertInto("rnlabrequest")
    .values({
      ...{ labrequestid: await allotIds(writer, "labrequestid", 1), requestkey: key, rnid: sampleId },
      ...{ laboratory, purpose, comment, analyst, requested: now, runid: runId, lddate: now },
      ...{ message: null, comparison: null, received: null },
    })
    .execute();
  return true;
}

/** False where the request is not there or has its answer. */
export async function answerLaboratoryRequest(
  writer: Writer,
  key: string,
  { message, comparison }: { readonly message: string; readonly comparison: LaboratoryReport },
  { now }: Pick<Stamp, "now">,
): Promise<boolean> {
  const { numUpdatedRows } = await writer
    .updateTable("rnlabrequest")
    .set({ message, comparison: JSON.stringify(comparison), received: now, lddate: now })
    .where("requestkey", "=", key)
    .where("received", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Newest first. */
export async function loadLaboratoryRequests(reader: Reader): Promise<LaboratoryRequest[]> {
  const rows = await reader
    .selectFrom("rnlabrequest")
    .innerJoin("rnsample", "rnsample.rnid", "rnlabrequest.rnid")
    .selectAll("rnlabrequest")
    .select(["rnsample.samplekey", "rnsample.sta", "rnsample.srid"])
    .orderBy("labrequestid", "desc")
    .execute();
  return rows.map((row) => ({
    ...{ key: row.requestkey, sampleKey: row.samplekey, station: row.sta, sampleId: row.srid },
    ...{ laboratory: row.laboratory, purpose: row.purpose, comment: row.comment, analyst: row.analyst },
    requested: row.requested,
    comparison: row.comparison === null ? null : (JSON.parse(row.comparison) as LaboratoryReport),
    received: row.received,
  }));
}

/** Activity with its standard uncertainty, Bq, by name of nuclide. */
export type ProficiencyResults = readonly (readonly [nuclide: string, value: number, error: number])[];

export interface ProficiencyResult {
  readonly exercise: string;
  readonly laboratory: string;
  readonly time: number;
  readonly reference: ProficiencyResults;
  readonly reported: ProficiencyResults;
  readonly analyst: string;
}

/** False where the laboratory has results of this exercise. */
export async function putProficiencyResult(
  writer: Writer,
  { exercise, laboratory, time, reference, reported, analyst }: ProficiencyResult,
  { runId, now }: Stamp,
): Promise<boolean> {
  const known = await writer
    .selectFrom("rnproficiency")
    .select("proficiencyid")
    .where("exercise", "=", exercise)
    .where("laboratory", "=", laboratory)
    .executeTakeFirst();
  if (known) return false;
  await writer
    .insertInto("rnproficiency")
    .values({
      ...{ proficiencyid: await allotIds(writer, "proficiencyid", 1), exercise, laboratory, measured: time, analyst },
      ...{ reference: JSON.stringify(reference), reported: JSON.stringify(reported), runid: runId, lddate: now },
    })
    .execute();
  return true;
}

/** By time. */
export async function loadProficiencyResults(reader: Reader): Promise<ProficiencyResult[]> {
  const rows = await reader
    .selectFrom("rnproficiency")
    .selectAll()
    .orderBy("measured")
    .orderBy("proficiencyid")
    .execute();
  return rows.map(({ exercise, laboratory, measured, reference, reported, analyst }) => ({
    ...{ exercise, laboratory, time: measured, analyst },
    reference: JSON.parse(reference) as ProficiencyResults,
    reported: JSON.parse(reported) as ProficiencyResults,
  }));
}
