/**
 * A model of the Earth that knows the ways of sound too: I by the celerity that the air's winds allow along the path, H and T by the ocean's channel of
 * the season. A blocked way, where bathymetry is given, has no H and no T. Other phases are the base model's.
 *
 *     const earth = soundEarthModel(createEarthModel("ak135"), { yearFraction: 0.3 });
 *     earth.predictPath!("I", source, station, 0); // { timeSec, errorSec, slownessSecPerDeg, ... }
 */
import { type EarthModel, KM_PER_DEGREE, type PathTime, type Place } from "@harken/core";
import { type AirOptions, type DuctFinder, infrasoundPath, keptDucts } from "./air/infrasoundPath.ts";
import { type HydroacousticPath, hydroacousticPath, type OceanOptions } from "./ocean/hydroacousticPath.ts";
import { soundChannel } from "./ocean/soundChannel.ts";

export type SoundOptions = AirOptions & OceanOptions;

/** P waves need this long from a source to the sea floor above it, s per km. */
const ROCK_SEC_PER_KM = 1 / 6.5;
/** A T phase may leave the slope anywhere within tens of kilometres of the epicentre; an explosion in the water is where it is, s. */
const T_SOURCE_ERROR_SEC = 15;

export function soundEarthModel(base: EarthModel, options: SoundOptions): EarthModel {
  const ducts = keptDucts(options);
  const axis = keptAxis(options.yearFraction);
  return {
    ...base,
    phases: [...base.phases, ...["I", "H", "T"].filter((phase) => !base.phases.includes(phase))],
    predict: (phase, deltaDeg, depthKm) => {
      const found = base.predict(phase === "H" ? "T" : phase, deltaDeg, depthKm);
      return found && { ...found, phase };
    },
    modelErrorSec: (phase, deltaDeg, depthKm) => base.modelErrorSec(phase === "H" ? "T" : phase, deltaDeg, depthKm),
    predictPath: (phase, source, station, depthKm) => {
      if (phase === "I") return throughAir(source, station, options, ducts);
      if (phase === "H" || phase === "T")
        return throughOcean(phase, depthKm, hydroacousticPath(source, station, options, axis));
      return base.predictPath?.(phase, source, station, depthKm) ?? null;
    },
  };
}

function throughAir(source: Place, station: Place, options: AirOptions, ducts: DuctFinder): PathTime {
  const { timeSec, timeErrorSec, celerityKmPerSec } = infrasoundPath(source, station, options, ducts);
  return {
    phase: "I",
    timeSec,
    errorSec: timeErrorSec,
    slownessSecPerDeg: KM_PER_DEGREE / celerityKmPerSec,
    depthDerivativeSecPerKm: 0,
  };
}

/** Speeds of the channel by quarters of a degree, each found once. */
function keptAxis(yearFraction: number): (latitudeDeg: number) => number {
  const kept = new Map<number, number>();
  return (latitudeDeg) => {
    const key = Math.round(4 * latitudeDeg);
    let speed = kept.get(key);
    if (speed === undefined) kept.set(key, (speed = soundChannel(key / 4, yearFraction).axisKmPerSec));
    return speed;
  };
}

function throughOcean(phase: string, depthKm: number, path: HydroacousticPath): PathTime | null {
  if (path.firstObstacleKm !== null) return null;
  const inRock = phase === "T" ? ROCK_SEC_PER_KM : 0;
  return {
    phase,
    timeSec: path.timeSec + inRock * Math.max(0, depthKm),
    errorSec: phase === "T" ? Math.hypot(path.timeErrorSec, T_SOURCE_ERROR_SEC) : path.timeErrorSec,
    slownessSecPerDeg: KM_PER_DEGREE / path.meanSpeedKmPerSec,
    depthDerivativeSecPerKm: inRock,
  };
}
