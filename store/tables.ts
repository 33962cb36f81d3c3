/**
 * The relational schema, once: table, columns and their kinds. The TypeScript row types and the DDL of both engines come from it.
 *
 * Column names follow CSS3.0 (Anderson et al. 1990, CSS Report C90-01) where it has them. Base tables keep every version of a row
 * (`list`, `version`, `supersedes`, `runid`) and true SQL NULLs; the views in `views.ts` carry the CSS names and CSS null values.
 *
 * Kinds: `int` 64-bit integer, `double` float64, `text`; a question mark allows NULL. Flags are CSS letters or 0 and 1, since the two
 * engines disagree about booleans.
 */

export const tables = {
  /** Who made the rows: one row per run of a stage with one configuration of one version of the software. */
  run: {
    columns: {
      runid: "int",
      stage: "text",
      software: "text",
      confighash: "text",
      config: "text",
      worker: "text",
      lddate: "double",
    },
    key: ["runid"],
    unique: [],
    indexes: [],
  },
  /** Next integers, as CSS3.0's own table of that name. */
  lastid: { columns: { keyname: "text", keyvalue: "int" }, key: ["keyname"], unique: [], indexes: [] },
  /** A piece of work: a stretch of data time on which a stage works for one station (or `-` for the whole network). */
  interval: {
    columns: {
      stage: "text",
      name: "text",
      starttime: "double",
      endtime: "double",
      state: "text",
      attempts: "int",
      worker: "text",
      token: "int",
      leaseuntil: "double",
      lastproblem: "text",
      result: "text",
      runid: "int",
      lddate: "double",
    },
    key: ["stage", "name", "starttime"],
    unique: [],
    indexes: [["stage", "state", "starttime"]],
  },
  /** A station as core has it, whole; site and sitechan rows are drawn from it for readers of SQL. */
  base_station: {
    columns: {
      code: "text",
      network: "text",
      ordinal: "int",
      definition: "text",
      contenthash: "text",
      runid: "int",
      lddate: "double",
    },
    key: ["code"],
    unique: [],
    indexes: [],
  },
  base_site: {
    columns: {
      sta: "text",
      ondate: "int",
      lat: "double",
      lon: "double",
      elev: "double",
      staname: "text",
      statype: "text",
      refsta: "text",
      dnorth: "double",
      deast: "double",
      net: "text",
      lddate: "double",
    },
    key: ["sta", "ondate"],
    unique: [],
    indexes: [],
  },
  base_sitechan: {
    columns: {
      chanid: "int",
      net: "text",
      sta: "text",
      loc: "text",
      chan: "text",
      ondate: "int",
      edepth: "double",
      hang: "double",
      vang: "double",
      descrip: "text",
      lddate: "double",
    },
    key: ["chanid"],
    unique: [["net", "sta", "loc", "chan", "ondate"]],
    indexes: [],
  },
  /** Where the samples of one contiguous stretch stand in the archive. */
  base_wfdisc: {
    columns: {
      wfid: "int",
      net: "text",
      sta: "text",
      loc: "text",
      chan: "text",
      time: "double",
      endtime: "double",
      nsamp: "int",
      samprate: "double",
      datatype: "text",
      dir: "text",
      dfile: "text",
      foff: "int",
      bytes: "int",
      sha256: "text",
      runid: "int",
      lddate: "double",
    },
    key: ["wfid"],
    unique: [["net", "sta", "loc", "chan", "time"]],
    indexes: [["dir", "dfile"]],
  },
  base_arrival: {
    columns: {
      arid: "int",
      arrivalkey: "text",
      sta: "text",
      chan: "text",
      time: "double",
      deltim: "double",
      iphase: "text",
      azimuth: "double?",
      delaz: "double?",
      slow: "double?",
      delslo: "double?",
      snr: "double?",
      fm: "text?",
      rect: "double?",
      ema: "double?",
      freq: "double?",
      fkqual: "double?",
      auth: "text",
      jdate: "int",
      runid: "int",
      lddate: "double",
    },
    key: ["arid"],
    unique: [["arrivalkey"]],
    indexes: [["time"], ["sta", "time"]],
  },
  base_amplitude: {
    columns: {
      ampid: "int",
      arid: "int",
      ordinal: "int",
      net: "text",
      sta: "text",
      loc: "text",
      chan: "text",
      amp: "double",
      per: "double",
      amptime: "double",
      amptype: "text",
      units: "text",
      clip: "text",
      lddate: "double",
    },
    key: ["ampid"],
    unique: [["arid", "ordinal"]],
    indexes: [],
  },
  /** An event's integer and text names; they never change. */
  base_event: {
    columns: { evid: "int", eventkey: "text", lddate: "double" },
    key: ["evid"],
    unique: [["eventkey"]],
    indexes: [],
  },
  /** One version of an event in one list. `state`: current, superseded or withdrawn. */
  base_event_version: {
    columns: {
      evid: "int",
      list: "text",
      version: "int",
      supersedes: "int?",
      state: "text",
      prefor: "int",
      time: "double",
      contenthash: "text",
      runid: "int",
      lddate: "double",
    },
    key: ["evid", "list", "version"],
    unique: [],
    indexes: [["list", "state", "time"]],
  },
  base_origin: {
    columns: {
      orid: "int",
      evid: "int",
      list: "text",
      version: "int",
      ordinal: "int",
      originkey: "text",
      time: "double",
      lat: "double",
      lon: "double",
      depth: "double",
      dtype: "text",
      nass: "int",
      ndef: "int",
      nsta: "int",
      gap: "double",
      rms: "double",
      auth: "text",
      remarks: "text",
      jdate: "int",
      runid: "int",
      lddate: "double",
    },
    key: ["orid"],
    unique: [["evid", "list", "version", "originkey"]],
    indexes: [["time"]],
  },
  base_origerr: {
    columns: {
      orid: "int",
      sxx: "double",
      syy: "double",
      szz: "double",
      stt: "double",
      sxy: "double",
      sxz: "double",
      syz: "double",
      stx: "double",
      sty: "double",
      stz: "double",
      sdobs: "double",
      smajax: "double",
      sminax: "double",
      strike: "double",
      sdepth: "double?",
      stime: "double",
      conf: "double",
    },
    key: ["orid"],
    unique: [],
    indexes: [],
  },
  base_assoc: {
    columns: {
      orid: "int",
      arid: "int",
      ordinal: "int",
      sta: "text",
      phase: "text",
      delta: "double",
      seaz: "double",
      esaz: "double",
      timeres: "double?",
      timedef: "text",
      azres: "double?",
      azdef: "text",
      slores: "double?",
      slodef: "text",
      wgt: "double?",
    },
    key: ["orid", "arid"],
    unique: [],
    indexes: [["arid"]],
  },
  base_netmag: {
    columns: {
      magid: "int",
      orid: "int",
      ordinal: "int",
      magtype: "text",
      nsta: "int",
      magnitude: "double",
      uncertainty: "double",
    },
    key: ["magid"],
    unique: [["orid", "magtype"]],
    indexes: [],
  },
  base_stamag: {
    columns: {
      magid: "int",
      ordinal: "int",
      orid: "int",
      arid: "int?",
      sta: "text",
      magtype: "text",
      delta: "double",
      magnitude: "double",
      uncertainty: "double",
      magdef: "text",
      reason: "text",
    },
    key: ["magid", "ordinal"],
    unique: [],
    indexes: [["orid"]],
  },
  /** What came from outside, one row per packet: its place in the journal, the time of its data, and the verdict on its signatures. */
  base_packet: {
    columns: {
      packetid: "int",
      kind: "text",
      source: "text",
      seqno: "text",
      received: "double",
      archived: "double",
      time: "double?",
      endtime: "double?",
      bytes: "int",
      verdict: "text",
      nverified: "int",
      nunsigned: "int",
      nrefused: "int",
      detail: "text",
    },
    key: ["packetid"],
    unique: [],
    indexes: [
      ["source", "received"],
      ["verdict", "received"],
      ["source", "endtime"],
    ],
  },
  /** How far each reader of the journal has come, and what it knew there. */
  intakestate: {
    columns: { name: "text", packetid: "int", state: "text", lddate: "double" },
    key: ["name"],
    unique: [],
    indexes: [],
  },
  /** What acquisition refused or raised an alarm about: the same thing within a minute is one row with a count. */
  base_alarm: {
    columns: {
      alarmid: "int",
      time: "double",
      source: "text",
      code: "text",
      severity: "text",
      detail: "text",
      ncount: "int",
    },
    key: ["alarmid"],
    unique: [],
    indexes: [["time"], ["source", "time"]],
  },
  /** Up and down of the links over which data come. */
  base_link: {
    columns: {
      linkid: "int",
      source: "text",
      peer: "text",
      time: "double",
      endtime: "double?",
      reason: "text",
      bytes: "int",
    },
    key: ["linkid"],
    unique: [],
    indexes: [["source", "time"]],
  },
  /** What analysts did: never changed, never deleted. Versions are those of `base_event_version`; null where the list did not have the event. */
  edit: {
    columns: {
      editid: "int",
      list: "text",
      eventkey: "text",
      analyst: "text",
      action: "text",
      detail: "text",
      comment: "text",
      versionbefore: "int?",
      versionafter: "int?",
      restored: "int?",
      lddate: "double",
    },
    key: ["editid"],
    unique: [],
    indexes: [["list", "eventkey"]],
  },
  /** A stretch of origin times that an analyst has opened or completed. */
  reviewinterval: {
    columns: { list: "text", starttime: "double", endtime: "double", state: "text", analyst: "text", lddate: "double" },
    key: ["list", "starttime"],
    unique: [],
    indexes: [],
  },
  /** Arrivals that have no part in a list: for analysts those that a better pick has replaced, for automatic lists the analysts' picks. */
  arrivalaside: {
    columns: { list: "text", arrivalkey: "text", reason: "text", lddate: "double" },
    key: ["list", "arrivalkey"],
    unique: [],
    indexes: [],
  },
  /** A radionuclide measurement: the station's message whole, and what the automatic analysis left for the next sample's category. */
  rnsample: {
    columns: {
      rnid: "int",
      samplekey: "text",
      sta: "text",
      detector: "text",
      srid: "text",
      measurementid: "text",
      datatype: "text",
      system: "text",
      qualifier: "text?",
      collectstart: "double?",
      collectstop: "double?",
      acqstart: "double?",
      received: "double",
      message: "text",
      display: "text?",
      history: "text?",
      runid: "int",
      lddate: "double",
    },
    key: ["rnid"],
    unique: [["samplekey"]],
    indexes: [["measurementid"], ["sta", "collectstart"]],
  },
  /** Reports of samples: every version of ARR, RRR and SSREB. A proposed one waits for its release. */
  rnreport: {
    columns: {
      reportid: "int",
      rnid: "int",
      product: "text",
      version: "int",
      state: "text",
      level: "text?",
      messageid: "text",
      created: "double",
      analyst: "text?",
      releasedby: "text?",
      report: "text",
      runid: "int",
      lddate: "double",
    },
    key: ["reportid"],
    unique: [["rnid", "product", "version"]],
    indexes: [],
  },
} as const;

/** Tables that came after the first migration, by the migration that makes them. */
export const laterTables = {
  "0002-intake": ["base_packet", "intakestate", "base_alarm", "base_link"],
  "0003-review": ["edit", "reviewinterval", "arrivalaside"],
  "0004-radionuclide": ["rnsample", "rnreport"],
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
