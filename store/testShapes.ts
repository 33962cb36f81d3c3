/** Any arrivals and events that the store must keep, for its property tests; and one station. */
import type { Arrival, Origin, SeismicEvent, Station } from "@harken/core";
import fc from "fast-check";

// Plain objects: what comes back from a database has the usual prototype.
const record = <T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(shape, { noNullPrototype: true }) as fc.Arbitrary<T>;
export const stamp = { runId: 1, now: 1_700_000_000 };

// Any finite float64 but -0, which neither engine is asked to tell from 0.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const text = fc.string({ maxLength: 12, unit: "grapheme" }).filter((value) => !value.includes("\0"));
const code = fc.stringMatching(/^[A-Z0-9]{1,5}$/);
const channelId = record({
  network: fc.constantFrom("", "IM"),
  station: code,
  location: fc.constantFrom("", "00"),
  channel: code,
});
const time = fc.double({ min: 0, max: 4e9, noNaN: true }).map((value) => value + 0);

export const arrivalShape: fc.Arbitrary<Arrival> = record({
  key: fc.uuid(),
  station: code,
  channel: code,
  time,
  timeErrorSec: number,
  phase: fc.constantFrom("P", "S", "tx"),
  azimuthDeg: maybe(number),
  azimuthErrorDeg: maybe(number),
  slownessSecPerDeg: maybe(number),
  slownessErrorSecPerDeg: maybe(number),
  snr: maybe(number),
  amplitudes: fc.array(
    record({
      type: fc.constantFrom("A5/2" as const, "ML" as const, "pressure" as const),
      channel: channelId,
      time,
      amplitude: number,
      periodSec: number,
      clipped: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  firstMotion: fc.constantFrom("c" as const, "d" as const, null),
  rectilinearity: maybe(number),
  incidenceDeg: maybe(number),
  frequencyHz: maybe(number),
  fkQuality: maybe(number),
  author: text,
});

const errorShape = record(
  Object.fromEntries(
    [
      ...["sxxKm2", "syyKm2", "szzKm2", "sttSec2", "sxyKm2", "sxzKm2", "syzKm2", "stxKmSec", "styKmSec", "stzKmSec"],
      ...["sdobs", "semiMajorKm", "semiMinorKm", "strikeDeg", "timeErrorSec", "confidence"],
    ].map((name) => [name, number]),
  ),
);

export function originShape(arrivals: readonly Arrival[]): fc.Arbitrary<Origin> {
  const associations = fc.subarray([...arrivals]).chain((chosen) =>
    fc.tuple(
      ...chosen.map(({ key, station }) =>
        record({
          arrivalKey: fc.constant(key),
          station: fc.constant(station),
          phase: fc.constantFrom("P", "S", "pP"),
          deltaDeg: number,
          stationEventAzimuthDeg: number,
          eventStationAzimuthDeg: number,
          timeResidualSec: maybe(number),
          timeDefining: fc.boolean(),
          azimuthResidualDeg: maybe(number),
          azimuthDefining: fc.boolean(),
          slownessResidualSecPerDeg: maybe(number),
          slownessDefining: fc.boolean(),
          weight: maybe(number),
        }),
      ),
    ),
  );
  const stationMagnitude = record({
    type: fc.constant("mb"),
    station: code,
    arrivalKey: fc.constantFrom(null, ...arrivals.map(({ key }) => key)),
    deltaDeg: number,
    value: number,
    uncertainty: number,
    defining: fc.boolean(),
    reason: text,
  });
  return record({
    key: fc.uuid(),
    time,
    latitudeDeg: number,
    longitudeDeg: number,
    depthKm: number,
    depthType: fc.constantFrom(
      "free" as const,
      "surface" as const,
      "default" as const,
      "depth-phase" as const,
      "analyst" as const,
    ),
    error: maybe(
      fc
        .tuple(errorShape, maybe(number))
        .map(([error, depthErrorKm]) => ({ ...error, depthErrorKm }) as unknown as NonNullable<Origin["error"]>),
    ),
    associations,
    magnitudes: fc.uniqueArray(
      record({
        type: fc.constantFrom("mb", "Ms", "ML"),
        value: number,
        uncertainty: number,
        stationCount: fc.nat(500),
        stations: fc.array(stationMagnitude, { maxLength: 3 }),
      }),
      { selector: ({ type }) => type, maxLength: 3 },
    ),
    definingCount: fc.nat(1000),
    stationCount: fc.nat(500),
    azimuthGapDeg: number,
    rmsResidualSec: number,
    author: text,
    remarks: fc.array(text, { maxLength: 3 }),
  });
}

export const world = fc.array(arrivalShape, { minLength: 1, maxLength: 6 }).chain((arrivals) =>
  fc
    .record({
      key: fc.uuid(),
      origins: fc.array(originShape(arrivals), { minLength: 1, maxLength: 3 }),
      choice: fc.nat(2),
    })
    .map(({ key, origins, choice }) => {
      const event: SeismicEvent = { key, origins, preferredOriginKey: origins[choice % origins.length]!.key };
      return { arrivals, event };
    }),
);
export const sample = <T>(arbitrary: fc.Arbitrary<T>, seed: number) => fc.sample(arbitrary, { numRuns: 1, seed })[0]!;
export const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);

export const station: Station = {
  code: "ARCES",
  network: "IM",
  name: "Karasjok, Norway",
  technology: "seismic",
  kind: "array",
  role: "primary",
  latitudeDeg: 69.5349,
  longitudeDeg: 25.5058,
  elevationKm: 0.403,
  sites: [
    {
      network: "IM",
      code: "ARA0",
      latitudeDeg: 69.5349,
      longitudeDeg: 25.5058,
      elevationKm: 0.403,
      northKm: 0,
      eastKm: 0,
    },
  ],
  channels: [
    {
      id: { network: "IM", station: "ARA0", location: "", channel: "SHZ" },
      startTime: null,
      endTime: null,
      latitudeDeg: 69.5349,
      longitudeDeg: 25.5058,
      elevationKm: 0.403,
      depthKm: 0,
      hangDeg: -1,
      vangDeg: 0,
      sampleRateHz: 40,
      instrument: "GS-13",
      calibNmPerCount: 0.01,
      calperSec: 1,
      response: null,
    },
  ],
};
