/**
 * Control charts of single values (Shewhart individuals chart, ISO 7870-2): centre and spread from the first values, limits at three spreads, and the rules
 * by which a run of values is out of control. The spread is the mean moving range over 1.128, which a slow drift does not widen.
 *
 *     const chart = controlChart(values);
 *     chart.alarms[chart.alarms.length - 1];   // ["beyond 3 sd"]: what speaks against the newest value
 */

/** Western Electric's four rules (1956), and Nelson's trend (1984). */
export const controlRules = [
  "beyond 3 sd",
  "2 of 3 beyond 2 sd",
  "4 of 5 beyond 1 sd",
  "8 on one side",
  "trend of 6",
] as const;
export type ControlRule = (typeof controlRules)[number];

export interface ControlSettings {
  /** How many of the first values the limits are made from, once there are so many. */
  readonly referenceCount: number;
  /** Until then so many; fewer make no limits. */
  readonly leastCount: number;
  readonly rules: readonly ControlRule[];
}

export const defaultControlSettings: ControlSettings = Object.freeze({
  referenceCount: 20,
  leastCount: 8,
  rules: controlRules,
});

export interface ControlLimits {
  readonly centre: number;
  readonly spread: number;
  readonly low: number;
  readonly high: number;
}

export interface ControlChart {
  /** Null with too few values. */
  readonly limits: ControlLimits | null;
  /** For each value the rules that it completes. */
  readonly alarms: readonly (readonly ControlRule[])[];
}

/** Mean moving range of two normal values over their standard deviation. */
const D2 = 2 / Math.sqrt(Math.PI);

/** `values` by time. `known` stands for what the first values would say. */
export function controlChart(
  values: readonly number[],
  settings: ControlSettings = defaultControlSettings,
  known: Pick<ControlLimits, "centre" | "spread"> | null = null,
): ControlChart {
  const { centre, spread } = known ?? reference(values, settings);
  if (!(spread > 0)) return { limits: null, alarms: values.map(() => []) };
  const z = values.map((value) => (value - centre) / spread);
  return {
    limits: { centre, spread, low: centre - 3 * spread, high: centre + 3 * spread },
    alarms: values.map((_, i) => settings.rules.filter((rule) => tests[rule](z, i))),
  };
}

function reference(values: readonly number[], { referenceCount, leastCount }: ControlSettings) {
  const first = values.slice(0, values.length < referenceCount ? leastCount : referenceCount);
  if (first.length < leastCount) return { centre: Number.NaN, spread: Number.NaN };
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const ranges = first.slice(1).map((value, i) => Math.abs(value - first[i]!));
  return { centre: mean(first), spread: mean(ranges) / D2 };
}

/** Whether of the last `of` values at least `count`, the newest among them, lie beyond so many spreads on its side. */
function many(z: readonly number[], i: number, count: number, of: number, beyond: number): boolean {
  const side = Math.sign(z[i]!);
  if (i + 1 < count || !(side * z[i]! > beyond)) return false;
  return z.slice(Math.max(0, i + 1 - of), i + 1).filter((one) => side * one > beyond).length >= count;
}

const TREND = 6;

const tests: Readonly<Record<ControlRule, (z: readonly number[], i: number) => boolean>> = {
  "beyond 3 sd": (z, i) => Math.abs(z[i]!) > 3,
  "2 of 3 beyond 2 sd": (z, i) => many(z, i, 2, 3, 2),
  "4 of 5 beyond 1 sd": (z, i) => many(z, i, 4, 5, 1),
  "8 on one side": (z, i) => many(z, i, 8, 8, 0),
  "trend of 6": (z, i) => {
    if (i + 1 < TREND) return false;
    const run = z.slice(i + 1 - TREND, i + 1);
    const steps = run.slice(1).map((value, at) => Math.sign(value - run[at]!));
    return steps[0] !== 0 && steps.every((step) => step === steps[0]);
  },
};
