/**
 * The relational schema, once: table, columns and their kinds. The TypeScript row types and the DDL of both engines come from it.
 *
 * Column names follow CSS3.0 (Anderson et al. 1990, CSS Report C90-01) where it has them. Base tables keep every version of a row
 * (`list`, `version`, `supersedes`, `runid`) and true SQL NULLs; the views in `views.ts` carry the CSS names and CSS null values.
 *
 * Kinds: `int` 64-bit integer, `double` float64, `text`; a question mark allows NULL. Flags are CSS letters or 0 and 1, since the two
 * engines disagree about booleans.
 */
import { bulletinTables } from "./schema/bulletins.ts";
import { intakeTables } from "./schema/intake.ts";
import { ledgerTables } from "./schema/ledger.ts";
import { messageTables } from "./schema/messages.ts";
import { noiseTables } from "./schema/noise.ts";
import { peopleTables } from "./schema/people.ts";
import { reviewTables } from "./schema/review.ts";
import { sampleEditTables, sampleQualityTables, sampleTables } from "./schema/samples.ts";
import { stationTables } from "./schema/stations.ts";
import { subscriptionTables } from "./schema/subscriptions.ts";
import { timetableTables } from "./schema/timetable.ts";
import { workTables } from "./schema/work.ts";

export const tables = {
  ...workTables,
  ...stationTables,
  ...bulletinTables,
  ...intakeTables,
  ...reviewTables,
  ...sampleTables,
  ...noiseTables,
  ...sampleEditTables,
  ...peopleTables,
  ...timetableTables,
  ...messageTables,
  ...subscriptionTables,
  ...ledgerTables,
  ...sampleQualityTables,
} as const;

function namesOf<T extends object>(group: T): readonly (keyof T)[] {
  return Object.keys(group) as (keyof T)[];
}

/** Tables that came after the first migration, by the migration that makes them. */
export const laterTables = {
  "0002-intake": namesOf(intakeTables),
  "0003-review": namesOf(reviewTables),
  "0004-radionuclide": namesOf(sampleTables),
  "0005-noise": namesOf(noiseTables),
  "0006-sample-edits": namesOf(sampleEditTables),
  "0007-people": namesOf(peopleTables),
  "0008-timetable": namesOf(timetableTables),
  "0009-messages": namesOf(messageTables),
  "0010-subscriptions": namesOf(subscriptionTables),
  "0011-ledger": namesOf(ledgerTables),
  "0012-sample-quality": namesOf(sampleQualityTables),
} as const satisfies Readonly<Record<string, readonly (keyof typeof tables)[]>>;

type Kind = "int" | "double" | "text" | "int?" | "double?" | "text?";
type Value<K extends Kind> = K extends "text"
  ? string
  : K extends "text?"
    ? string | null
    : K extends "int" | "double"
      ? number
      : number | null;
type Columns = Readonly<Record<string, Kind>>;
type RowOf<C extends Columns> = { [N in keyof C]: Value<C[N]> };

/** The tables as Kysely sees them. */
export type Tables = { [T in keyof typeof tables]: RowOf<(typeof tables)[T]["columns"]> };
export type Row<T extends keyof Tables> = Tables[T];

const sqlKind: Readonly<Record<Kind, string>> = {
  int: "bigint NOT NULL",
  "int?": "bigint",
  double: "double precision NOT NULL",
  "double?": "double precision",
  text: "text NOT NULL",
  "text?": "text",
};

/** DDL statements that make these tables and their indexes; both engines read them. */
export function createStatements(names: readonly (keyof Tables)[]): string[] {
  const statements: string[] = [];
  for (const table of names) {
    const { columns, key, unique, indexes } = tables[table];
    const lines = Object.entries(columns).map(([name, kind]) => `"${name}" ${sqlKind[kind as Kind]}`);
    const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(", ");
    lines.push(`PRIMARY KEY (${list(key)})`, ...unique.map((names) => `UNIQUE (${list(names)})`));
    statements.push(`CREATE TABLE "${table}" (\n  ${lines.join(",\n  ")}\n)`);
    for (const names of indexes as readonly (readonly string[])[]) {
      statements.push(`CREATE INDEX "${table}_${names.join("_")}" ON "${table}" (${list(names)})`);
    }
  }
  return statements;
}
