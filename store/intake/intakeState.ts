/**
 * How far the journal is worked through, and what was known there: gap lists of senders, places in the streams of servers. Written in the
 * transaction of the rows that it speaks of, so that a start goes on exactly behind them.
 */
import type { Reader, Writer } from "../database.ts";
import { executeEach } from "../rows.ts";

export interface IntakeState {
  readonly name: string;
  /** Sequence of the last journal entry that is contained in it. */
  readonly packetId: number;
  /** Plain JSON. */
  readonly state: unknown;
}

export async function putIntakeStates(writer: Writer, states: readonly IntakeState[], now: number): Promise<void> {
  const rows = states.map(({ name, packetId, state }) => [name, packetId, JSON.stringify(state), now] as const);
  await executeEach(
    writer,
    rows,
    ([name, packetid, state, lddate]) =>
      writer
        .insertInto("intakestate")
        .values({ name, packetid, state, lddate })
        .onConflict((conflict) =>
          conflict.column("name").doUpdateSet(({ ref }) => ({
            packetid: ref("excluded.packetid"),
            state: ref("excluded.state"),
            lddate: ref("excluded.lddate"),
          })),
        ),
    (row) => row,
  );
}

export async function loadIntakeStates(reader: Reader): Promise<Map<string, IntakeState>> {
  const rows = await reader.selectFrom("intakestate").selectAll().execute();
  return new Map(
    rows.map(({ name, packetid, state }) => [name, { name, packetId: packetid, state: JSON.parse(state) as unknown }]),
  );
}
