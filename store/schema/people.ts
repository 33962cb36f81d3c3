/** Who may do what. How a table is written stands in `../tables.ts`. */
export const peopleTables = {
  /** A person or a program. `secret` is the password's argon2id in PHC form; `lockeduntil` follows too many failures. */
  account: {
    columns: {
      name: "text",
      role: "text",
      secret: "text",
      state: "text",
      failures: "int",
      lockeduntil: "double",
      lddate: "double",
    },
    key: ["name"],
    unique: [],
    indexes: [],
  },
  /** A sign-in or an access token: only the SHA-256 of what is presented is kept. */
  session: {
    columns: { tokenhash: "text", account: "text", kind: "text", created: "double", expires: "double" },
    key: ["tokenhash"],
    unique: [],
    indexes: [["account"]],
  },
  /** What was done to accounts: never changed, never deleted. */
  accountchange: {
    columns: { changeid: "int", actor: "text", account: "text", action: "text", lddate: "double" },
    key: ["changeid"],
    unique: [],
    indexes: [],
  },
} as const;
