/**
 * Predictions that know the stations: what a station measures is off by what its tables of earlier events say, in direction (SASC) and in
 * travel time (SSSC), and the tables' errors stand in for the model's.
 *
 *     locate(readings, null, earth, settings, { directions, travelTimes });
 */
import {
  azimuthDifference,
  type DirectionBin,
  type DirectionCorrection,
  RADIANS_PER_DEGREE,
  type TravelTimeCorrection,
} from "@harken/core";
import type { Prediction, ReadingPredictor } from "./predictor.ts";
import type { Reading } from "./reading.ts";
import type { LocationSettings } from "./settings.ts";
import { type CorrectionGrid, correctionGrid } from "./travelTimeCorrection.ts";

export interface StationCorrections {
  readonly directions: readonly DirectionCorrection[];
  readonly travelTimes: readonly TravelTimeCorrection[];
}

export const noStationCorrections: StationCorrections = Object.freeze({ directions: [], travelTimes: [] });

type CorrectionSettings = Pick<LocationSettings, "stationCorrections">;

export function correctedPredictor(
  predictor: ReadingPredictor,
  corrections: StationCorrections,
  settings: CorrectionSettings,
): ReadingPredictor {
  const { directions, travelTimes } = corrections;
  if (directions.length + travelTimes.length === 0) return predictor;
  const byStation = new Map(directions.map((table) => [table.station, table]));
  // Of two grids over one place the local one holds.
  const ordered = [...travelTimes].sort((a, b) => (a.level === b.level ? 0 : a.level === "local" ? -1 : 1));
  const grids = Map.groupBy(ordered.map(correctionGrid), ({ station, phase }) => `${station} ${phase}`);
  return {
    ...predictor,
    predict(reading, source) {
      const prediction = predictor.predict(reading, source);
      if (!prediction) return null;
      const { code, kind } = reading.station;
      const own = grids.get(`${code} ${reading.phase}`);
      const timed = own ? withTravelTime(prediction, own, source.latitudeDeg, source.longitudeDeg) : prediction;
      const applies = settings.stationCorrections.directionsOf === "all" || kind === "array";
      const table = applies ? byStation.get(code) : undefined;
      return table ? withDirection(timed, table, reading, settings) : timed;
    },
  };
}

/** Which stations' defining readings have tables, one sentence for each kind of table. */
export function correctionRemarks(
  readings: readonly Reading[],
  { directions, travelTimes }: StationCorrections,
  { stationCorrections: { directionsOf } }: CorrectionSettings,
): string[] {
  const remark = (what: string, names: readonly string[]) =>
    names.length > 0 ? [`Station corrections of ${what}: ${[...new Set(names)].sort().join(", ")}.`] : [];
  const tabled = new Set(directions.map(({ station }) => station));
  const timed = new Set(travelTimes.map(({ station, phase }) => `${phase} at ${station}`));
  const directed = readings.filter(
    ({ station, azimuthDefining, slownessDefining }) =>
      (azimuthDefining || slownessDefining) &&
      (directionsOf === "all" || station.kind === "array") &&
      tabled.has(station.code),
  );
  const names = readings.filter(({ timeDefining }) => timeDefining).map((r) => `${r.phase} at ${r.station.code}`);
  return [
    ...remark(
      "direction",
      directed.map(({ station }) => station.code),
    ),
    ...remark(
      "travel time",
      names.filter((name) => timed.has(name)),
    ),
  ];
}

function withTravelTime(
  prediction: Prediction,
  grids: readonly CorrectionGrid[],
  latitudeDeg: number,
  longitudeDeg: number,
): Prediction {
  for (const grid of grids) {
    const found = grid.at(latitudeDeg, longitudeDeg);
    if (!found) continue;
    const { time } = prediction;
    return {
      ...prediction,
      time: {
        value: time.value + found.seconds,
        modelError: found.errorSec ?? time.modelError * grid.errorFactor,
        perEastKm: time.perEastKm + found.perEastKm,
        perNorthKm: time.perNorthKm + found.perNorthKm,
        perDepthKm: time.perDepthKm,
      },
    };
  }
  return prediction;
}

/** How far a measured direction is off, and how far the truth may be from what is left. */
interface DirectionShift {
  readonly azimuthDeg: number;
  readonly slownessSecPerDeg: number;
  readonly azimuthErrorDeg: number;
  readonly slownessErrorSecPerDeg: number;
}

function withDirection(
  prediction: Prediction,
  table: DirectionCorrection,
  reading: Reading,
  { stationCorrections }: CorrectionSettings,
): Prediction {
  const { azimuthDeg, slownessSecPerDeg } = reading;
  if (azimuthDeg === null || slownessSecPerDeg === null || !(slownessSecPerDeg > 0)) return prediction;
  const shift = directionShift(table, azimuthDeg, slownessSecPerDeg);
  const { azimuth, slowness } = prediction;
  const { leastAzimuthErrorDeg, leastSlownessErrorSecPerDeg } = stationCorrections;
  return {
    ...prediction,
    azimuth: {
      ...azimuth,
      value: azimuth.value + shift.azimuthDeg,
      modelError: Math.max(leastAzimuthErrorDeg, shift.azimuthErrorDeg),
    },
    slowness: {
      ...slowness,
      value: slowness.value + shift.slownessSecPerDeg,
      modelError: Math.max(leastSlownessErrorSecPerDeg, shift.slownessErrorSecPerDeg),
    },
  };
}

/** What a table says of a measured direction: its bin's correction, or the default one of the slowness vector. */
export function directionShift(table: DirectionCorrection, azimuthDeg: number, slowness: number): DirectionShift {
  const bin = table.bins.find((candidate) => holds(candidate, azimuthDeg, slowness));
  if (bin) return bin;
  const angle = azimuthDeg * RADIANS_PER_DEGREE;
  const east = slowness * Math.sin(angle) - table.eastSecPerDeg;
  const north = slowness * Math.cos(angle) - table.northSecPerDeg;
  return {
    azimuthDeg: azimuthDifference(azimuthDeg, Math.atan2(east, north) / RADIANS_PER_DEGREE),
    slownessSecPerDeg: slowness - Math.hypot(east, north),
    // Half the chord of the error over the slowness, as the IDC derives an azimuth's error from that of a slowness.
    azimuthErrorDeg: (2 * Math.asin(Math.min(1, table.errorSecPerDeg / (2 * slowness)))) / RADIANS_PER_DEGREE,
    slownessErrorSecPerDeg: table.errorSecPerDeg,
  };
}

function holds(bin: DirectionBin, azimuthDeg: number, slowness: number): boolean {
  return (
    slowness >= bin.slownessFrom &&
    slowness < bin.slownessTo &&
    azimuthDeg >= bin.azimuthFrom &&
    azimuthDeg < bin.azimuthTo
  );
}
