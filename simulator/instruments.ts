/**
 * The two seismometers of the simulated network, with the poles and zeros that their makers publish, and the digitizer behind them.
 *
 * - Streckeisen STS-2 (three components, flat to velocity from 120 s to beyond 50 Hz): double zero at 0, five poles, 1500 V s/m.
 *   Source: the generic STS-2 response of the IRIS nominal response library (PASSCAL sheets).
 * - Geotech GS-13 (vertical, 1 Hz, damped to 0.707): double zero at 0, two poles, 2000 V s/m. Source: the maker's data sheet.
 *
 *     const { re, im } = transferFunction(sts2, 1); // counts per m/s at 1 Hz
 */
import type { Complex, InstrumentResponse, ResponseStage } from "@harken/core";

export interface Seismometer {
  readonly name: string;
  /** Full response from ground velocity (m/s) to counts. */
  readonly response: InstrumentResponse;
}

/** A 24-bit digitizer of 4 V full scale peak to peak, sensitive enough that the quietest ground stands above the last bit. */
const COUNTS_PER_VOLT = 2 ** 24 / 4;
const CALIBRATION_FREQUENCY_HZ = 1;
const NANO = 1e-9;
const GS13_CORNER_RAD_PER_SEC = 2 * Math.PI;

type PazStage = Extract<ResponseStage, { kind: "paz" }>;

const conjugates = (re: number, im: number): readonly Complex[] => [
  { re, im },
  { re, im: -im },
];
const origin: Complex = { re: 0, im: 0 };

function seismometer(name: string, voltSecPerMeter: number, poles: readonly Complex[]): Seismometer {
  const shape: PazStage = {
    ...{ kind: "paz", domain: "laplace", inputUnit: "m/s", outputUnit: "V" },
    ...{ poles, zeros: [origin, origin], normalization: 1 },
    ...{ gain: voltSecPerMeter, gainFrequencyHz: CALIBRATION_FREQUENCY_HZ },
  };
  const atCalibration = polesAndZeros(shape, 2 * Math.PI * CALIBRATION_FREQUENCY_HZ);
  const normalized: PazStage = { ...shape, normalization: 1 / Math.hypot(atCalibration.re, atCalibration.im) };
  return {
    name,
    response: {
      stages: [normalized, { kind: "gain", inputUnit: "V", outputUnit: "counts", gain: COUNTS_PER_VOLT }],
      sensitivity: voltSecPerMeter * COUNTS_PER_VOLT,
      sensitivityFrequencyHz: CALIBRATION_FREQUENCY_HZ,
      inputUnit: "m/s",
    },
  };
}

export const sts2: Seismometer = seismometer("STS-2", 1500, [
  ...conjugates(-0.037004, 0.037016),
  { re: -251.33, im: 0 },
  ...conjugates(-131.04, 467.29),
]);

/** Poles of a pendulum of 1 Hz at 0.707 of critical damping lie at 45 degrees. */
export const gs13: Seismometer = seismometer(
  "GS-13",
  2000,
  conjugates(-GS13_CORNER_RAD_PER_SEC * Math.SQRT1_2, GS13_CORNER_RAD_PER_SEC * Math.SQRT1_2),
);

function polesAndZeros({ poles, zeros, normalization }: PazStage, omega: number): Complex {
  let re = normalization;
  let im = 0;
  for (const zero of zeros) {
    const [r, i] = [-zero.re, omega - zero.im];
    [re, im] = [re * r - im * i, re * i + im * r];
  }
  for (const pole of poles) {
    const [r, i] = [-pole.re, omega - pole.im];
    const square = r * r + i * i;
    [re, im] = [(re * r + im * i) / square, (im * r - re * i) / square];
  }
  return { re, im };
}

/** Counts per m/s at a frequency. */
export function transferFunction({ response }: Seismometer, frequencyHz: number): Complex {
  let re = 1;
  let im = 0;
  for (const stage of response.stages) {
    const gain = "gain" in stage ? stage.gain : 1;
    const part = stage.kind === "paz" ? polesAndZeros(stage, 2 * Math.PI * frequencyHz) : { re: 1, im: 0 };
    [re, im] = [gain * (re * part.re - im * part.im), gain * (re * part.im + im * part.re)];
  }
  return { re, im };
}

/** CSS calib at 1 s: nm of ground displacement per count. */
export function calibNmPerCount({ response }: Seismometer): number {
  const countsPerMeter = response.sensitivity! * 2 * Math.PI * CALIBRATION_FREQUENCY_HZ;
  return 1 / (countsPerMeter * NANO);
}

export const CALPER_SEC = 1 / CALIBRATION_FREQUENCY_HZ;
