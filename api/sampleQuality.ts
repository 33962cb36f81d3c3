/** Control charts of radionuclide detectors and stations, and the summary of a network's samples. */
import { type Static, Type } from "typebox";
import { nullable, Time } from "./schema.ts";

export const ControlChartsQuery = Type.Object({
  station: Type.Optional(
    Type.String({ minLength: 1, maxLength: 16, description: "The first by name when it is not told" }),
  ),
});
export type ControlChartsQuery = Static<typeof ControlChartsQuery>;

export const ControlChartRecord = Type.Object({
  detector: Type.String(),
  dataType: Type.String({ description: "Kind of the messages that the values are from, as QCPHD" }),
  name: Type.String({ description: "As K-40 1460.8 keV: FWHM" }),
  unit: Type.String(),
  limits: nullable(
    Type.Object(
      { centre: Type.Number(), low: Type.Number(), high: Type.Number() },
      { description: "Three spreads about the mean of the first values; null with too few of them" },
    ),
  ),
  points: Type.Array(
    Type.Object({
      sampleKey: Type.String(),
      time: Time,
      value: Type.Number(),
      error: nullable(Type.Number()),
      alarms: Type.Array(Type.String(), { description: "Rules that this value completes, as 8 on one side" }),
    }),
    { description: "By time" },
  ),
});
export type ControlChartRecord = Static<typeof ControlChartRecord>;

export const ControlCharts = Type.Object({
  stations: Type.Array(Type.String(), { description: "All that have charts" }),
  station: nullable(Type.String()),
  rules: Type.Array(Type.String()),
  charts: Type.Array(ControlChartRecord),
});
export type ControlCharts = Static<typeof ControlCharts>;

export const SampleStatisticsQuery = Type.Object({
  from: Type.Optional(Time),
  to: Type.Optional(Time),
});
export type SampleStatisticsQuery = Static<typeof SampleStatisticsQuery>;

const Samples = Type.Integer({ minimum: 0 });

export const SampleStatistics = Type.Object({
  samples: Samples,
  years: Type.Array(
    Type.Object({
      year: Type.Integer(),
      samples: Samples,
      nuclides: Type.Array(
        Type.Object({ nuclide: Type.String(), category: nullable(Type.String()), samples: Samples }),
        {
          description: "Fission and activation products, by the newest report of each sample, the most frequent first",
        },
      ),
    }),
  ),
  levels: Type.Array(
    Type.Object({ month: Type.String({ description: "As 2026-11" }), level: Type.String(), samples: Samples }),
    {
      description: "By the reviewed level where there is one, the automatic one otherwise",
    },
  ),
  stations: Type.Array(Type.Object({ station: Type.String(), level: Type.String(), samples: Samples })),
  review: Type.Array(Type.Object({ automatic: Type.String(), reviewed: Type.String(), samples: Samples }), {
    description: "Released reports: the automatic level against the reviewed one",
  }),
  timeliness: Type.Object(
    {
      released: Samples,
      medianHours: nullable(Type.Number()),
      within: Type.Array(Type.Object({ hours: Type.Number(), samples: Samples })),
    },
    { description: "From the arrival of the message to the release of its first reviewed report" },
  ),
});
export type SampleStatistics = Static<typeof SampleStatistics>;
