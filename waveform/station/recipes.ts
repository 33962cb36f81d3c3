/**
 * The recipes of the three waveform technologies.
 *
 * Windows and thresholds follow the open successors of the IDC's software (GMS PI7: STA 3 s, LTA 24 s, 750 repeated samples; amplitude
 * A5/2 of PI27) and the beam sets of ARCES and CMAR, and are tuned for the trailing windows of signal/staLta.ts on real noise.
 */
import { pmccBands } from "@harken/signal";
import type { StationRecipe } from "./recipe.ts";

export const seismicRecipe: StationRecipe = Object.freeze<StationRecipe>({
  name: "seismic-1",
  technology: "seismic",
  quality: { loneRatio: 20, repeatedSec: 10, clippedSamples: 4, clippedLeastCounts: 100_000, recoverySec: 5 },
  window: { coreSec: 900, leadSec: 100, tailSec: 240 },
  filterOrder: 3,
  bands: [
    { name: "0.8-2", lowHz: 0.8, highHz: 2, staSec: 1.5, on: 4.2 },
    { name: "1.2-3", lowHz: 1.2, highHz: 3, staSec: 1.2, on: 4 },
    { name: "2-4", lowHz: 2, highHz: 4, staSec: 1, on: 4 },
    { name: "3-6", lowHz: 3, highHz: 6, staSec: 1, on: 4 },
    { name: "5-9", lowHz: 5, highHz: 9, staSec: 1, on: 4.2 },
    { name: "8-16", lowHz: 8, highHz: 16, staSec: 0.5, on: 4.8 },
    { name: "15-30", lowHz: 15, highHz: 30, staSec: 0.3, on: 4.8 },
  ],
  ltaSec: 40,
  gapSec: 1,
  minLtaSec: 8,
  recent: { sec: 6, share: 0.6 },
  off: 2,
  rise: 2,
  mergeSec: 2,
  onset: {
    order: 10,
    noiseSec: 15,
    beforeSec: 5,
    earlySec: 0.3,
    fadedSec: 2.5,
    afterSec: 1,
    minQuality: 0.02,
    // A sharp onset counts as three ways of growing.
    risePeriods: [0, 0, 0, 0.15, 0.3, 0.6, 1.2, 2.4],
    growthPeriods: 1.5,
    growthSec: 0.5,
  },
  timeError: { factor: 0.9, weakFactor: 0.2, weakSnr: 5, unclearPeriods: 1.6, minSec: 0, maxSec: 2 },
  array: {
    beams: null,
    minSlowness: 0,
    maxSlowness: 0.31,
    beamSpacing: 0.8,
    maxBeams: 100,
    candidateOn: 3,
    incoherentOn: 2.5,
    rise: 1.5,
    maxNoiseRatio: 5,
    fkWindowSec: 4,
    fkLeadSec: 0.7,
    fkMaxSlowness: 0.4,
    fkStep: 0.4,
    minF: 8,
    minSlowF: 12,
    minLaterF: 4.5,
    minRatio: 3.2,
    keepRatio: 8,
  },
  threeComponent: {
    windowSec: 1.5,
    noiseSec: 7,
    minRatio: 3,
    bands: [
      { lowHz: 0.8, highHz: 2 },
      { lowHz: 1, highHz: 3 },
      { lowHz: 1.5, highHz: 4 },
    ],
    minRectilinearity: 0.8,
    scatteredTilt: 0.1,
    scatteredMotions: 6,
    largestSine: 0.75,
    earthSecPerDeg: 2.5,
    surfaceSvelocity: 2.4,
    surfaceVelocityScatter: 0.24,
  },
  amplitude: {
    lowHz: 0.8,
    highHz: 4.5,
    leadSec: 0.5,
    lengthSec: 5.5,
    minPeriodSec: 0.2,
    maxPeriodSec: 1.5,
    localLengthSec: 220,
    localLowHz: 0.5,
  },
  longPeriod: {
    lowHz: 0.04,
    highHz: 0.065,
    staSec: 60,
    ltaSec: 600,
    minLtaSec: 240,
    on: 3,
    minPeriodSec: 17,
    maxPeriodSec: 23,
  },
  infrasound: null,
  hydroacoustic: null,
});

/** Sounds in the ocean: H of explosions in the water, T of earthquakes, N of ships and ice, at triplets of hydrophones 2 km apart. */
export const hydroacousticRecipe: StationRecipe = Object.freeze<StationRecipe>({
  ...seismicRecipe,
  name: "hydroacoustic-2",
  technology: "hydroacoustic",
  bands: [
    { name: "2-6", lowHz: 2, highHz: 6, staSec: 4, on: 3.5 },
    { name: "4-12", lowHz: 4, highHz: 12, staSec: 3, on: 3.5 },
    { name: "10-30", lowHz: 10, highHz: 30, staSec: 1.5, on: 4 },
    { name: "25-75", lowHz: 25, highHz: 75, staSec: 1, on: 4.5 },
  ],
  ltaSec: 90,
  minLtaSec: 15,
  recent: { sec: 15, share: 0.6 },
  mergeSec: 8,
  window: { coreSec: 600, leadSec: 130, tailSec: 120 },
  // A T wave swells for many of its periods.
  onset: { ...seismicRecipe.onset, risePeriods: [0, 0.3, 1.2, 4, 12], growthPeriods: 15 },
  timeError: { ...seismicRecipe.timeError, unclearPeriods: 8, minSec: 0.05, maxSec: 5 },
  array: {
    ...seismicRecipe.array,
    minSlowness: 0.62,
    maxSlowness: 0.72,
    maxBeams: 36,
    incoherentOn: 3,
    fkWindowSec: 6,
    fkLeadSec: 1,
    fkMaxSlowness: 0.9,
    minF: 5,
    minSlowF: 5,
    minLaterF: 5,
    keepRatio: 4.5,
  },
  longPeriod: null,
  hydroacoustic: {
    borderHz: 12,
    borderOctaves: 1,
    borderSec: 25,
    borderRiseSec: 6,
    leastOctaves: 0.35,
    shortestSec: 2,
    longestSec: 150,
    endless: 0.6,
    bubbleScore: 2,
    ashore: false,
  },
});

/** T phases that go ashore and shake the seismometers of an island; their high frequencies stay in the sea. */
export const tPhaseRecipe: StationRecipe = Object.freeze<StationRecipe>({
  ...hydroacousticRecipe,
  name: "t-phase-1",
  bands: [
    { name: "2-4", lowHz: 2, highHz: 4, staSec: 5, on: 3.2 },
    { name: "3-8", lowHz: 3, highHz: 8, staSec: 4, on: 3.2 },
    { name: "6-16", lowHz: 6, highHz: 16, staSec: 3, on: 3.5 },
  ],
  amplitude: seismicRecipe.amplitude,
  // What goes ashore is low in any case: time alone tells T from P.
  hydroacoustic: { ...hydroacousticRecipe.hydroacoustic!, borderOctaves: 8, ashore: true },
});

/** Sounds in the air: I of explosions, bolides and rockets, N of surf, microbaroms and waterfalls. */
export const infrasoundRecipe: StationRecipe = Object.freeze<StationRecipe>({
  ...seismicRecipe,
  name: "infrasound-2",
  technology: "infrasound",
  bands: [{ name: "0.3-5", lowHz: 0.3, highHz: 5, staSec: 5, on: 4 }],
  ltaSec: 120,
  minLtaSec: 30,
  window: { coreSec: 1200, leadSec: 120, tailSec: 300 },
  timeError: { ...seismicRecipe.timeError, minSec: 2, maxSec: 20 },
  longPeriod: null,
  infrasound: {
    pmcc: {
      bands: pmccBands({ lowHz: 0.07, highHz: 8, count: 11, windowPeriods: 12, minWindowSec: 6, maxWindowSec: 120 }),
      stepsPerWindow: 5,
      filterOrder: 2,
      samplesPerPeriod: 5,
      maxConsistencyPeriods: 0.15,
      maxConsistencySec: 0.3,
      minCorrelation: 0.3,
      minElementShare: 0.7,
      maxTriangles: 4,
      minSpeedKmPerSec: 0.28,
      maxSpeedKmPerSec: 0.6,
    },
    family: { sigmaWindows: 0.6, sigmaOctaves: 1.2, sigmaAzimuthDeg: 10, sigmaSpeed: 0.1, minPixels: 10 },
    fisher: { periods: 5, minSec: 4, maxSec: 60, steps: 4, noiseSec: 120, probability: 1e-5, valley: 0.5, pause: 100 },
    category: {
      minFisher: 12,
      longestSec: 300,
      microbaromHz: 0.65,
      microbaromSec: 100,
      microbaromFisher: 40,
      memorySec: 6 * 3600,
      clutterCount: 8,
      clutterShare: 0.25,
      leastMemorySec: 3600,
      sameAzimuthDeg: 6,
      sameOctaves: 1,
    },
    wind: { lowHz: 0.02, highHz: 0.07, blockSec: 120, breezePa: 0.1, strongPa: 0.5 },
    modelAzimuthDeg: 2,
    modelSlowness: 0.03,
  },
});

const recipes: readonly StationRecipe[] = [seismicRecipe, hydroacousticRecipe, infrasoundRecipe];

/** By what the data are of, and what the station is for: seismometers of a hydroacoustic station listen to T phases. */
export const recipeFor = (
  technology: StationRecipe["technology"],
  purpose: StationRecipe["technology"] = technology,
): StationRecipe =>
  technology === "seismic" && purpose === "hydroacoustic"
    ? tPhaseRecipe
    : recipes.find((recipe) => recipe.technology === technology)!;
