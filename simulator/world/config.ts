/**
 * What a simulated world is made of. The same configuration gives the same world, to the last sample, on every machine.
 *
 *     const world = createWorld({ ...demoWorldConfig, hours: 1, seed: 7 }, earth);
 */
import { epoch } from "@harken/core";

export interface WorldConfig {
  readonly name: string;
  /** Changes whenever the same configuration would give other samples. */
  readonly version: number;
  readonly seed: number;
  /** Epoch s of the first sample. */
  readonly startTime: number;
  readonly hours: number;
  /** Stations of the seismic networks that take part; all primary stations with a known position when absent. */
  readonly stationCodes?: readonly string[];
  /** Infrasound arrays and hydrophone stations that take part; none when absent. */
  readonly soundCodes?: readonly string[];
  /** Stations of which nine elements are simulated; the others have three components at one place. */
  readonly arrayCodes: readonly string[];
  readonly sampleRateHz: number;
  /** Mean count of earthquakes an hour with `minimumMagnitude` or more. */
  readonly eventsPerHour: number;
  readonly minimumMagnitude: number;
  readonly maximumMagnitude: number;
  /** The first event happens this long after the start, s. */
  readonly firstEventAfterSec: number;
  /** Adds one announced-size explosion at a test site. */
  readonly explosion: boolean;
}

/** Four hours of thirty primary stations, with a dozen earthquakes and one explosion. */
export const demoWorldConfig: WorldConfig = Object.freeze({
  name: "demo",
  version: 1,
  seed: 19_929,
  startTime: epoch(2026, 5, 25),
  hours: 4,
  stationCodes: Object.freeze([
    ...["ARCES", "ASAR", "CMAR", "MKAR", "PDAR"],
    ...["BDFB", "BGCA", "BOSA", "BRTR", "CPUP", "DBIC", "ESDC", "FINES", "HILR", "ILAR", "KBZ", "KMBO", "KSRS"],
    ...["LPAZ", "MAW", "MJAR", "NVAR", "PETK", "PLCA", "PPT", "ROSC", "STKA", "ULM", "USRK", "VNDA", "ZALV"],
  ]),
  arrayCodes: Object.freeze(["ARCES", "ASAR", "CMAR", "MKAR", "PDAR"]),
  sampleRateHz: 20,
  eventsPerHour: 3,
  minimumMagnitude: 4,
  maximumMagnitude: 6,
  firstEventAfterSec: 60,
  explosion: true,
});

/** Stations that hear the demonstration: infrasound around the test site, and hydrophones in the Pacific. */
export const demoSoundCodes: readonly string[] = Object.freeze(["I45RU", "I30JP", "I34MN", "H11"]);
