/**
 * Time and direction of infrasound over a distance, with the winds that the season brings when those of the day are not known: in the stratosphere
 * from the west in winter and from the east in summer, strongest at middle latitudes, and round figures throughout (after Drob et al. 2015,
 * doi:10.1002/2014EA000089). An event's sound comes as several phases; the first that the air carries is what is predicted.
 *
 *     infrasoundPath(source, station, { yearFraction: 0.04 }); // { phase: "Is", timeSec, timeErrorSec, backAzimuthDeg, azimuthErrorDeg, ... }
 */
import { distanceAzimuth, geodesicKm, type Place, RADIANS_PER_DEGREE } from "@harken/core";
import { airColumn, celerities, type DuctedPhase } from "./celerity.ts";

export interface AirOptions {
  /** Part of the year that has gone, 0 to 1. */
  readonly yearFraction: number;
  /** Winds of the day at the middle of the path, m/s towards east and north by altitude in km. */
  readonly wind?: (altitudeKm: number) => { readonly east: number; readonly north: number };
  readonly temperatureK?: (altitudeKm: number) => number;
}

/** The ducts for sound that goes towards `headingDeg` around a latitude. */
export type DuctFinder = (latitudeDeg: number, headingDeg: number) => readonly DuctedPhase[];

export interface InfrasoundPath {
  readonly phase: "Iw" | "Is" | "It";
  readonly distanceKm: number;
  readonly celerityKmPerSec: number;
  readonly timeSec: number;
  readonly timeErrorSec: number;
  /** Azimuth at the station towards the source, and the part of it that the wind across the path adds to what is observed, deg. */
  readonly backAzimuthDeg: number;
  readonly windTurnDeg: number;
  readonly azimuthErrorDeg: number;
}

/** Largest zonal winds of the two hemispheres' winters and summers, m/s, at this altitude and within this of it, km. */
const WINTER_WEST = 55;
const SUMMER_EAST = 40;
const STRATOPAUSE_KM = 55;
const STRATOPAUSE_WIDTH_KM = 14;
/** The jet of the troposphere, m/s, its altitude and width, km. */
const JET_WEST = 25;
const JET_KM = 11;
const JET_WIDTH_KM = 4;
const JET_LATITUDE_DEG = 38;
const JET_LATITUDE_WIDTH_DEG = 14;
const STRATOSPHERE_LATITUDE_DEG = 50;
const STRATOSPHERE_LATITUDE_WIDTH_DEG = 22;
/** Winter is deepest so late in the year in the north. */
const MIDWINTER = 0.02;

const bell = (x: number, middle: number, width: number): number => Math.exp(-(((x - middle) / width) ** 2));

/** The season's wind, m/s towards the east. */
export function seasonalWindEast(latitudeDeg: number, altitudeKm: number, yearFraction: number): number {
  const north = latitudeDeg >= 0 ? 1 : -1;
  const winter = north * Math.cos(2 * Math.PI * (yearFraction - MIDWINTER));
  const size = Math.abs(latitudeDeg);
  const stratosphere =
    (winter > 0 ? WINTER_WEST : SUMMER_EAST) *
    winter *
    bell(altitudeKm, STRATOPAUSE_KM, STRATOPAUSE_WIDTH_KM) *
    bell(size, STRATOSPHERE_LATITUDE_DEG, STRATOSPHERE_LATITUDE_WIDTH_DEG);
  const jet =
    JET_WEST *
    (0.7 + 0.3 * winter) *
    bell(altitudeKm, JET_KM, JET_WIDTH_KM) *
    bell(size, JET_LATITUDE_DEG, JET_LATITUDE_WIDTH_DEG);
  return stratosphere + jet;
}

/** Least share of the celerity that is not known, and errors of an azimuth, deg. */
const CELERITY_ERROR = 0.04;
const AZIMUTH_ERROR_DEG = 3;
/** Nearer than this sound comes straight along the ground, km. */
const DIRECT_KM = 60;
const DIRECT_KM_PER_SEC = 0.335;
/** Where no duct carries the sound it leaks at about the speed of the stratosphere's. */
const LEAKED_KM_PER_SEC = 0.29;
const LEAKED_ERROR = 0.08;

/** Component of a wind towards a heading, m/s. */
const towards = ({ east, north }: { readonly east: number; readonly north: number }, headingDeg: number): number =>
  east * Math.sin(headingDeg * RADIANS_PER_DEGREE) + north * Math.cos(headingDeg * RADIANS_PER_DEGREE);

function windOf({ wind, yearFraction }: AirOptions, latitudeDeg: number): NonNullable<AirOptions["wind"]> {
  return wind ?? ((z) => ({ east: seasonalWindEast(latitudeDeg, z, yearFraction), north: 0 }));
}

function ductFinder(options: AirOptions): DuctFinder {
  return (latitudeDeg, headingDeg) => {
    const wind = windOf(options, latitudeDeg);
    return celerities(airColumn((z) => towards(wind(z), headingDeg), options.temperatureK));
  };
}

/** Ducts change little within these, deg. */
const LATITUDE_STEP_DEG = 2;
const HEADING_STEP_DEG = 5;

/** Ducts on a grid of latitudes and headings, each found once: for those who ask for thousands of paths. */
export function keptDucts(options: AirOptions): DuctFinder {
  const find = ductFinder(options);
  const kept = new Map<string, readonly DuctedPhase[]>();
  return (latitudeDeg, headingDeg) => {
    const latitude = Math.round(latitudeDeg / LATITUDE_STEP_DEG) * LATITUDE_STEP_DEG;
    const heading = (Math.round(headingDeg / HEADING_STEP_DEG) * HEADING_STEP_DEG) % 360;
    const key = `${latitude} ${heading}`;
    let ducts = kept.get(key);
    if (!ducts) kept.set(key, (ducts = find(latitude, heading)));
    return ducts;
  };
}

/** From a source to a station, both at the ground. */
export function infrasoundPath(
  from: Place,
  to: Place,
  options: AirOptions,
  ductsAt: DuctFinder = ductFinder(options),
): InfrasoundPath {
  const distanceKm = geodesicKm(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg);
  const { backAzimuthDeg } = distanceAzimuth(from.latitudeDeg, from.longitudeDeg, to.latitudeDeg, to.longitudeDeg);
  const latitude = (from.latitudeDeg + to.latitudeDeg) / 2;
  const wind = windOf(options, latitude);
  // The sound goes away from the source.
  const headingDeg = backAzimuthDeg + 180;
  const across = (z: number) => towards(wind(z), headingDeg + 90);
  const [first] = ductsAt(latitude, headingDeg).filter(({ firstBounceKm }) => firstBounceKm <= distanceKm);
  const direct = distanceKm < DIRECT_KM;
  const celerityKmPerSec = direct ? DIRECT_KM_PER_SEC : (first?.celerityKmPerSec ?? LEAKED_KM_PER_SEC);
  const error =
    direct || first ? Math.hypot(CELERITY_ERROR, direct ? 0 : first!.spreadKmPerSec / celerityKmPerSec) : LEAKED_ERROR;
  const top = first && !direct ? first.maxTurningKm : 1;
  const samples = Array.from({ length: 40 }, (_, i) => across((top * (i + 0.5)) / 40));
  const mean = samples.reduce((sum, v) => sum + v, 0) / samples.length;
  const timeSec = distanceKm / celerityKmPerSec;
  return {
    phase: direct ? "Iw" : (first?.phase ?? "Is"),
    ...{ distanceKm, celerityKmPerSec, timeSec, backAzimuthDeg },
    timeErrorSec: error * timeSec,
    // Carried to the right, the sound seems to come from the left of its source.
    windTurnDeg: -Math.atan2(mean / 1000, celerityKmPerSec) / RADIANS_PER_DEGREE || 0,
    azimuthErrorDeg: AZIMUTH_ERROR_DEG,
  };
}
