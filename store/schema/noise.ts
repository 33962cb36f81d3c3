/** Noise of the stations by stretches of time. How a table is written stands in `../tables.ts`. */
export const noiseTables = {
  noiselevel: {
    columns: {
      sta: "text",
      amptype: "text",
      starttime: "double",
      endtime: "double",
      net: "text",
      site: "text",
      loc: "text",
      chan: "text",
      amptime: "double",
      amp: "double",
      per: "double",
      clip: "text",
      runid: "int",
      lddate: "double",
    },
    key: ["sta", "amptype", "starttime"],
    unique: [],
    indexes: [["starttime"]],
  },
} as const;
