/**
 * Where to begin when nothing is known: below the stations that heard the source first, along the directions that arrays give, where those
 * directions cross, and all over the globe. Each place is judged by how well its predictions fit; the best few are handed to the solver.
 */
import { distanceAzimuth, geographicLatitude, median, type Place, positionAt, wrapLongitude } from "@harken/core";
import type { Hypocentre, Reading } from "./reading.ts";
import type { Problem } from "./solve.ts";
import { QUANTITIES, type System, systemAt, TIME } from "./system.ts";

/** Guesses to refine. */
const KEPT = 4;
/** Places all over the globe, about 10 deg apart. */
const GLOBAL_COUNT = 400;
/** More readings than the first of these do not make a better guess. */
const JUDGES = 12;
/** What a place a few degrees off may miss without blame: s, deg, s/deg. */
const looseness: readonly number[] = [30, 8, 1];
/** A misfit beyond this many of those counts no more: one wrong reading must not decide. */
const LARGEST_MISFIT = 5;
/** Most stations below which, and directions along which, guesses are made. */
const STATION_COUNT = 4;
const DIRECTION_COUNT = 4;
const ALONG_STEP_DEG = 3;

/** Points spread evenly by the golden angle. */
const globe: readonly Place[] = Array.from({ length: GLOBAL_COUNT }, (_, i) => ({
  latitudeDeg: geographicLatitude((Math.asin(1 - (2 * i + 1) / GLOBAL_COUNT) * 180) / Math.PI),
  longitudeDeg: wrapLongitude(i * 137.50776405),
}));

/** Starts for the solver, best first. */
export function startingGuesses(whole: Problem, depthKm: number): Hypocentre[] {
  const problem = firstReadings(whole);
  const { readings, mask, predictor } = problem;
  const time = Math.min(...readings.map((reading) => reading.time));
  const judge = (places: readonly Place[]) =>
    places
      .map((place) => looseMisfit(problem, systemAt(readings, mask, predictor, { ...place, depthKm, time })))
      .sort((one, other) => one.misfit - other.misfit)
      .map(({ source }) => source);
  const far = judge([...alongDirections(readings), ...crossings(readings), ...globe]);
  // A local network hears the source below it; from a distance of degrees its few seconds look no better there than elsewhere.
  const [near] = judge(belowFirstStations(readings));
  return [near!, ...far.slice(0, KEPT)];
}

/** The problem with the first defining onsets only. */
function firstReadings({ readings, mask, predictor }: Problem): Problem {
  const order = readings
    .flatMap((_, i) => (mask[QUANTITIES * i + TIME] ? [i] : []))
    .sort((one, other) => readings[one]!.time - readings[other]!.time)
    .slice(0, JUDGES);
  const own = (i: number) => [...mask.subarray(QUANTITIES * i, QUANTITIES * (i + 1))];
  return { readings: order.map((i) => readings[i]!), mask: Uint8Array.from(order.flatMap(own)), predictor };
}

/** Sum of the capped misfits, with the origin time that the median onset asks for. */
function looseMisfit({ mask }: Problem, { residual, sigma, source }: System) {
  const times: number[] = [];
  for (let q = TIME; q < residual.length; q += QUANTITIES) if (mask[q]) times.push(residual[q]!);
  const shift = median(times);
  let misfit = 0;
  for (let q = 0; q < residual.length; q++) {
    if (!mask[q]) continue;
    const kind = q % QUANTITIES;
    const off = Math.abs(residual[q]! - (kind === TIME ? shift : 0)) / Math.hypot(sigma[q]!, looseness[kind]!);
    misfit += Math.min(LARGEST_MISFIT, off);
  }
  return { misfit, source: { ...source, time: source.time + shift } };
}

/** The readings stand in the order of their times. */
function belowFirstStations(readings: readonly Reading[]): Place[] {
  return readings.slice(0, STATION_COUNT).map(({ station }) => station);
}

/** Readings with a direction, the surest first. */
function directions(readings: readonly Reading[]): (Reading & { readonly azimuthDeg: number })[] {
  return readings
    .filter(
      (reading): reading is Reading & { azimuthDeg: number } => reading.azimuthDefining && reading.azimuthDeg !== null,
    )
    .sort((one, other) => (one.azimuthErrorDeg ?? 0) - (other.azimuthErrorDeg ?? 0))
    .slice(0, DIRECTION_COUNT);
}

function alongDirections(readings: readonly Reading[]): Place[] {
  return directions(readings).flatMap(({ station, azimuthDeg }) =>
    Array.from({ length: Math.floor(180 / ALONG_STEP_DEG) }, (_, i) =>
      positionAt(station.latitudeDeg, station.longitudeDeg, azimuthDeg, (i + 0.5) * ALONG_STEP_DEG),
    ),
  );
}

/** Where the great circles of two directions meet, in front of both stations. */
function crossings(readings: readonly Reading[]): Place[] {
  const found: Place[] = [];
  const list = directions(readings);
  list.forEach((one, i) => {
    for (const other of list.slice(i + 1)) {
      const place = crossing(one, other);
      if (place) found.push(place);
    }
  });
  return found;
}

/** By the spherical triangle of two stations and the source (angle-side-angle). */
function crossing(one: Reading & { azimuthDeg: number }, other: Reading & { azimuthDeg: number }): Place | null {
  const { latitudeDeg, longitudeDeg } = one.station;
  const base = distanceAzimuth(latitudeDeg, longitudeDeg, other.station.latitudeDeg, other.station.longitudeDeg);
  const c = (base.deltaDeg * Math.PI) / 180;
  const atOne = (wrapLongitude(one.azimuthDeg - base.azimuthDeg) * Math.PI) / 180;
  const atOther = (wrapLongitude(base.backAzimuthDeg - other.azimuthDeg) * Math.PI) / 180;
  // Directions to different sides of the base do not meet.
  if (atOne * atOther <= 0 || c === 0) return null;
  const [a, b] = [Math.abs(atOne), Math.abs(atOther)];
  const distance = Math.atan2(Math.sin(c), Math.cos(c) * Math.cos(a) + Math.sin(a) / Math.tan(b));
  if (!(distance > 0)) return null;
  return positionAt(latitudeDeg, longitudeDeg, one.azimuthDeg, (distance * 180) / Math.PI);
}
