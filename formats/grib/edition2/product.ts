/** Sections 1 and 4 of GRIB2: origin and reference time, and the product's parameter, level, times and ensemble number. */
import { epoch, type HybridCoefficients, type WeatherLevel, type WeatherParameter } from "@harken/core";
import { type Complaint, complaint } from "../field.ts";
import { type FixedSurface, levelOf2 } from "../levels.ts";
import type { Octets } from "../octets.ts";
import { parameterOf2 } from "../parameters.ts";
import { addUnits } from "../timeUnits.ts";

export interface Identification {
  readonly centre: number;
  readonly referenceTime: number;
}

export interface Product2 {
  readonly parameter: WeatherParameter;
  readonly level: WeatherLevel;
  readonly validTime: number;
  readonly intervalStart: number | null;
  readonly member: number | null;
  readonly hybrid: HybridCoefficients | null;
}

/** Octets in which templates differ; up to octet 34 these are alike. */
interface Template {
  /** End of the overall interval: seven octets. */
  readonly end?: number;
  /** Number of the ensemble member. */
  readonly member?: number;
  readonly length: number;
}

/** Where the kind of statistic stands after the interval's end. */
const STATISTIC_AFTER_END = 12;

/** Analysis or forecast (0), of an ensemble (1), of all its members (2), a percentile of them; the same over an interval (8, 11, 12, 10). */
const TEMPLATES: Readonly<Record<number, Template>> = {
  0: { length: 34 },
  1: { length: 37, member: 36 },
  2: { length: 36 },
  8: { length: 58, end: 35 },
  10: { length: 59, end: 36 },
  11: { length: 61, member: 36, end: 38 },
  12: { length: 60, end: 37 },
};

export function readIdentification(section: Octets): Identification | Complaint {
  if (section.length < 21) return complaint("section", `Section 1 has ${section.length} octets of 21.`);
  const time = timeAt(section, 13);
  return time === null
    ? complaint("time", "The reference time is no date.")
    : { centre: section.u16(6), referenceTime: time };
}

export function readProduct2(
  section: Octets,
  discipline: number,
  { centre, referenceTime }: Identification,
): Product2 | Complaint {
  const number = section.u16(8);
  const template = TEMPLATES[number];
  if (!template)
    return complaint("product-template", `Product template 4.${number} is not read; the field was left out.`);
  const coordinates = section.u16(6);
  if (section.length < template.length + 4 * coordinates)
    return complaint("section", `Section 4 has ${section.length} octets of ${template.length + 4 * coordinates}.`);
  const [first, second] = [surfaceAt(section, 23), surfaceAt(section, 29)];
  const start = addUnits(2, referenceTime, section.s32(19), section.u8(18));
  const end = template.end === undefined ? start : timeAt(section, template.end);
  if (start === null || end === null)
    return complaint("time", `The time of the field is not understood (unit ${section.u8(18)}); it was left out.`);
  return {
    parameter: parameterOf2(centre, `${discipline}.${section.u8(10)}.${section.u8(11)}`, {
      levelType: first.type,
      levelValue: first.value ?? 0,
      secondLevelType: second.type,
      statistic: template.end === undefined ? null : section.u8(template.end + STATISTIC_AFTER_END),
    }),
    level: levelOf2(first, second),
    validTime: end,
    intervalStart: template.end === undefined ? null : start,
    member: template.member === undefined ? null : section.u8(template.member),
    hybrid: coordinates >= 4 && coordinates % 2 === 0 ? coefficients(section, coordinates) : null,
  };
}

function surfaceAt(section: Octets, octet: number): FixedSurface {
  const missing = section.u32(octet + 2) === 2 ** 32 - 1 || section.u8(octet + 1) === 255;
  // A value is a whole number over a power of ten: 2 / 10^1 is 0.2, which 2 * 10^-1 misses by a hair.
  const scale = section.s8(octet + 1);
  const whole = section.s32(octet + 2);
  const value = scale >= 0 ? whole / 10 ** scale : whole * 10 ** -scale;
  return { type: section.u8(octet), value: missing ? null : value };
}

/** The list at the section's end. */
function coefficients(section: Octets, count: number): HybridCoefficients {
  const from = section.length - 4 * count + 1;
  const half = count / 2;
  return {
    a: Float64Array.from({ length: half }, (_, i) => section.ieee32(from + 4 * i)),
    b: Float64Array.from({ length: half }, (_, i) => section.ieee32(from + 4 * (half + i))),
  };
}

/** Year in two octets, then month, day, hour, minute, second; null for no date. */
function timeAt(section: Octets, octet: number): number | null {
  const [month, day] = [section.u8(octet + 2), section.u8(octet + 3)];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return epoch(
    section.u16(octet),
    month,
    day,
    section.u8(octet + 4),
    section.u8(octet + 5),
    Math.min(60, section.u8(octet + 6)),
  );
}
