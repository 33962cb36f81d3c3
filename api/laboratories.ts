/** Radionuclide laboratories: samples sent to them, their results beside the station's, and their proficiency tests. */
import { type Static, Type } from "typebox";
import { Analyst } from "./review.ts";
import { nullable, Time } from "./schema.ts";

const NumberOrNull = nullable(Type.Number());
const Name = Type.String({ minLength: 1, maxLength: 40, pattern: "^\\S(.*\\S)?$" });
const Verdict = Type.Union([
  Type.Literal("satisfactory"),
  Type.Literal("questionable"),
  Type.Literal("unsatisfactory"),
]);

export const LaboratoryComparison = Type.Object({
  messageId: Type.String(),
  measuredTime: Time,
  referenceTime: Time,
  comment: Type.String(),
  results: Type.Array(
    Type.Object({
      nuclide: Type.String(),
      activityBq: NumberOrNull,
      activityErrorBq: NumberOrNull,
      mdcBq: NumberOrNull,
      stationBq: nullable(Type.Number({ description: "The station's own, at the laboratory's reference time" })),
      stationErrorBq: NumberOrNull,
      zeta: NumberOrNull,
      verdict: nullable(Verdict),
    }),
  ),
});
export type LaboratoryComparison = Static<typeof LaboratoryComparison>;

export const LaboratoryRequestRecord = Type.Object({
  key: Type.String(),
  sampleKey: Type.String(),
  station: Type.String(),
  sampleId: Type.String(),
  laboratory: Type.String(),
  purpose: Type.String(),
  comment: Type.String(),
  analyst: Type.String(),
  requested: Time,
  received: nullable(Time),
  comparison: nullable(LaboratoryComparison),
});
export type LaboratoryRequestRecord = Static<typeof LaboratoryRequestRecord>;

export const ProficiencyScoreRecord = Type.Object({
  exercise: Type.String(),
  time: Time,
  nuclides: Type.Array(
    Type.Object({
      nuclide: Type.String(),
      bias: Type.Number({ description: "Relative to the reference" }),
      zeta: NumberOrNull,
      en: NumberOrNull,
      verdict: Verdict,
    }),
  ),
  missed: Type.Array(Type.String()),
  false: Type.Array(Type.String()),
  completeness: Type.Number(),
  satisfactory: Type.Number(),
});

export const LaboratoryRecord = Type.Object({
  laboratory: Type.String(),
  exercises: Type.Array(ProficiencyScoreRecord, { description: "By time" }),
  meanCompleteness: Type.Number(),
  meanSatisfactory: Type.Number(),
  meanBias: NumberOrNull,
  zetaSpread: nullable(
    Type.Number({ description: "Root mean square of zeta: above 1 where stated uncertainties are too small" }),
  ),
});
export type LaboratoryRecord = Static<typeof LaboratoryRecord>;

export const LaboratoryList = Type.Object({
  requests: Type.Array(LaboratoryRequestRecord, { description: "Newest first" }),
  laboratories: Type.Array(LaboratoryRecord),
});
export type LaboratoryList = Static<typeof LaboratoryList>;

export const LaboratoryOrder = Type.Object({
  analyst: Analyst,
  laboratory: Name,
  purpose: Type.String({ minLength: 1, maxLength: 200 }),
  comment: Type.String({ maxLength: 2000 }),
});
export type LaboratoryOrder = Static<typeof LaboratoryOrder>;

export const LaboratoryAnswer = Type.Object({
  analyst: Analyst,
  message: Type.String({
    minLength: 1,
    maxLength: 200_000,
    description: "The laboratory's report (RLR), an IMS2.0 message",
  }),
});
export type LaboratoryAnswer = Static<typeof LaboratoryAnswer>;

const Results = Type.Array(
  Type.Object({
    nuclide: Type.String({ minLength: 1, maxLength: 12 }),
    activityBq: Type.Number({ minimum: 0 }),
    errorBq: Type.Number({ minimum: 0, description: "Standard uncertainty" }),
  }),
  { maxItems: 100 },
);

export const ProficiencyEntry = Type.Object({
  analyst: Analyst,
  exercise: Name,
  laboratory: Name,
  time: Time,
  reference: Results,
  reported: Results,
});
export type ProficiencyEntry = Static<typeof ProficiencyEntry>;
