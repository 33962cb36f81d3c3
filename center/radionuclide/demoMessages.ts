/**
 * Messages of two made-up stations for a simulated centre: an air filter and a gas cell a day, most of them nature and background alone, with a reactor's
 * xenon now and then and one sample with fission products.
 */
import { isoTime, type PulseHeightData, randomStream } from "@harken/core";
import { encodePulseHeightData } from "@harken/formats";
import {
  airFilterBq,
  logarithmicEfficiency,
  polynomialEnergy,
  rootResolution,
  simulatedTimes,
  simulateParticulate,
  simulateSample,
} from "@harken/radionuclide";

const DAY = 86_400;
const filterTruth = {
  calibration: {
    energy: polynomialEnergy([-0.4, 0.33]),
    resolution: rootResolution(0.74, 0.0416),
    efficiency: logarithmicEfficiency(948, [-3.5, 0.86, -0.15, -0.23, 0.24, -0.07], 0.03),
  },
  channels: 8192,
  scatteredCounts: 2500,
  scatteredKeV: 250,
};

/** Oldest first: `days` samples of each station, the last collected on the day before `until`. */
export function* demoMessages(seed: number, until: number, days: number): Generator<string> {
  for (let day = 0; day < days; day++) {
    const start = Math.floor(until / DAY - days + day) * DAY;
    yield encodePulseHeightData(checkSource(seed, day, start));
    yield encodePulseHeightData(filter(seed, day, start, day === days - 2));
    yield* gas(seed, day, start).map(encodePulseHeightData);
  }
}

const stampOf = (time: number) => isoTime(time, 1).replaceAll("-", "/").replace("T", "-").replace("Z", "");
const sampleIdOf = (station: string, time: number) =>
  `${station}${isoTime(time, 0).slice(0, 10).replaceAll("-", "")}0011`;

function filter(seed: number, day: number, start: number, release: boolean): PulseHeightData {
  const random = randomStream(seed, "filter", day);
  const weather = Math.exp(0.25 * random.normal());
  const nature = Object.fromEntries(Object.entries(airFilterBq).map(([name, bq]) => [name, bq * weather]));
  const fission = release ? { "Cs-137": 0.6, "I-131": 1.2, "Ba-140": 1.4 } : {};
  const data = simulateParticulate({ ...filterTruth, activitiesBq: { ...nature, ...fission } }, random);
  const acquisition = { ...data.acquisition!, startTime: start + 2 * DAY };
  return {
    ...data,
    acquisition,
    messageId: sampleIdOf("02", start),
    sampleId: sampleIdOf("02", start),
    measurementId: `SIM02_001-${stampOf(acquisition.startTime)}`,
    collection: { ...data.collection!, startTime: start, stopTime: start + DAY },
    transmitTime: acquisition.startTime + acquisition.realSec + 600,
  };
}

/** From this day on the gain of the filter's detector drifts by so much a day, relative: something for the control charts to tell. */
const DEMO_DRIFT_FROM = 9;
const DRIFT_PER_DAY = 3e-4;
const SOURCE_SEC = { realSec: 1000, liveSec: 998 };
/** Bq of a small mixed source on the end cap. */
const sourceBq = { "Am-241": 2500, "Cs-137": 1200, "Co-60": 900 };

/** A quarter of an hour with the check source, before the filter of the day. */
function checkSource(seed: number, day: number, start: number): PulseHeightData {
  const random = randomStream(seed, "source", day);
  const gain = 0.33 * (1 + DRIFT_PER_DAY * Math.max(0, day - DEMO_DRIFT_FROM) + 1e-5 * random.normal());
  // The simulation counts for as long as for a filter.
  const share = SOURCE_SEC.liveSec / simulatedTimes.acquisition.liveSec;
  const data = simulateParticulate(
    {
      ...filterTruth,
      calibration: { ...filterTruth.calibration, energy: polynomialEnergy([-0.4, gain]) },
      activitiesBq: Object.fromEntries(Object.entries(sourceBq).map(([name, bq]) => [name, bq * share])),
      scatteredCounts: 200,
    },
    random,
  );
  const startTime = start + 2 * DAY - 3600;
  return {
    ...data,
    kind: "QCPHD",
    // The station goes on stating the calibration that it has.
    gammaEnergy: data.gammaEnergy.map((point) => ({
      ...point,
      value: filterTruth.calibration.energy.channelAt(point.energyKeV),
    })),
    collection: null,
    acquisition: { startTime, ...SOURCE_SEC },
    messageId: `QC${sampleIdOf("02", start)}`,
    sampleId: `QC${sampleIdOf("02", start)}`,
    measurementId: `SIM02_001-${stampOf(startTime)}`,
    transmitTime: startTime + SOURCE_SEC.realSec + 60,
  };
}

/** The cell before the sample, and the sample twelve hours later. */
function gas(seed: number, day: number, start: number): PulseHeightData[] {
  const random = randomStream(seed, "gas", day);
  const xe133 = 0.02 * Math.exp(random.normal()) + (day % 5 === 3 ? 0.4 : 0);
  const measure = (startTime: number, truth: Parameters<typeof simulateSample>[0]["truth"]) =>
    simulateSample({ startTime, realSec: 40_500, liveSec: 40_000, truth, backgroundPerSec: 0.003 }, random);
  const times = { gas: start + 0.6 * DAY, sample: start + 1.2 * DAY };
  const memory = { radon: 0.01, xe135: 0, xe133: 0.01, xe131m: 0, xe133m: 0 };
  const gasId = `SIM01_001-${stampOf(times.gas)}`;
  const emptyId = `SIM01_001-${stampOf(start - 30 * DAY)}`;
  const identity = (data: PulseHeightData, measurementId: string): PulseHeightData => ({
    ...data,
    measurementId,
    messageId: measurementId,
    sampleId: sampleIdOf("01", start),
    transmitTime: data.acquisition!.startTime + 41_000,
  });
  const background = identity({ ...measure(times.gas, memory), kind: "GASBKPHD" }, gasId);
  const empty = identity(
    { ...measure(start - 30 * DAY, { ...memory, radon: 0, xe133: 0 }), kind: "DETBKPHD" },
    emptyId,
  );
  const sample = identity(
    measure(times.sample, { radon: 0.05, xe135: 0, xe133, xe131m: 0.2 * xe133, xe133m: 0 }),
    `SIM01_001-${stampOf(times.sample)}`,
  );
  return [
    empty,
    background,
    {
      ...sample,
      gasBackgroundId: gasId,
      detectorBackgroundId: emptyId,
      collection: { startTime: start + 0.25 * DAY, stopTime: start + 0.75 * DAY, airVolumeM3: 16 },
      processing: {
        ...{ xenonVolumeMl: 1.1, xenonVolumeErrorMl: 0.06, yieldFraction: 0.7, yieldError: 0.04 },
        archiveBottle: String(day),
      },
    },
  ];
}
