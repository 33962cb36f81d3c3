/** Radionuclide samples, their reports and their edits. How a table is written stands in `../tables.ts`. */
export const sampleTables = {
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

export const sampleEditTables = {
  /** What analysts changed of samples: never changed, never deleted. `undone` is the ordinal that an undo takes back. */
  rnedit: {
    columns: {
      rneditid: "int",
      rnid: "int",
      ordinal: "int",
      analyst: "text",
      action: "text",
      detail: "text",
      comment: "text",
      statebefore: "text",
      stateafter: "text",
      undone: "int?",
      lddate: "double",
    },
    key: ["rneditid"],
    unique: [["rnid", "ordinal"]],
    indexes: [],
  },
} as const;

export const sampleQualityTables = {
  /** What a measurement tells of its detector and station, for control charts. */
  rnquality: {
    columns: {
      rnid: "int",
      name: "text",
      unit: "text",
      value: "double",
      error: "double?",
    },
    key: ["rnid", "name"],
    unique: [],
    indexes: [],
  },
  /** What was asked of laboratories. The report is the laboratory's message, the comparison our reading of it beside the station's result. */
  rnlabrequest: {
    columns: {
      labrequestid: "int",
      requestkey: "text",
      rnid: "int",
      laboratory: "text",
      purpose: "text",
      comment: "text",
      analyst: "text",
      requested: "double",
      message: "text?",
      comparison: "text?",
      received: "double?",
      runid: "int",
      lddate: "double",
    },
    key: ["labrequestid"],
    unique: [["requestkey"]],
    indexes: [["rnid"]],
  },
  /** Results of proficiency tests, one row for each laboratory and exercise; never changed. */
  rnproficiency: {
    columns: {
      proficiencyid: "int",
      exercise: "text",
      laboratory: "text",
      measured: "double",
      reference: "text",
      reported: "text",
      analyst: "text",
      runid: "int",
      lddate: "double",
    },
    key: ["proficiencyid"],
    unique: [["exercise", "laboratory"]],
    indexes: [],
  },
} as const;
