/**
 * What an instrument does to ground motion: the frequency response of its stages (SEED Reference Manual 2.4, Appendix C), and the
 * Wood-Anderson seismograph that local magnitude is defined by.
 *
 *     const countsPerNm = displacementResponse(channel, 1.0); // complex, at 1 Hz
 */
import {
  azimuthDifference,
  type Channel,
  type Complex,
  type InstrumentResponse,
  RADIANS_PER_DEGREE,
  type ResponseStage,
  type ResponseUnit,
} from "@harken/core";

export const multiply = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});

export function divide(a: Complex, b: Complex): Complex {
  const d = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / d, im: (a.im * b.re - a.re * b.im) / d };
}

export const modulus = ({ re, im }: Complex): number => Math.hypot(re, im);

const scale = ({ re, im }: Complex, factor: number): Complex => ({ re: re * factor, im: im * factor });
const polar = (r: number, angle: number): Complex => ({ re: r * Math.cos(angle), im: r * Math.sin(angle) });

/** Poles and zeros at a point of their plane, without gain. */
export function polesAndZeros(poles: readonly Complex[], zeros: readonly Complex[], at: Complex): Complex {
  let value: Complex = { re: 1, im: 0 };
  for (const zero of zeros) value = multiply(value, { re: at.re - zero.re, im: at.im - zero.im });
  for (const pole of poles) value = divide(value, { re: at.re - pole.re, im: at.im - pole.im });
  return value;
}

/** Index of the last value not above x, clipped so that a neighbour follows. */
function bracket(values: readonly number[], x: number): number {
  let i = 0;
  while (i + 2 < values.length && values[i + 1]! <= x) i++;
  return i;
}

function stageResponse(stage: ResponseStage, frequencyHz: number): Complex {
  const omega = 2 * Math.PI * frequencyHz;
  switch (stage.kind) {
    case "gain":
      return { re: stage.gain, im: 0 };
    case "polynomial":
      // Near its working point a polynomial sensor is its linear coefficient.
      return { re: stage.coefficients[1] ? 1 / stage.coefficients[1] : 1, im: 0 };
    case "paz": {
      const at =
        stage.domain === "laplace"
          ? { re: 0, im: omega }
          : polar(1, omega / (stage.sampleRateHz ?? Number.POSITIVE_INFINITY));
      return scale(polesAndZeros(stage.poles, stage.zeros, at), stage.normalization * stage.gain);
    }
    case "fap": {
      const { frequenciesHz, amplitudes, phasesDeg } = stage;
      if (frequenciesHz.length === 0) return { re: 0, im: 0 };
      if (frequenciesHz.length === 1) return polar(amplitudes[0]! * stage.gain, phasesDeg[0]! * RADIANS_PER_DEGREE);
      const i = bracket(frequenciesHz, frequencyHz);
      const [f0, f1] = [frequenciesHz[i]!, frequenciesHz[i + 1]!];
      const f = Math.min(1, Math.max(0, (frequencyHz - f0) / (f1 - f0)));
      const amplitude = amplitudes[i]! + (amplitudes[i + 1]! - amplitudes[i]!) * f;
      // Tables jump by a turn at 180 deg; the phase goes the short way.
      const phase = phasesDeg[i]! + azimuthDifference(phasesDeg[i + 1]!, phasesDeg[i]!) * f;
      return polar(amplitude * stage.gain, phase * RADIANS_PER_DEGREE);
    }
    case "fir": {
      // Horner's scheme in exp(-i omega / rate): a multiplication for each coefficient.
      const { re: c, im: s } = polar(1, -omega / stage.inputRateHz);
      let [re, im, sum] = [0, 0, 0];
      for (let k = stage.coefficients.length - 1; k >= 0; k--) {
        [re, im] = [re * c - im * s + stage.coefficients[k]!, re * s + im * c];
        sum += stage.coefficients[k]!;
      }
      // Coefficients that do not sum to one carry a scale that the stage's gain already states.
      const value = sum === 0 ? { re, im } : { re: re / sum, im: im / sum };
      return scale(multiply(value, polar(1, omega * stage.correctionSec)), stage.gain);
    }
  }
}

/** Counts per input unit at a frequency (> 0 Hz). A response without stages is its sensitivity, flat. */
export function instrumentResponse(response: InstrumentResponse, frequencyHz: number): Complex | null {
  if (response.stages.length === 0) return response.sensitivity === null ? null : { re: response.sensitivity, im: 0 };
  return response.stages.reduce<Complex>((value, stage) => multiply(value, stageResponse(stage, frequencyHz)), {
    re: 1,
    im: 0,
  });
}

/** What is known of a channel's instrument: its response, or one calibration. */
export type Instrument = Pick<Channel, "response" | "calibNmPerCount" | "calperSec">;

/** What one nm of displacement is in an input unit, at a frequency; null for units that are no ground motion. */
function fromNanometre(unit: ResponseUnit, frequencyHz: number): Complex | null {
  const omega = 2 * Math.PI * frequencyHz;
  switch (unit) {
    case "nm":
      return { re: 1, im: 0 };
    case "m":
      return { re: 1e-9, im: 0 };
    case "m/s":
      return { re: 0, im: 1e-9 * omega };
    case "m/s**2":
      return { re: -1e-9 * omega * omega, im: 0 };
    default:
      return null;
  }
}

/**
 * Counts per nm of ground displacement at a frequency (> 0 Hz). Where only a calibration at one period is known (CSS3.0, GSE2), the sensor
 * is taken to be flat in velocity, as seismometers are above their natural frequency. Null when nothing is known.
 */
export function displacementResponse(
  { response, calibNmPerCount, calperSec }: Instrument,
  frequencyHz: number,
): Complex | null {
  if (response) {
    const motion = fromNanometre(response.inputUnit, frequencyHz);
    const counts = instrumentResponse(response, frequencyHz);
    if (motion && counts && modulus(counts) > 0) return multiply(motion, counts);
  }
  if (!calibNmPerCount) return null;
  return { re: 0, im: (frequencyHz * (calperSec || 1)) / calibNmPerCount };
}

/** Counts per Pa at a frequency (> 0 Hz); null where the channel's response is not to pressure, or not known. */
export function pressureResponse({ response }: Instrument, frequencyHz: number): Complex | null {
  return response?.inputUnit === "Pa" ? instrumentResponse(response, frequencyHz) : null;
}

/** Constants of the Wood-Anderson torsion seismograph (IASPEI 2013, after Uhrhammer and Collins 1990, doi:10.1785/BSSA0800030702). */
export const woodAnderson = Object.freeze({ periodSec: 0.8, damping: 0.7 });

/** Response of a Wood-Anderson seismograph of static magnification 1 to displacement. */
export function woodAndersonResponse(frequencyHz: number): Complex {
  const omega = 2 * Math.PI * frequencyHz;
  const natural = (2 * Math.PI) / woodAnderson.periodSec;
  return divide(
    { re: -omega * omega, im: 0 },
    { re: natural * natural - omega * omega, im: 2 * woodAnderson.damping * natural * omega },
  );
}
