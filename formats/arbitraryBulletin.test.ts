/** Bulletins of every shape, for the round trips of bulletin formats. */
import { test } from "node:test";
import type { Amplitude, Arrival, Association, Bulletin, NetworkMagnitude, Origin, OriginError } from "@harken/core";
import fc from "fast-check";

/** Decimals with `digits` after the point, as bulletins carry them. */
export const decimal = (min: number, max: number, digits: number): fc.Arbitrary<number> => {
  const scale = 10 ** digits;
  return fc
    .integer({ min: Math.ceil(min * scale), max: Math.floor(max * scale) })
    .map((ticks) => Number((ticks / scale).toFixed(digits)) + 0);
};

export const stationCode = fc.stringMatching(/^[A-Z][A-Z0-9]{1,4}$/);
const phase = fc.constantFrom("P", "Pn", "Lg", "PKPbc", "tx", "S");
const instant = decimal(0, 2e9, 3);
const text = fc.constantFrom("", "one remark", 'a < b & "c"', "Ærø: ~20 %", "tab\tand\nline");

const amplitude: fc.Arbitrary<Amplitude> = fc.record(
  {
    type: fc.constantFrom<Amplitude["type"]>("A5/2", "ALR/2", "ANP/2", "ANL/2", "ML", "pressure"),
    channel: fc.record(
      {
        network: fc.constantFrom("", "IM"),
        station: stationCode,
        location: fc.constantFrom("", "00"),
        channel: fc.constantFrom("SHZ", "a very long beam"),
      },
      { noNullPrototype: true },
    ),
    time: instant,
    amplitude: decimal(0.001, 1e5, 4),
    periodSec: decimal(0.05, 30, 2),
    clipped: fc.boolean(),
  },
  { noNullPrototype: true },
);

const arrival: fc.Arbitrary<Omit<Arrival, "key">> = fc.record(
  {
    station: stationCode,
    channel: fc.constantFrom("SHZ", "", "beam of all elements"),
    time: instant,
    timeErrorSec: decimal(0, 5, 3),
    phase,
    azimuthDeg: fc.option(decimal(0, 359.9, 1)),
    azimuthErrorDeg: fc.option(decimal(0, 180, 1)),
    slownessSecPerDeg: fc.option(decimal(0, 40, 1)),
    slownessErrorSecPerDeg: fc.option(decimal(0, 9, 2)),
    snr: fc.option(decimal(0, 999, 1)),
    amplitudes: fc.array(amplitude, { maxLength: 2 }),
    firstMotion: fc.constantFrom("c", "d", null),
    rectilinearity: fc.option(decimal(0, 1, 3)),
    incidenceDeg: fc.option(decimal(0, 90, 1)),
    frequencyHz: fc.option(decimal(0.1, 20, 2)),
    fkQuality: fc.option(decimal(0, 50, 2)),
    author: fc.constantFrom("", "harken", "An analyst"),
  },
  { noNullPrototype: true },
);

const error: fc.Arbitrary<OriginError> = fc.record(
  {
    sxxKm2: decimal(0, 900, 6),
    syyKm2: decimal(0, 900, 6),
    szzKm2: decimal(0, 900, 6),
    sttSec2: decimal(0, 9, 6),
    sxyKm2: decimal(-90, 90, 6),
    sxzKm2: decimal(-90, 90, 6),
    syzKm2: decimal(-90, 90, 6),
    stxKmSec: decimal(-90, 90, 6),
    styKmSec: decimal(-90, 90, 6),
    stzKmSec: decimal(-90, 90, 6),
    sdobs: decimal(0, 9, 2),
    semiMajorKm: decimal(0, 999, 1),
    semiMinorKm: decimal(0, 999, 1),
    strikeDeg: decimal(0, 179, 0),
    depthErrorKm: fc.option(decimal(0, 99, 1)),
    timeErrorSec: decimal(0, 99, 2),
    confidence: fc.constantFrom(0.9, 0.95, 0.683),
  },
  { noNullPrototype: true },
);

const magnitude: fc.Arbitrary<NetworkMagnitude> = fc.record(
  {
    type: fc.constantFrom("mb", "Ms", "ML", "mb_1mx"),
    value: decimal(0, 9, 1),
    uncertainty: decimal(0, 2, 1),
    stationCount: fc.nat(99),
    stations: fc.array(
      fc.record(
        {
          type: fc.constantFrom("mb", "Ms"),
          station: stationCode,
          arrivalKey: fc.option(fc.constantFrom("arrival:1", "other/2")),
          deltaDeg: decimal(0, 180, 2),
          value: decimal(0, 9, 1),
          uncertainty: decimal(0, 2, 1),
          defining: fc.boolean(),
          reason: text,
        },
        { noNullPrototype: true },
      ),
      { maxLength: 3 },
    ),
  },
  { noNullPrototype: true },
);

type LooseAssociation = Omit<Association, "arrivalKey" | "station"> & { readonly pick: number };

const association: fc.Arbitrary<LooseAssociation> = fc.record(
  {
    pick: fc.nat(),
    phase,
    deltaDeg: decimal(0, 180, 2),
    stationEventAzimuthDeg: decimal(0, 359.9, 1),
    eventStationAzimuthDeg: decimal(0, 359.9, 1),
    timeResidualSec: fc.option(decimal(-99, 99, 1)),
    timeDefining: fc.boolean(),
    azimuthResidualDeg: fc.option(decimal(-180, 180, 1)),
    azimuthDefining: fc.boolean(),
    slownessResidualSecPerDeg: fc.option(decimal(-40, 40, 1)),
    slownessDefining: fc.boolean(),
    weight: fc.option(decimal(0, 1, 3)),
  },
  { noNullPrototype: true },
);

const origin = fc.record(
  {
    time: instant,
    latitudeDeg: decimal(-90, 90, 4),
    longitudeDeg: decimal(-180, 180, 4),
    depthKm: decimal(0, 700, 1),
    depthType: fc.constantFrom<Origin["depthType"]>("free", "surface", "default", "depth-phase", "analyst"),
    error: fc.option(error),
    loose: fc.array(association, { maxLength: 5 }),
    magnitudes: fc.array(magnitude, { maxLength: 2 }),
    definingCount: fc.nat(99),
    stationCount: fc.nat(99),
    azimuthGapDeg: decimal(0, 360, 0),
    rmsResidualSec: decimal(0, 9, 2),
    author: fc.constantFrom("", "SEL1"),
    remarks: fc.array(text, { maxLength: 2 }),
  },
  { noNullPrototype: true },
);

/** Arrivals are ordered by time, as decoders give them. */
export const bulletins: fc.Arbitrary<Bulletin> = fc
  .record({
    list: fc.constantFrom("SEL1", "REB", "my list"),
    arrivals: fc.array(arrival, { minLength: 1, maxLength: 8 }),
    events: fc.array(fc.array(origin, { minLength: 1, maxLength: 2 }), { maxLength: 3 }),
    keys: fc.constantFrom("arrival:", "SEL1 2010-05-20T20:00/ä~", "x/"),
  })
  .map(({ list, arrivals: bare, events, keys }) => {
    const arrivals = bare
      .map((item, i) => ({ key: `${keys}${i}`, ...item }))
      .sort((a, b) => a.time - b.time || (a.key < b.key ? -1 : 1));
    return {
      list,
      arrivals,
      events: events.map((origins, e) => ({
        key: `event ${e}`,
        preferredOriginKey: `o${e}.${origins.length - 1}`,
        origins: origins.map(({ loose, ...rest }, o) => ({
          key: `o${e}.${o}`,
          ...rest,
          associations: loose.map(({ pick, ...association }) => {
            const { key, station } = arrivals[pick % arrivals.length]!;
            return { arrivalKey: key, station, ...association };
          }),
        })),
      })),
    };
  });

test("the bulletins that are made have events, arrivals and associations", () => {
  const made = fc.sample(bulletins, 200);
  const count = (of: (bulletin: Bulletin) => readonly unknown[]) => made.reduce((sum, b) => sum + of(b).length, 0);
  if (count((b) => b.events) < 100 || count((b) => b.events.flatMap((e) => e.origins[0]!.associations)) < 100)
    throw new Error("too few");
});
