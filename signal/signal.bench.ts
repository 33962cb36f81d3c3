/** The kernels of station processing on synthetic noise. */
import { randomStream } from "@harken/core";
import { autoregressiveOnset } from "./autoregression.ts";
import { butterworthBandPass } from "./butterworth.ts";
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

export const benchmarks = [
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
