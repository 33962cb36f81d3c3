/** The kernels of station processing on synthetic noise. */
import { randomStream } from "@harken/core";
import { autoregressiveOnset } from "./autoregression.ts";
import { butterworthBandPass } from "./butterworth.ts";
import { Cascade, cascadeTwin } from "./cascade.ts";
import { classicStaLta, recursiveStaLta } from "./characteristic.ts";
import { correlateTemplates } from "./correlation.ts";
import { strongestOfDeck } from "./deck.ts";
import { filterForward, filterZeroPhase } from "./filter.ts";
import { planSlowness } from "./fk.ts";
import { fourierOf } from "./fourier.ts";
import { findFamilies } from "./pmcc/families.ts";
import { findPixels } from "./pmcc/pixels.ts";
import {
  RATE as AIR_RATE_HZ,
  addTrain,
  noise as air,
  array as barometers,
  familySettings,
  settings as pmcc,
} from "./pmcc/testArray.ts";
import { planHourlySpectra } from "./ppsd.ts";
import { realFourierOf } from "./realFourier.ts";
import { gridTwin, planGrid } from "./slownessGrid.ts";
import { staLta } from "./staLta.ts";

const RATE_HZ = 40;
const SAMPLES = 6 * 3600 * RATE_HZ;
const FFT_SIZE = 8192;
const FFT_COUNT = 50;

const random = randomStream(1, "signal bench");
const noise = Float64Array.from({ length: SAMPLES }, () => random.normal());
const filter = butterworthBandPass(2, 0.8, 4.5, RATE_HZ);
const search = { lowHz: 1, highHz: 8.3, maxSlownessSecPerKm: 0.4, gridCount: 51 };
/** A plan for so many elements, and windows of 3 s for it. */
function array(count: number) {
  const elements = Array.from({ length: count }, (_, j) => ({
    northKm: Math.cos(j) * (1 + j / 10),
    eastKm: Math.sin(j) * (1 + j / 10),
  }));
  const windows = elements.map((_, j) => noise.subarray(j * 1000, j * 1000 + 3 * RATE_HZ));
  return { plan: planSlowness(elements, RATE_HZ, 3 * RATE_HZ, search), windows };
}
const nine = array(9);
const twentyFive = array(25);
const window = noise.subarray(0, 25 * RATE_HZ);
const onsetSearch = {
  noiseFrom: 0,
  from: 15 * RATE_HZ,
  to: 23 * RATE_HZ,
  earliest: 20 * RATE_HZ,
  latest: 22 * RATE_HZ,
  order: 10,
};

/** Channel-hours of PMCC in noise with a train of sound every quarter of an hour. */
function correlation(count: number) {
  const elements = barometers(count);
  const traces = air(elements, 3600, 1);
  const sound = { speedKmPerSec: 0.34, lowHz: 0.3, highHz: 3, lengthSec: 60, amplitude: 2 };
  for (let fromSec = 450; fromSec < 3600; fromSec += 900)
    addTrain(traces, elements, { ...sound, fromSec, azimuthDeg: fromSec % 360 }, fromSec);
  return {
    name: `PMCC, ${pmcc.bands.length} bands, ${count} elements, 1 h at ${AIR_RATE_HZ} Hz`,
    unit: "channel-hours",
    amount: count,
    run: () => void findFamilies(findPixels(traces, elements, AIR_RATE_HZ, pmcc), pmcc.bands, familySettings),
  };
}

/** 24 h at 40 Hz. */
const DAY_SAMPLES = 24 * 3600 * RATE_HZ;
const day = new Float64Array(DAY_SAMPLES);
for (let at = 0; at < DAY_SAMPLES; at += SAMPLES) day.set(noise, at);
const ratio = new Float64Array(DAY_SAMPLES);
const inPlace = Float64Array.from(noise);
const eightPoles = butterworthBandPass(4, 0.8, 4.5, RATE_HZ);
const running = new Cascade(eightPoles.sections);
const averages = { staSec: 1, ltaSec: 60 };
const narrow = Float32Array.from(noise.subarray(0, FFT_SIZE));
const realFourier = realFourierOf(FFT_SIZE);
const parts = [new Float32Array(realFourier.bins), new Float32Array(realFourier.bins)] as const;
const templates = Array.from({ length: 10 }, (_, k) => noise.slice(5000 * k, 5000 * k + 30 * RATE_HZ));
const coefficients = templates.map(() => new Float32Array(DAY_SAMPLES - 30 * RATE_HZ + 1));
const hourly = planHourlySpectra(RATE_HZ);
const smallShape = {
  elements: Array.from({ length: 9 }, (_, j) => ({
    northKm: Math.cos(j) * (1 + j / 10),
    eastKm: Math.sin(j) * (1 + j / 10),
  })),
  omega: Float64Array.from({ length: 24 }, (_, k) => 2 * Math.PI * (1 + k / 3)),
  maxSlownessSecPerKm: 0.4,
  gridCount: 51,
};
const spectra = [noise.slice(0, 9 * 24), noise.slice(1000, 1000 + 9 * 24)] as const;
const power = new Float64Array(51 * 51);
const kernelGrid = planGrid(smallShape);
const twinGrid = gridTwin(smallShape);
const deckElements = Array.from({ length: 16 }, (_, j) => noise.subarray(1000 * j, 1000 * j + 600 * RATE_HZ + 200));
const deckDelays = Array.from({ length: 100 }, (_, b) => deckElements.map((_, j) => Math.round(40 * Math.sin(b * j))));
const deckOptions = {
  bin: 4,
  count: 6000,
  sampleRateHz: 10,
  windows: { staSec: 1, ltaSec: 40, gapSec: 1, minLtaSec: 8, recent: { sec: 6, share: 0.6 } },
  bad: new Uint8Array(6000),
};

/** A kernel beside the twin that it is held to. */
const kernels = [
  {
    name: `Butterworth band-pass, 8 poles, causal, in place, 6 h at ${RATE_HZ} Hz`,
    unit: "Msamples",
    amount: SAMPLES / 1e6,
    run: () => running.run(inPlace),
  },
  {
    name: `the same by the plain twin`,
    unit: "Msamples",
    amount: SAMPLES / 1e6,
    run: () => cascadeTwin(eightPoles.sections, inPlace),
  },
  {
    name: `Butterworth band-pass, 8 poles, zero phase, 24 h at ${RATE_HZ} Hz`,
    unit: "Msamples",
    amount: DAY_SAMPLES / 1e6,
    run: () => void filterZeroPhase(eightPoles, day, ratio),
  },
  {
    name: `recursive STA/LTA 1 s / 60 s, 24 h at ${RATE_HZ} Hz`,
    unit: "Msamples",
    amount: DAY_SAMPLES / 1e6,
    run: () => void recursiveStaLta(day, RATE_HZ, averages, ratio),
  },
  {
    name: `classic STA/LTA 1 s / 60 s, 24 h at ${RATE_HZ} Hz`,
    unit: "Msamples",
    amount: DAY_SAMPLES / 1e6,
    run: () => void classicStaLta(day, RATE_HZ, averages, ratio),
  },
  {
    name: `real FFT f32 of ${FFT_SIZE} (2.5 N log2 N flops), ${FFT_COUNT} times`,
    unit: "GFLOP",
    amount: (FFT_COUNT * 2.5 * FFT_SIZE * Math.log2(FFT_SIZE)) / 1e9,
    run() {
      for (let i = 0; i < FFT_COUNT; i++) realFourier.forward(narrow, ...parts);
    },
  },
  {
    name: `normalised cross-correlation, 1 template of 30 s, 24 h at ${RATE_HZ} Hz`,
    unit: "Mcorrelations",
    amount: DAY_SAMPLES / 1e6,
    run: () => void correlateTemplates(templates.slice(0, 1), day, coefficients.slice(0, 1)),
  },
  {
    name: `normalised cross-correlation, 10 templates of 30 s, 24 h at ${RATE_HZ} Hz`,
    unit: "Mcorrelations",
    amount: (10 * DAY_SAMPLES) / 1e6,
    run: () => void correlateTemplates(templates, day, coefficients),
  },
  {
    name: "f-k grid alone 51 x 51, 9 elements, 24 frequencies",
    unit: "windows",
    amount: 1,
    run: () => kernelGrid.fill(...spectra, power),
  },
  { name: "the same by the plain twin", unit: "windows", amount: 1, run: () => twinGrid.fill(...spectra, power) },
  {
    name: `deck of 100 beams of 16 elements, STA/LTA of each, 10 min at ${RATE_HZ} Hz`,
    unit: "beam-days/min",
    amount: (100 * 600 * 60) / 86_400,
    run: () => void strongestOfDeck(deckElements, deckDelays, deckOptions),
  },
  {
    name: `PPSD, 24 h at ${RATE_HZ} Hz`,
    unit: "days",
    amount: 1,
    run: () => void hourly.levels(day),
  },
];

export const benchmarks = [
  ...kernels,
  correlation(4),
  correlation(9),
  {
    name: `Butterworth band-pass, 4 poles, causal, 6 h at ${RATE_HZ} Hz`,
    unit: "Msamples",
    amount: SAMPLES / 1e6,
    run: () => void filterForward(filter, noise),
  },
  {
    name: `Butterworth band-pass, 4 poles, zero phase, 6 h at ${RATE_HZ} Hz`,
    unit: "Msamples",
    amount: SAMPLES / 1e6,
    run: () => void filterZeroPhase(filter, noise),
  },
  {
    name: `STA/LTA 1 s / 30 s, 6 h at ${RATE_HZ} Hz`,
    unit: "Msamples",
    amount: SAMPLES / 1e6,
    run: () => void staLta(noise, RATE_HZ, { staSec: 1, ltaSec: 30, gapSec: 1, minLtaSec: 10 }),
  },
  {
    name: `complex FFT f64, ${FFT_COUNT} of ${FFT_SIZE}`,
    unit: "Msamples",
    amount: (FFT_COUNT * FFT_SIZE) / 1e6,
    run() {
      const [re, im] = [noise.slice(0, FFT_SIZE), new Float64Array(FFT_SIZE)];
      for (let i = 0; i < FFT_COUNT; i++) fourierOf(FFT_SIZE).forward(re, im);
    },
  },
  {
    name: "f-k 51 x 51, 9 elements, 3 s windows",
    unit: "windows",
    amount: 1,
    run: () => void nine.plan.grid(nine.windows),
  },
  {
    name: "f-k 51 x 51, 25 elements, 3 s windows",
    unit: "windows",
    amount: 1,
    run: () => void twentyFive.plan.grid(twentyFive.windows),
  },
  {
    name: `autoregressive onset, 15 s of noise and a window of 8 s at ${RATE_HZ} Hz, order 10`,
    unit: "onsets",
    amount: 1,
    run: () => void autoregressiveOnset(window, onsetSearch),
  },
];
