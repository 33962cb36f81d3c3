/**
 * Regions of interest of the beta-gamma plane: where they lie in channels, and how many coincidences they hold.
 *
 * Ten regions, numbered as the messages number them: 1 Pb-214 at 352 keV (radon), 2 Xe-135 at 250 keV, 3 Xe-133 at 81 keV, 4 all xenon X-rays
 * at 30 keV, 5 Xe-131m and 6 Xe-133m conversion electrons inside 4, 7 to 10 the parts of 4 beside them.
 */
import type { CoincidenceHistogram, PulseHeightData } from "@harken/core";
import { evaluatePolynomial, fitPolynomial } from "../calibration/polynomial.ts";

/** Half-open rectangle in channels: betaFrom <= b < betaTo. */
export interface ChannelRegion {
  readonly betaFrom: number;
  readonly betaTo: number;
  readonly gammaFrom: number;
  readonly gammaTo: number;
}

/**
 * Regions in channels by number: as the message gives them (SAUNA CUBE), or from keV by quadratic calibrations of channel against energy,
 * rounded to the nearest channel. A reason instead when the message cannot tell.
 */
export function channelRegions(data: PulseHeightData): ReadonlyMap<number, ChannelRegion> | string {
  if (data.channelRegions.length > 0)
    return new Map(
      data.channelRegions.map(({ region, betaLow, betaHigh, gammaLow, gammaHigh }) => [
        region,
        { betaFrom: betaLow, betaTo: betaHigh, gammaFrom: gammaLow, gammaTo: gammaHigh },
      ]),
    );
  const fit = (points: PulseHeightData["gammaEnergy"]) =>
    fitPolynomial(
      points.map(({ energyKeV }) => energyKeV),
      points.map(({ value }) => value),
      2,
    );
  const [gamma, beta] = [fit(data.gammaEnergy), fit(data.betaEnergy)];
  if (!gamma || !beta) return "the energy calibrations have fewer than three points each";
  const at = (curve: typeof gamma, energyKeV: number) => Math.trunc(evaluatePolynomial(curve, energyKeV) + 0.5);
  return new Map(
    data.regions.map(({ region, betaLow, betaHigh, gammaLow, gammaHigh }) => [
      region,
      {
        betaFrom: at(beta, betaLow),
        betaTo: at(beta, betaHigh),
        gammaFrom: at(gamma, gammaLow),
        gammaTo: at(gamma, gammaHigh),
      },
    ]),
  );
}

/** Counts inside a region; the part outside the histogram holds none. */
export function countsIn({ betaChannels, gammaChannels, counts }: CoincidenceHistogram, region: ChannelRegion): number {
  let sum = 0;
  const to = Math.min(region.betaTo, betaChannels);
  for (let g = Math.max(0, region.gammaFrom); g < Math.min(region.gammaTo, gammaChannels); g++)
    for (let b = Math.max(0, region.betaFrom); b < to; b++) sum += counts[g * betaChannels + b]!;
  return sum;
}

/** What two regions have in common; empty when they do not overlap. */
export function intersection(a: ChannelRegion, b: ChannelRegion): ChannelRegion {
  return {
    betaFrom: Math.max(a.betaFrom, b.betaFrom),
    betaTo: Math.min(a.betaTo, b.betaTo),
    gammaFrom: Math.max(a.gammaFrom, b.gammaFrom),
    gammaTo: Math.min(a.gammaTo, b.gammaTo),
  };
}
