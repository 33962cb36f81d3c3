/** What analysts did. How a table is written stands in `../tables.ts`. */
export const reviewTables = {
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
} as const;
