/**
 * Types of level: GRIB1's code table 3 and GRIB2's code table 4.5 under common names, with the factor from the message's unit to ours (hPa, m, or the
 * number as it is).
 */
import type { WeatherLevel } from "@harken/core";

interface LevelType {
  readonly kind: string;
  readonly factor: number;
  /** GRIB1 holds two bounds of a layer in one octet each. */
  readonly layer?: boolean;
}

/** By GRIB1's number. A layer counts in coarser units than a level. */
const TYPES_1: Readonly<Record<number, LevelType>> = {
  1: { kind: "surface", factor: 0 },
  2: { kind: "cloudBase", factor: 0 },
  3: { kind: "cloudTop", factor: 0 },
  4: { kind: "isothermZero", factor: 0 },
  6: { kind: "maxWind", factor: 0 },
  7: { kind: "tropopause", factor: 0 },
  8: { kind: "nominalTop", factor: 0 },
  100: { kind: "isobaric", factor: 1 },
  101: { kind: "isobaric", factor: 10, layer: true },
  102: { kind: "meanSea", factor: 0 },
  103: { kind: "heightAboveSea", factor: 1 },
  104: { kind: "heightAboveSea", factor: 100, layer: true },
  105: { kind: "heightAboveGround", factor: 1 },
  106: { kind: "heightAboveGround", factor: 100, layer: true },
  107: { kind: "sigma", factor: 1e-4 },
  108: { kind: "sigma", factor: 0.01, layer: true },
  109: { kind: "hybrid", factor: 1 },
  110: { kind: "hybrid", factor: 1, layer: true },
  111: { kind: "depthBelowLand", factor: 0.01 },
  112: { kind: "depthBelowLand", factor: 0.01, layer: true },
  113: { kind: "isentropic", factor: 1 },
  117: { kind: "potentialVorticity", factor: 1 },
  160: { kind: "depthBelowSea", factor: 1 },
  200: { kind: "atmosphere", factor: 0 },
  210: { kind: "isobaric", factor: 0.01 },
};

/** By GRIB2's number; the value is in SI units. */
const TYPES_2: Readonly<Record<number, LevelType>> = {
  1: { kind: "surface", factor: 0 },
  2: { kind: "cloudBase", factor: 0 },
  3: { kind: "cloudTop", factor: 0 },
  4: { kind: "isothermZero", factor: 0 },
  6: { kind: "maxWind", factor: 0 },
  7: { kind: "tropopause", factor: 0 },
  8: { kind: "nominalTop", factor: 0 },
  10: { kind: "atmosphere", factor: 0 },
  100: { kind: "isobaric", factor: 0.01 },
  101: { kind: "meanSea", factor: 0 },
  102: { kind: "heightAboveSea", factor: 1 },
  103: { kind: "heightAboveGround", factor: 1 },
  104: { kind: "sigma", factor: 1 },
  105: { kind: "hybrid", factor: 1 },
  106: { kind: "depthBelowLand", factor: 1 },
  107: { kind: "isentropic", factor: 1 },
  109: { kind: "potentialVorticity", factor: 1 },
  160: { kind: "depthBelowSea", factor: 1 },
  200: { kind: "atmosphere", factor: 0 },
  220: { kind: "boundaryLayer", factor: 0 },
};

/** `value` is the two octets of the product definition. */
export function levelOf1(type: number, value: number): WeatherLevel {
  const known = TYPES_1[type];
  if (!known) return { kind: `type ${type}`, value, secondValue: null };
  const { kind, factor, layer } = known;
  if (!layer) return { kind, value: value * factor, secondValue: null };
  return { kind, value: Math.floor(value / 256) * factor, secondValue: (value % 256) * factor };
}

/** A fixed surface of GRIB2: its type and its value in SI units; null where the message gives none. */
export interface FixedSurface {
  readonly type: number;
  readonly value: number | null;
}

/** The second surface makes a layer when it is of the first one's type. */
export function levelOf2(first: FixedSurface, second: FixedSurface): WeatherLevel {
  const { kind, factor } = TYPES_2[first.type] ?? { kind: `type ${first.type}`, factor: 1 };
  // From the ground to the top of the atmosphere: one layer, whatever the numbers say.
  if (first.type === 1 && second.type === 8) return { kind: "atmosphere", value: 0, secondValue: null };
  const value = scale(first.value ?? 0, factor);
  const isLayer = second.type === first.type && second.value !== null && factor !== 0;
  return { kind, value, secondValue: isLayer ? scale(second.value!, factor) : null };
}

/** 25000 Pa are 250 hPa and not 250.00000000000003. */
const scale = (value: number, factor: number) => (factor === 0.01 ? value / 100 : value * factor);
