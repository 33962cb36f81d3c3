/** Unit names of StationXML and SEED, put into the few that responses are kept in. */
import type { ResponseUnit } from "@harken/core";

export interface UnitOf {
  readonly unit: ResponseUnit;
  /** How many of `unit` one named unit is: 1e-3 for mm/s. */
  readonly factor: number;
}

const PREFIXES: Readonly<Record<string, number>> = Object.freeze({ "": 1, n: 1e-9, u: 1e-6, m: 1e-3, c: 1e-2, k: 1e3 });

const OTHERS: Readonly<Record<string, UnitOf>> = Object.freeze({
  nm: { unit: "nm", factor: 1 },
  v: { unit: "V", factor: 1 },
  volt: { unit: "V", factor: 1 },
  volts: { unit: "V", factor: 1 },
  a: { unit: "A", factor: 1 },
  amp: { unit: "A", factor: 1 },
  amperes: { unit: "A", factor: 1 },
  count: { unit: "counts", factor: 1 },
  counts: { unit: "counts", factor: 1 },
  pa: { unit: "Pa", factor: 1 },
  hpa: { unit: "Pa", factor: 100 },
  kpa: { unit: "Pa", factor: 1000 },
  upa: { unit: "Pa", factor: 1e-6 },
  mbar: { unit: "Pa", factor: 100 },
});

/** In any case; "unknown" for a unit that is none of these. */
export function unitOf(name: string): UnitOf {
  const key = name.trim().toLowerCase().replace(/\s/g, "");
  const other = OTHERS[key];
  if (Object.hasOwn(OTHERS, key) && other) return other;
  const motion = /^([numck]?)m(\/s(?:\/s|ec)?|\/\(?s\*\*2\)?|\/s(?:\*\*|\^)?2|)$/.exec(key);
  if (!motion) return { unit: "unknown", factor: 1 };
  const [, prefix = "", rate = ""] = motion;
  const unit = rate === "" ? "m" : rate === "/s" || rate === "/sec" ? "m/s" : "m/s**2";
  return { unit, factor: PREFIXES[prefix]! };
}

/** The spelling that the StationXML documentation recommends. */
export const unitName = (unit: ResponseUnit): string => (unit === "counts" ? "count" : unit === "Pa" ? "PA" : unit);
