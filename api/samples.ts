/** Radionuclide samples: the list, one sample with its reports and what is drawn of it, its review, and concentrations over time. */
import { type Static, Type } from "typebox";
import { Analyst } from "./review.ts";
import { Count, nullable, Time } from "./schema.ts";

const System = Type.Union([Type.Literal("P"), Type.Literal("B"), Type.Literal("G")], {
  description: "P particulate, B noble gas by beta-gamma coincidence, G noble gas by another detector",
});
const Qualifier = nullable(Type.Union([Type.Literal("PREL"), Type.Literal("FULL")]));
const Level = nullable(Type.String({ description: "1 to 5 for particulate, A to C for noble gas" }));
const NumberOrNull = nullable(Type.Number());
const CriticalLevel = Type.Optional(
  Type.Union([Type.Number(), Type.Null()], {
    description: "LC; absent from reports that were made before it was kept",
  }),
);

export const SampleSummary = Type.Object({
  key: Type.String(),
  station: Type.String(),
  detector: Type.String(),
  sampleId: Type.String(),
  dataType: Type.String({ description: "As SAMPLEPHD" }),
  system: System,
  qualifier: Qualifier,
  collectionStart: nullable(Time),
  collectionStop: nullable(Time),
  acquisitionStart: nullable(Time),
  received: Time,
  automaticLevel: Level,
  reviewedLevel: Level,
  reviewState: nullable(Type.Union([Type.Literal("proposed"), Type.Literal("released")])),
});
export type SampleSummary = Static<typeof SampleSummary>;

export const SampleList = Type.Object({ samples: Type.Array(SampleSummary) });
export type SampleList = Static<typeof SampleList>;

export const NuclideRecord = Type.Object({
  name: Type.String(),
  category: nullable(Type.String()),
  halfLifeSec: Type.Number(),
  identified: Type.Boolean(),
  concentration: NumberOrNull,
  concentrationError: NumberOrNull,
  criticalLevel: CriticalLevel,
  mdc: NumberOrNull,
  activityBq: NumberOrNull,
  activityErrorBq: NumberOrNull,
  level: Level,
});
export type NuclideRecord = Static<typeof NuclideRecord>;

const PeakRecord = Type.Object({
  energyKeV: Type.Number(),
  areaCounts: Type.Number(),
  areaErrorCounts: Type.Number(),
  fwhmKeV: Type.Number(),
  explanation: Type.String(),
});
const RegionRecord = Type.Object({ region: Count, gross: Type.Number() });

export const SampleReportRecord = Type.Object({
  product: Type.Union([Type.Literal("ARR"), Type.Literal("RRR"), Type.Literal("URR")]),
  version: Type.Integer({ minimum: 1 }),
  messageId: Type.String(),
  createdTime: Time,
  receivedTime: nullable(Time),
  sample: Type.Object({
    station: Type.String(),
    detector: Type.String(),
    sampleId: Type.String(),
    measurementId: Type.String(),
    system: System,
    geometry: Type.String(),
    qualifier: Qualifier,
    airVolumeM3: NumberOrNull,
    xenonVolumeMl: NumberOrNull,
    collectionStart: nullable(Time),
    collectionStop: nullable(Time),
    acquisitionStart: Time,
    realSec: Type.Number(),
    liveSec: Type.Number(),
  }),
  level: Level,
  levelReason: Type.String(),
  nuclides: Type.Array(NuclideRecord),
  peaks: Type.Array(PeakRecord),
  regions: Type.Array(RegionRecord),
  flags: Type.Array(
    Type.Object({
      name: Type.String(),
      pass: nullable(Type.Boolean()),
      value: NumberOrNull,
      unit: Type.String(),
      test: Type.String(),
    }),
  ),
  screening: Type.Array(Type.Object({ test: Type.String(), outcome: nullable(Type.String()) })),
  remarks: Type.Array(Type.String()),
  software: Type.String(),
  review: nullable(Type.Object({ analyst: Type.String(), time: Time, automaticLevel: Level, comment: Type.String() })),
});
export type SampleReportRecord = Static<typeof SampleReportRecord>;

/** Counts of a gamma spectrum; energies by straight lines between `energyNodes`. */
export const SpectrumDisplay = Type.Object({
  kind: Type.Literal("spectrum"),
  firstChannel: Count,
  counts: Type.Array(Type.Number()),
  energyNodes: Type.Array(Type.Tuple([Type.Number(), Type.Number()]), { description: "Channel and keV, rising" }),
  continuum: Type.Array(Type.Number(), { description: "Counts in no peak; empty where the analysis gives none" }),
  lines: Type.Array(Type.Object({ nuclide: Type.String(), energyKeV: Type.Number(), expectedCounts: Type.Number() }), {
    description: "Lines of the identified nuclides, with the counts that their activities would give",
  }),
  regions: Type.Array(
    Type.Object({
      fromKeV: Type.Number(),
      toKeV: Type.Number(),
      reducedDeviance: Type.Number({ description: "Cash's statistic over its degrees of freedom" }),
      byHand: Type.Boolean({ description: "Whether its peaks are an analyst's choice" }),
    }),
    { description: "Channels that one fit was made over" },
  ),
});
export type SpectrumDisplay = Static<typeof SpectrumDisplay>;

export const HistogramDisplay = Type.Object({
  kind: Type.Literal("histogram"),
  gammaChannels: Count,
  betaChannels: Count,
  gammaSpanKeV: Type.Number(),
  betaSpanKeV: Type.Number(),
  counts: Type.Array(Type.Number(), { description: "Row by row, a row for each gamma channel" }),
  regions: Type.Array(
    Type.Object({
      region: Count,
      betaFrom: Type.Number(),
      betaTo: Type.Number(),
      gammaFrom: Type.Number(),
      gammaTo: Type.Number(),
    }),
  ),
});
export type HistogramDisplay = Static<typeof HistogramDisplay>;

export const ReportSummary = Type.Object({
  product: Type.String({ description: "ARR, RRR, URR or SSREB" }),
  version: Type.Integer({ minimum: 1 }),
  state: Type.Union([Type.Literal("proposed"), Type.Literal("released")]),
  level: Level,
  created: Time,
  analyst: nullable(Type.String()),
  releasedBy: nullable(Type.String()),
});
export type ReportSummary = Static<typeof ReportSummary>;

const Energy = Type.Number({ minimum: 0, maximum: 10_000 });
const Channel = Type.Integer({ minimum: 0, maximum: 65_536 });
const RegionNumber = Type.Integer({ minimum: 1, maximum: 10 });

/** Peaks by their energies on the spectrum that is shown; regions as half-open rectangles of channels. */
const editKinds = [
  Type.Object({ kind: Type.Literal("addPeak"), energyKeV: Energy }),
  Type.Object({ kind: Type.Literal("removePeak"), energyKeV: Energy }),
  Type.Object({ kind: Type.Literal("movePeak"), energyKeV: Energy, toKeV: Energy }),
  Type.Object(
    { kind: Type.Literal("fitRegion"), fromKeV: Energy, toKeV: Energy },
    { description: "All peaks between the energies are fitted together, over these channels and no others" },
  ),
  Type.Object({
    kind: Type.Literal("regionLimits"),
    region: RegionNumber,
    betaFrom: Channel,
    betaTo: Channel,
    gammaFrom: Channel,
    gammaTo: Channel,
  }),
  Type.Object(
    { kind: Type.Literal("regionCounts"), region: RegionNumber, gross: Type.Number({ minimum: 0, maximum: 1e9 }) },
    { description: "Counts that stand for those of the histogram" },
  ),
] as const;

export const SampleEditRequest = Type.Object({
  analyst: Analyst,
  comment: Type.String({ maxLength: 2000 }),
  edit: Type.Union([
    ...editKinds,
    Type.Object({ kind: Type.Literal("undo") }, { description: "The last edit that counts no longer does" }),
  ]),
  editsSeen: Type.Integer({
    minimum: 0,
    description: "How many edits, undos among them, the analyst had in sight: an edit beside newer ones is refused",
  }),
});
export type SampleEditRequest = Static<typeof SampleEditRequest>;

/** What an edit has changed, and only that. */
const SampleState = Type.Object({
  level: Level,
  peaks: Type.Array(PeakRecord),
  regions: Type.Array(RegionRecord),
  nuclides: Type.Array(NuclideRecord),
});

export const SampleEditEntry = Type.Object({
  ordinal: Type.Integer({ minimum: 1 }),
  time: Time,
  analyst: Type.String(),
  comment: Type.String(),
  edit: Type.Union([...editKinds, Type.Object({ kind: Type.Literal("undo"), ordinal: Type.Integer({ minimum: 1 }) })]),
  before: SampleState,
  after: SampleState,
});
export type SampleEditEntry = Static<typeof SampleEditEntry>;

export const SampleDetail = Type.Object({
  summary: SampleSummary,
  /** Oldest first. */
  reports: Type.Array(ReportSummary),
  /** The newest of each; null where there is none. */
  automatic: nullable(SampleReportRecord),
  reviewed: nullable(SampleReportRecord),
  /** What the analysis says with the edits that count; null where there was never an edit. */
  draft: nullable(SampleReportRecord),
  /** Oldest first. */
  edits: Type.Array(SampleEditEntry),
  display: nullable(Type.Union([SpectrumDisplay, HistogramDisplay])),
});
export type SampleDetail = Static<typeof SampleDetail>;

export const SampleReviewRequest = Type.Object({
  analyst: Analyst,
  level: Type.String({ pattern: "^[1-5A-C]$" }),
  levelReason: Type.String({ minLength: 1, maxLength: 500 }),
  comment: Type.String({ maxLength: 2000 }),
  reviewedVersion: Type.Integer({
    minimum: 0,
    description: "Version of the RRR that the analyst had in sight, 0 for none: a review of an older one is refused",
  }),
  editsSeen: Type.Optional(
    Type.Integer({ minimum: 0, description: "As for edits: told, a review beside newer ones is refused" }),
  ),
});
export type SampleReviewRequest = Static<typeof SampleReviewRequest>;

export const SampleReleaseRequest = Type.Object({
  analyst: Type.String({ minLength: 1, maxLength: 40, description: "Another than who proposed it" }),
  version: Type.Integer({ minimum: 1 }),
});
export type SampleReleaseRequest = Static<typeof SampleReleaseRequest>;

export const ReanalysisRequest = Type.Object({
  analyst: Analyst,
  reason: Type.String({ minLength: 1, maxLength: 2000 }),
  coincidences: Type.Union([Type.Literal("uncertainty"), Type.Literal("corrected")], {
    description: "True coincidences of particulate samples: an uncertainty as in the IDC's products, or corrected",
  }),
  limits: Type.Union([Type.Literal("currie"), Type.Literal("iso11929")]),
  decisionQuantile: Type.Number({ minimum: 1, maximum: 5, description: "1.645 for 5 % false decisions" }),
  withEdits: Type.Boolean({ description: "Whether the edits of the sample's review count" }),
});
export type ReanalysisRequest = Static<typeof ReanalysisRequest>;

export const SeriesQuery = Type.Object({
  station: Type.String({ minLength: 1, maxLength: 16 }),
  nuclide: Type.String({ minLength: 1, maxLength: 12 }),
});
export type SeriesQuery = Static<typeof SeriesQuery>;

export const ConcentrationSeries = Type.Object({
  station: Type.String(),
  nuclide: Type.String(),
  unit: Type.String(),
  points: Type.Array(
    Type.Object({
      sampleKey: Type.String(),
      time: Time,
      identified: Type.Boolean(),
      concentration: NumberOrNull,
      concentrationError: NumberOrNull,
      criticalLevel: CriticalLevel,
      mdc: NumberOrNull,
      level: Level,
    }),
    { description: "By collection start" },
  ),
});
export type ConcentrationSeries = Static<typeof ConcentrationSeries>;

const RatioValue = Type.Object({
  value: Type.Number(),
  relativeError: nullable(
    Type.Number({ description: "One standard deviation, covariances left out; null for a bound" }),
  ),
  bound: nullable(
    Type.Union([Type.Literal("upper"), Type.Literal("lower")], {
      description: "The ratio is below or above the value, by the MDC of the isotope that was not found",
    }),
  ),
});
export type RatioValue = Static<typeof RatioValue>;

const RatioPoint = Type.Object({ sampleKey: Type.String(), time: Time, x: RatioValue, y: RatioValue });
export type RatioPoint = Static<typeof RatioPoint>;

export const RatioPlane = Type.Object({
  x: Type.String({ description: "As Xe-133m/Xe-131m" }),
  y: Type.String(),
  factor: Type.Number({ description: "Explosions lie above y = factor x^power" }),
  power: Type.Number(),
  points: Type.Array(RatioPoint, { description: "By collection start" }),
});
export type RatioPlane = Static<typeof RatioPlane>;

export const XenonRatios = Type.Object({ station: Type.String(), planes: Type.Array(RatioPlane) });
export type XenonRatios = Static<typeof XenonRatios>;
