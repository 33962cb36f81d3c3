/**
 * How far the journal is worked through, and what was known there: gap lists of senders, places in the streams of servers. Written in the
 * transaction of the rows that it speaks of, so that a start goes on exactly behind them.
 */
import type { Reader, Writer } from "../database.ts";

export interface IntakeState {
  readonly name: string;
  /** Sequence of the last journal entry that is contained in it. */
  readonly packetId: number;
  /** Plain JSON. */
  readonly state: unknown;
}

export async function putIntakeStates(writer: Writer, states: readonly IntakeState[], now: number): Promise<void> {
  for (const { name, packetId, state } of states) {
    const row = { packetid: packetId, state: JSON.stringify(state), lddate: now };
    await writer
      .insertInto("intakestate")
      .values({ name, ...row })
      .onConflict((conflict) => conflict.column("name").doUpdateSet(row))
      .execute();
  }
}

export async function loadIntakeStates(reader: Reader): Promise<Map<string, IntakeState>> {
  const rows = await reader.selectFrom("intakestate").selectAll().execute();
  return new Map(
    rows.map(({ name, packetid, state }) => [name, { name, packetId: packetid, state: JSON.parse(state) as unknown }]),
  );
}
