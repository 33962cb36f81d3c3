/** Messages that were answered, and the addresses of those who may ask by mail. How a table is written stands in `../tables.ts`. */
export const messageTables = {
  /** An account's address: mail from it is the account's, and answers go to no other. In lower case. */
  mailaddress: {
    columns: { address: "text", account: "text", lddate: "double" },
    key: ["address"],
    unique: [],
    indexes: [["account"]],
  },
  /** Every message that came, who sent it, what it asked for and what it got. Never changed, never deleted. */
  messagelog: {
    columns: {
      messageid: "int",
      received: "double",
      way: "text",
      sender: "text",
      msgid: "text",
      contenthash: "text",
      outcome: "text",
      asked: "text",
      reason: "text",
      bytes: "int",
    },
    key: ["messageid"],
    unique: [],
    indexes: [
      ["sender", "received"],
      ["contenthash", "received"],
    ],
  },
} as const;
