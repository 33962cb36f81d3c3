/**
 * What a measurement tells of its detector and station, to be followed over time: energies and widths of reference peaks by the station's own calibration,
 * count rates, efficiencies, air flow, dead time, xenon volume and yield.
 */
import type { CertifiedNuclide, PulseHeightData } from "@harken/core";
import type { EnergyCalibration } from "../gamma/calibration.ts";
import type { Peak } from "../gamma/peaks.ts";
import { nuclide } from "../nuclides/nuclides.ts";
import { gammaCalibration } from "../particulate/calibration.ts";

export interface QualityQuantity {
  /** As "K-40 1460.8 keV: FWHM". */
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly error: number | null;
}

type ReferenceLine = Pick<CertifiedNuclide, "nuclide" | "energyKeV"> & Partial<CertifiedNuclide>;

/** Lines that every air filter shows; what the air holds of them changes, so that their counts are no control. */
const filterLines: readonly ReferenceLine[] = [
  { nuclide: "Pb-212", energyKeV: 238.6 },
  { nuclide: "Be-7", energyKeV: 477.6 },
  { nuclide: "Tl-208", energyKeV: 583.2 },
  { nuclide: "K-40", energyKeV: 1460.8 },
  { nuclide: "Tl-208", energyKeV: 2614.5 },
];
/** Of a check source whose message names no nuclides. */
const sourceLines: readonly ReferenceLine[] = [
  { nuclide: "Am-241", energyKeV: 59.5 },
  { nuclide: "Cs-137", energyKeV: 661.7 },
  { nuclide: "Co-60", energyKeV: 1173.2 },
  { nuclide: "Co-60", energyKeV: 1332.5 },
];

/** A reference peak lies within this of its line, keV, and its area is known to this. */
const FOUND_WITHIN_KEV = 1.5;
const MAX_AREA_ERROR = 0.05;
const HOUR = 3600;
/** Where a stated efficiency is followed. */
const STATED_KEV = 661.7;

/** `peaks` of the analysis; none for a coincidence system. */
export function qualityQuantities(data: PulseHeightData, peaks: readonly Peak[]): QualityQuantity[] {
  const calibration = data.gammaSpectrum ? gammaCalibration(data) : "";
  const energy = typeof calibration === "string" ? null : calibration.energy;
  return [
    ...stationQuantities(data),
    ...rates(data),
    ...efficiencies(data),
    ...(energy ? lines(data, peaks, energy) : []),
  ];
}

function stationQuantities({ kind, collection, acquisition, processing }: PulseHeightData): QualityQuantity[] {
  const list: QualityQuantity[] = [];
  if (acquisition && acquisition.realSec > 0)
    list.push({
      ...{ name: "dead time", unit: "%", error: null },
      value: 100 * (1 - acquisition.liveSec / acquisition.realSec),
    });
  if (kind !== "SAMPLEPHD") return list;
  if (collection && collection.stopTime > collection.startTime)
    list.push({
      ...{ name: "air flow", unit: "m3/h", error: null },
      value: collection.airVolumeM3 / ((collection.stopTime - collection.startTime) / HOUR),
    });
  if (processing)
    list.push(
      { name: "xenon volume", unit: "ml", value: processing.xenonVolumeMl, error: processing.xenonVolumeErrorMl },
      { name: "xenon yield", unit: "", value: processing.yieldFraction, error: processing.yieldError },
    );
  return list;
}

/** Of whole spectra and histograms: of a blank or an empty detector its background, of a source its activity. */
function rates({ kind, acquisition, gammaSpectrum, betaSpectrum, histogram }: PulseHeightData): QualityQuantity[] {
  if (kind === "SAMPLEPHD" || !acquisition || !(acquisition.liveSec > 0)) return [];
  return Object.entries({ gamma: gammaSpectrum, beta: betaSpectrum, coincidence: histogram }).flatMap(
    ([name, counted]) => {
      if (!counted) return [];
      const counts = counted.counts.reduce((sum, n) => sum + n, 0);
      const { liveSec } = acquisition;
      return [{ name: `${name} count rate`, unit: "1/s", value: counts / liveSec, error: Math.sqrt(counts) / liveSec }];
    },
  );
}

/** As the message states them: a step is a new calibration. */
function efficiencies(data: PulseHeightData): QualityQuantity[] {
  const regions = data.regionEfficiencies
    .filter(({ region, efficiency }) => region <= 6 && efficiency > 0)
    .map(({ region, nuclide: name, efficiency, error }) => ({
      ...{ name: `stated efficiency, region ${region} (${name})`, unit: "", value: efficiency, error },
    }));
  const calibration = data.system === "P" ? gammaCalibration(data) : "";
  if (typeof calibration === "string") return regions;
  const value = calibration.efficiency.at(STATED_KEV);
  const error = value * calibration.efficiency.relativeError(STATED_KEV);
  return [...regions, { name: `stated efficiency at ${STATED_KEV} keV`, unit: "", value, error }];
}

function lines(data: PulseHeightData, peaks: readonly Peak[], energy: EnergyCalibration): QualityQuantity[] {
  const { kind, acquisition, certificate } = data;
  const certified = certificate?.nuclides.filter(({ energyKeV }) => energyKeV > 0) ?? [];
  const wanted: readonly ReferenceLine[] =
    kind === "SAMPLEPHD" ? filterLines : certified.length > 0 ? certified : sourceLines;
  return wanted.flatMap((line): QualityQuantity[] => {
    const found = peaks
      .map((peak) => ({ peak, energyKeV: energy.energyAt(peak.channel) }))
      .filter(({ energyKeV }) => Math.abs(energyKeV - line.energyKeV) < FOUND_WITHIN_KEV)
      .filter(({ peak }) => peak.areaErrorCounts < MAX_AREA_ERROR * peak.areaCounts)
      .reduce<{ peak: Peak; energyKeV: number } | null>(
        (a, b) => (a && a.peak.areaCounts > b.peak.areaCounts ? a : b),
        null,
      );
    if (!found || !acquisition) return [];
    const { areaCounts, areaErrorCounts, fwhmKeV, energyErrorKeV } = found.peak;
    const name = `${line.nuclide} ${line.energyKeV.toFixed(1)} keV`;
    const list: QualityQuantity[] = [
      { name: `${name}: energy`, unit: "keV", value: found.energyKeV, error: energyErrorKeV },
      { name: `${name}: FWHM`, unit: "keV", value: fwhmKeV, error: null },
    ];
    if (kind === "SAMPLEPHD") return list;
    const [rate, error] = [areaCounts / acquisition.liveSec, areaErrorCounts / acquisition.liveSec];
    list.push({ name: `${name}: net count rate`, unit: "1/s", value: rate, error });
    const photons = certificate ? photonsPerSec(line, certificate.assayTime, acquisition) : 0;
    if (photons > 0)
      list.push({ name: `${name}: efficiency`, unit: "", value: rate / photons, error: error / photons });
    return list;
  });
}

/** Of a certified line at the measurement, with our own half-life and intensity; 0 for a nuclide or a line that we do not know. */
function photonsPerSec(
  { nuclide: name, activityBq, energyKeV }: ReferenceLine,
  assayTime: number,
  { startTime, realSec }: NonNullable<PulseHeightData["acquisition"]>,
): number {
  const known = nuclide(name);
  const line = known?.gamma.find((one) => Math.abs(one.energyKeV - energyKeV) < FOUND_WITHIN_KEV);
  if (!known || !line || activityBq === undefined) return 0;
  return activityBq * line.intensity * Math.exp(-known.lambdaPerSec * (startTime + realSec / 2 - assayTime));
}
