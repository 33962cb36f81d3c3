/**
 * The parameter lines of response stages. Fields are taken as words: real writers keep the order and slip by columns, and blank fields
 * (decimation, correction) stand only where no digital filter is meant.
 *
 *     PAZ2 stage unit scale [decimation correction] poles zeros text
 *     FAP2 stage unit [decimation correction] count text
 *     GEN2 stage unit scale period [decimation correction] count text
 *     DIG2 stage scale rate text
 *     FIR2 stage gain decimation correction symmetry count text
 */
import type { ResponseUnit } from "@harken/core";

export interface StageHeader {
  readonly kind: "PAZ2" | "FAP2" | "GEN2" | "DIG2" | "FIR2";
  readonly number: number;
  readonly outputUnit: ResponseUnit;
  readonly scale: number;
  readonly calperSec: number;
  /** 0 for an analogue stage. */
  readonly decimation: number;
  readonly correctionSec: number;
  readonly poleCount: number;
  readonly sampleRateHz: number;
  readonly symmetry: "A" | "B" | "C";
  /** Numbers that follow. */
  readonly numberCount: number;
}

const DECIMAL = "([-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?)";
const OPTIONAL = "(?:\\s+(\\d+))?(?:\\s+([-+]?\\d*\\.\\d*))?";
const END = "(?:\\s|$)";

const PATTERNS = {
  PAZ2: new RegExp(`^PAZ2\\s+(\\d+)\\s+([VAC])\\s+${DECIMAL}${OPTIONAL}\\s+(\\d+)\\s+(\\d+)${END}`, "i"),
  FAP2: new RegExp(`^FAP2\\s+(\\d+)\\s+([VAC])${OPTIONAL}\\s+(\\d+)${END}`, "i"),
  GEN2: new RegExp(`^GEN2\\s+(\\d+)\\s+([VAC])\\s+${DECIMAL}\\s+${DECIMAL}${OPTIONAL}\\s+(\\d+)${END}`, "i"),
  DIG2: new RegExp(`^DIG2\\s+(\\d+)\\s+${DECIMAL}(?:\\s+${DECIMAL})?${END}`, "i"),
  FIR2: new RegExp(`^FIR2\\s+(\\d+)\\s+${DECIMAL}\\s+(\\d+)\\s+${DECIMAL}\\s+([ABC])\\s+(\\d+)${END}`, "i"),
} as const;

const UNITS: Readonly<Record<string, ResponseUnit>> = Object.freeze({ V: "V", A: "A", C: "counts" });
const MAX_LINE = 200;
const MAX_COUNT = 30_000;

/** Null when the line cannot be understood. */
export function parseStage(keyword: string, line: string): StageHeader | null {
  const text = line.slice(0, MAX_LINE);
  const blank = {
    outputUnit: "counts" as ResponseUnit,
    scale: 1,
    calperSec: 1,
    decimation: 0,
    correctionSec: 0,
    poleCount: 0,
    sampleRateHz: 0,
    symmetry: "A" as const,
  };
  const header = ((): StageHeader | null => {
    switch (keyword) {
      case "PAZ2": {
        const m = PATTERNS.PAZ2.exec(text);
        if (!m) return null;
        const [, number, unit, scale, decimation = "0", correction = "0", poles, zeros] = m;
        return {
          ...blank,
          kind: "PAZ2",
          number: Number(number),
          outputUnit: UNITS[unit!.toUpperCase()]!,
          scale: Number(scale),
          decimation: Number(decimation),
          correctionSec: Number(correction),
          poleCount: Number(poles),
          numberCount: 2 * (Number(poles) + Number(zeros)),
        };
      }
      case "FAP2": {
        const m = PATTERNS.FAP2.exec(text);
        if (!m) return null;
        const [, number, unit, , correction = "0", count] = m;
        const outputUnit = UNITS[unit!.toUpperCase()]!;
        const rest = { correctionSec: Number(correction), numberCount: 3 * Number(count) };
        return { ...blank, kind: "FAP2", number: Number(number), outputUnit, ...rest };
      }
      case "GEN2": {
        const m = PATTERNS.GEN2.exec(text);
        if (!m) return null;
        const [, number, unit, scale, calper, , correction = "0", count] = m;
        return {
          ...blank,
          kind: "GEN2",
          number: Number(number),
          outputUnit: UNITS[unit!.toUpperCase()]!,
          scale: Number(scale),
          calperSec: Number(calper),
          correctionSec: Number(correction),
          numberCount: 2 * Number(count),
        };
      }
      case "DIG2": {
        const m = PATTERNS.DIG2.exec(text);
        if (!m) return null;
        const [, number, scale, rate = "0"] = m;
        const rest = { scale: Number(scale), sampleRateHz: Number(rate), numberCount: 0 };
        return { ...blank, kind: "DIG2", number: Number(number), ...rest };
      }
      case "FIR2": {
        const m = PATTERNS.FIR2.exec(text);
        if (!m) return null;
        const [, number, gain, decimation, correction, symmetry, count] = m;
        return {
          ...blank,
          kind: "FIR2",
          number: Number(number),
          scale: Number(gain),
          decimation: Number(decimation),
          correctionSec: Number(correction),
          symmetry: symmetry!.toUpperCase() as "A" | "B" | "C",
          numberCount: Number(count),
        };
      }
      default:
        return null;
    }
  })();
  if (!header || header.numberCount > MAX_COUNT || header.decimation > MAX_COUNT) return null;
  return [header.scale, header.calperSec, header.correctionSec, header.sampleRateHz].every(Number.isFinite)
    ? header
    : null;
}
