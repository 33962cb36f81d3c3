/**
 * Samples of a station in a plane of two isotopic ratios, from the concentrations of the four isotopes. An isotope that was not found bounds its ratio by
 * its MDC; where two bounds meet in one ratio nothing can be said.
 */
import type { ConcentrationSeries, RatioPoint, RatioValue } from "@harken/api";
import type { DiscriminationLine } from "@harken/radionuclide";

type Found = ConcentrationSeries["points"][number];
export type SeriesByIsotope = Readonly<Record<string, ConcentrationSeries>>;

export function ratioPoints(series: SeriesByIsotope, { x, y }: Pick<DiscriminationLine, "x" | "y">): RatioPoint[] {
  const bySample = (isotope: string) =>
    new Map(series[isotope]?.points.map((point) => [point.sampleKey, point] as const));
  const sides = [x, y].map((ratio) => ratio.split("/").map(bySample));
  const [onX, onY] = sides as [Map<string, Found>[], Map<string, Found>[]];
  return [...onX[0]!.values()].flatMap(({ sampleKey, time }) => {
    const of = ([numerator, denominator]: Map<string, Found>[]) =>
      ratioOf(numerator!.get(sampleKey), denominator!.get(sampleKey));
    const [rx, ry] = [of(onX), of(onY)];
    return rx && ry ? [{ sampleKey, time, x: rx, y: ry }] : [];
  });
}

function ratioOf(numerator: Found | undefined, denominator: Found | undefined): RatioValue | null {
  const [n, d] = [known(numerator), known(denominator)];
  if (!n || !d || (n.error === null && d.error === null)) return null;
  const value = n.value / d.value;
  if (n.error === null) return { value, relativeError: null, bound: "upper" };
  if (d.error === null) return { value, relativeError: null, bound: "lower" };
  return { value, relativeError: Math.hypot(n.error / n.value, d.error / d.value), bound: null };
}

/** Of an isotope that was not found the MDC, without an error. */
function known(found: Found | undefined): { readonly value: number; readonly error: number | null } | null {
  if (!found) return null;
  const { identified, concentration, concentrationError, mdc } = found;
  if (identified && concentration !== null && concentration > 0)
    return { value: concentration, error: concentrationError ?? 0 };
  return mdc !== null && mdc > 0 ? { value: mdc, error: null } : null;
}
