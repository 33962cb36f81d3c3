/** What came from outside: packets, how far they are worked on, alarms and links. How a table is written stands in `../tables.ts`. */
export const intakeTables = {
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
  /** What acquisition refused or raised an alarm about: the same thing within a second is one row with a count. */
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
} as const;
