/** The audit ledger. How a table is written stands in `../tables.ts`. */
export const ledgerTables = {
  /**
   * One line for each thing that was done, never changed, never deleted. `subject` is the row that it left (`accountchange 12`), `rowhash` the SHA-256 of
   * that row, and `hash` that of the line with the hash of the line before it.
   */
  ledger: {
    columns: {
      seq: "int",
      time: "double",
      actor: "text",
      action: "text",
      subject: "text",
      rowhash: "text",
      previous: "text",
      hash: "text",
    },
    key: ["seq"],
    unique: [],
    indexes: [["subject"]],
  },
} as const;
