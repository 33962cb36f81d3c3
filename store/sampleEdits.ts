/** The record of what analysts changed of radionuclide samples. No edit is ever changed or taken out; an undo is an edit too. */
import type { SampleEditRecord } from "@harken/core";
import type { Reader, Writer } from "./database.ts";
import { recordInLedger } from "./ledger.ts";
import { allotIds } from "./rows.ts";

/** False, with nothing written, when somebody else's edit has this ordinal already. */
export async function putSampleEdit(writer: Writer, sampleId: number, record: SampleEditRecord): Promise<boolean> {
  // Until this transaction ends no other edit begins: what is read from now on is current.
  const rneditid = await allotIds(writer, "rneditid", 1);
  const last = await writer
    .selectFrom("rnedit")
    .select(({ fn }) => fn.max("ordinal").as("ordinal"))
    .where("rnid", "=", sampleId)
    .executeTakeFirst();
  if ((last?.ordinal ?? 0) + 1 !== record.ordinal) return false;
  const { edit } = record;
  await writer
    .insertInto("rnedit")
    .values({
      rneditid,
      rnid: sampleId,
      ordinal: record.ordinal,
      analyst: record.analyst,
      action: edit.kind,
      detail: JSON.stringify(edit),
      comment: record.comment,
      statebefore: JSON.stringify(record.before),
      stateafter: JSON.stringify(record.after),
      undone: edit.kind === "undo" ? edit.ordinal : null,
      lddate: record.time,
    })
    .execute();
  const action = `sample ${sampleId}: ${edit.kind}`;
  await recordInLedger(writer, [{ time: record.time, actor: record.analyst, action, table: "rnedit", id: rneditid }]);
  return true;
}

/** Oldest first. */
export async function loadSampleEdits(reader: Reader, sampleId: number): Promise<SampleEditRecord[]> {
  const rows = await reader.selectFrom("rnedit").selectAll().where("rnid", "=", sampleId).orderBy("ordinal").execute();
  return rows.map((row) => ({
    ordinal: row.ordinal,
    time: row.lddate,
    analyst: row.analyst,
    comment: row.comment,
    edit: JSON.parse(row.detail) as SampleEditRecord["edit"],
    before: JSON.parse(row.statebefore) as SampleEditRecord["before"],
    after: JSON.parse(row.stateafter) as SampleEditRecord["after"],
  }));
}
