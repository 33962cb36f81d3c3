/**
 * Whether an array's coefficients peak together: f-k of the coefficients themselves. A repeat of the master shows slowness zero, whatever
 * its own direction; a wave from another place, or one that only resembles the template, sweeps over the elements.
 */
import type { Station } from "@harken/core";
import { planSlowness } from "@harken/signal";
import type { CorrelationSettings } from "./settings.ts";
import type { ChannelTrace } from "./traces.ts";

/** Coefficients looked at on either side of the peak, as periods of the band's lower edge. */
const PERIODS = 1.5;
const GRID = { maxSlownessSecPerKm: 0.3, gridCount: 41 } as const;

/** s/km; null where there are fewer than three elements or no room around the peak. */
export function relativeSlowness(
  station: Station,
  channels: readonly { readonly trace: ChannelTrace; readonly coefficients: Float32Array }[],
  at: number,
  sampleRateHz: number,
  { lowHz, highHz }: CorrelationSettings,
): number | null {
  if (station.kind !== "array") return null;
  const sites = new Map(station.sites.map((site) => [site.code, site]));
  const elements = channels.flatMap(({ trace, coefficients }) => {
    const site = sites.get(trace.channel.station);
    return site ? [{ site, coefficients }] : [];
  });
  const half = Math.ceil((PERIODS / lowHz) * sampleRateHz);
  const [from, to] = [at - half, at + half + 1];
  if (elements.length < 3 || from < 0 || to > elements[0]!.coefficients.length) return null;
  const offsets = elements.map(({ site: { northKm, eastKm } }) => ({ northKm, eastKm }));
  const plan = planSlowness(offsets, sampleRateHz, to - from, { lowHz, highHz, ...GRID });
  return plan.search(elements.map(({ coefficients }) => coefficients.subarray(from, to)))?.slownessSecPerKm ?? null;
}
