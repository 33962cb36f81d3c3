/** Section 1 of GRIB1, the product definition: parameter, level, times, and ECMWF's ensemble numbers in the octets for local use. */
import { epoch, type WeatherLevel, type WeatherParameter } from "@harken/core";
import { type Complaint, complaint } from "../field.ts";
import { levelOf1 } from "../levels.ts";
import type { Octets } from "../octets.ts";
import { ECMWF, parameterOf1 } from "../parameters.ts";
import { addUnits } from "../timeUnits.ts";

export interface Product1 {
  readonly centre: number;
  readonly parameter: WeatherParameter;
  readonly level: WeatherLevel;
  readonly referenceTime: number;
  readonly validTime: number;
  readonly intervalStart: number | null;
  readonly member: number | null;
  readonly hasGrid: boolean;
  readonly hasBitmap: boolean;
  readonly decimalScale: number;
}

/** Time range indicators (code table 5): statistics over P1 to P2, as code table 4.10 of GRIB2 numbers them. */
const STATISTICS: Readonly<Record<number, number>> = { 2: 255, 3: 0, 4: 1, 5: 4 };
/** P1 in two octets. */
const LONG_P1 = 10;
/** States at one time: forecast, initialised analysis. */
const STATES: ReadonlySet<number> = new Set([0, 1, LONG_P1]);

/** ECMWF's local definitions that hold an ensemble number in octet 50 and the ensemble's size in octet 51. */
const ENSEMBLE_LABELS: ReadonlySet<number> = new Set([1, 14, 27, 28, 30, 31, 36, 37, 40]);

export function readProduct1(section: Octets): Product1 | Complaint {
  if (section.length < 28) return complaint("product", `The product definition has ${section.length} octets of 28.`);
  const centre = section.u8(5);
  const levelType = section.u8(10);
  const level = levelOf1(levelType, section.u16(11));
  const year = (section.u8(25) - 1) * 100 + section.u8(13);
  const referenceTime = epoch(year, section.u8(14), section.u8(15), section.u8(16), section.u8(17));
  if (section.u8(14) < 1 || section.u8(14) > 12 || section.u8(15) < 1 || section.u8(15) > 31)
    return complaint("time", "The reference time is no date.");
  const range = section.u8(21);
  const statistic = STATISTICS[range] ?? null;
  if (statistic === null && !STATES.has(range))
    return complaint("time-range", `Time range indicator ${range} is not read; the field was left out.`);
  const unit = section.u8(18);
  const [p1, p2] = range === LONG_P1 ? [section.u16(19), 0] : [section.u8(19), section.u8(20)];
  const first = addUnits(1, referenceTime, p1, unit);
  const last = addUnits(1, referenceTime, statistic === null ? p1 : p2, unit);
  if (first === null || last === null)
    return complaint("time-unit", `Unit ${unit} of time is not read; the field was left out.`);
  return {
    centre,
    parameter: parameterOf1(centre, section.u8(4), section.u8(9), {
      levelType,
      levelValue: section.u16(11),
      secondLevelType: 255,
      statistic,
    }),
    level,
    referenceTime,
    validTime: last,
    intervalStart: statistic === null ? null : first,
    member: ensembleNumber(section, centre),
    hasGrid: (section.u8(8) & 0x80) !== 0,
    hasBitmap: (section.u8(8) & 0x40) !== 0,
    decimalScale: section.s16(27),
  };
}

function ensembleNumber(section: Octets, centre: number): number | null {
  if (centre !== ECMWF || section.length < 51 || !ENSEMBLE_LABELS.has(section.u8(41))) return null;
  // A single forecast has number 0 of an ensemble of 0.
  return section.u8(50) > 0 || section.u8(51) > 0 ? section.u8(50) : null;
}
