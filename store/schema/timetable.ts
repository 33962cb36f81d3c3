/** Segments that the centre asked of stations that send on demand. How a table is written stands in `../tables.ts`. */
export const timetableTables = {
  /** One request message for one station. Times of asking and answering are data time. */
  segmentrequest: {
    columns: {
      requestid: "int",
      msgid: "text",
      sta: "text",
      starttime: "double",
      endtime: "double",
      intervalstart: "double",
      eventkeys: "text",
      state: "text",
      attempts: "int",
      nexttime: "double",
      askedtime: "double",
      answeredtime: "double?",
      nsamp: "int",
      lastproblem: "text",
      runid: "int",
      lddate: "double",
    },
    key: ["requestid"],
    unique: [["msgid"]],
    indexes: [
      ["state", "nexttime"],
      ["sta", "starttime"],
    ],
  },
} as const;
