/**
 * Does a set of xenon isotopes speak for an explosion or for a reactor? Flags by single ratios, and lines in planes of two ratios that separate nuclear
 * explosions from releases of reactors (Kalinowski et al. 2010, doi:10.1007/s00024-009-0032-1).
 *
 *     screenXenon(isotopicRatios(report));
 */
import type { IsotopicRatio } from "./ratios.ts";

export interface RatioThreshold {
  readonly ratio: string;
  readonly above: number;
}

/** y = factor x^power in the plane of two ratios; explosions lie above. */
export interface DiscriminationLine {
  readonly y: string;
  readonly x: string;
  readonly factor: number;
  readonly power: number;
}

export interface XenonScreening {
  readonly thresholds: readonly RatioThreshold[];
  readonly lines: readonly DiscriminationLine[];
}

export const defaultXenonScreening: XenonScreening = Object.freeze({
  thresholds: [
    { ratio: "Xe-135/Xe-133", above: 5 },
    { ratio: "Xe-133m/Xe-133", above: 0.3 },
    { ratio: "Xe-133m/Xe-131m", above: 2 },
    { ratio: "Xe-133/Xe-131m", above: 1000 },
  ],
  lines: [
    { y: "Xe-135/Xe-133", x: "Xe-133m/Xe-131m", factor: 1e-6, power: 4.4388 },
    { y: "Xe-133m/Xe-133", x: "Xe-133m/Xe-131m", factor: 2e-2, power: 0.6972 },
    { y: "Xe-135/Xe-131m", x: "Xe-133/Xe-131m", factor: 3.78e-22, power: 9.0774 },
    { y: "Xe-135/Xe-133m", x: "Xe-135/Xe-131m", factor: 0.2, power: 0.7996 },
    { y: "Xe-135/Xe-133", x: "Xe-133m/Xe-133", factor: 3.27e15, power: 9.7847 },
  ],
});

export interface ScreeningFlag {
  /** What was asked, as "Xe-133m/Xe-133 above 0.3". */
  readonly test: string;
  /** `explosion`, `reactor`, or null where the ratios cannot tell: not all there, or limits on both sides. */
  readonly outcome: "explosion" | "reactor" | null;
  readonly reason: string;
}

/** A ratio decides when its whole interval lies on one side; a plane when the line leaves the box of both intervals on one side. */
export function screenXenon(
  ratios: readonly IsotopicRatio[],
  { thresholds, lines }: XenonScreening = defaultXenonScreening,
): ScreeningFlag[] {
  const find = (name: string) => ratios.find((ratio) => ratio.name === name);
  const byRatio = thresholds.map(({ ratio, above }): ScreeningFlag => {
    const test = `${ratio} above ${above}`;
    const found = find(ratio);
    if (!found) return { test, outcome: null, reason: "neither isotope was detected" };
    return { test, ...decided(found, above, describe(found)) };
  });
  const byLine = lines.map(({ y, x, factor, power }): ScreeningFlag => {
    const test = `${y} above ${factor} (${x})^${power}`;
    const [onY, onX] = [find(y), find(x)];
    if (!onY || !onX) return { test, outcome: null, reason: "the isotopes of both ratios were not detected" };
    const reason = `${describe(onY)}, ${describe(onX)}`;
    // The line falls or rises with x, and is highest at one end of x's interval.
    const height = (value: number | null, beyond: number) =>
      value === null ? beyond : value <= 0 ? 0 : factor * value ** power;
    const [low, high] = [height(onX.lower, 0), height(onX.upper, Number.POSITIVE_INFINITY)];
    if (onY.lower !== null && onY.lower > high) return { test, outcome: "explosion", reason };
    if (onY.upper !== null && onY.upper < low) return { test, outcome: "reactor", reason };
    return { test, outcome: null, reason: `${reason}: both sides are possible` };
  });
  return [...byRatio, ...byLine];
}

function decided({ lower, upper }: IsotopicRatio, above: number, reason: string): Omit<ScreeningFlag, "test"> {
  if (lower !== null && lower > above) return { outcome: "explosion", reason };
  if (upper !== null && upper < above) return { outcome: "reactor", reason };
  return { outcome: null, reason: `${reason}: both sides are possible` };
}

function describe({ name, ratio, lower, upper }: IsotopicRatio): string {
  const end = (value: number | null) => (value === null ? "unbounded" : value.toPrecision(3));
  return `${name} ${ratio.toPrecision(3)} (${end(lower)} to ${end(upper)})`;
}
