/** Who made the rows, the next integers, and the work that is shared by interval. How a table is written stands in `../tables.ts`. */
export const workTables = {
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
  /** A piece of work: a stretch of data time on which a stage works for one station, or makes a list of the whole network. */
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
} as const;
