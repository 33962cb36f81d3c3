/**
 * Butterworth filters as cascades of second-order sections, by the bilinear transform with prewarped corners (Oppenheim and Schafer,
 * Discrete-Time Signal Processing, 7.1; Butterworth 1930).
 *
 *     const filter = butterworthBandPass(3, 0.8, 4.5, 40); // and filterForward(filter, samples) of filter.ts
 */

/** y = (b0 + b1 z^-1 + b2 z^-2) / (1 + a1 z^-1 + a2 z^-2) x. */
export interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

export interface Filter {
  readonly sections: readonly Section[];
  readonly sampleRateHz: number;
  /** Seconds after which the impulse response has died away to about a thousandth. */
  readonly settlingSec: number;
}

interface Pole {
  readonly re: number;
  readonly im: number;
}

/** Left-half-plane poles of the analogue low-pass prototype, upper half and the real axis. */
function prototype(order: number): Pole[] {
  const poles: Pole[] = [];
  for (let k = 0; k < Math.ceil(order / 2); k++) {
    const angle = (Math.PI * (2 * k + order + 1)) / (2 * order);
    poles.push({ re: Math.cos(angle), im: Math.abs(Math.sin(angle)) < 1e-12 ? 0 : Math.sin(angle) });
  }
  return poles;
}

function checkOrder(order: number): void {
  if (!Number.isInteger(order) || order < 1 || order > 12)
    throw new RangeError(`a filter's order is 1 to 12, not ${order}`);
}

const complexSqrt = ({ re, im }: Pole): Pole => {
  const r = Math.hypot(re, im);
  const a = Math.sqrt((r + re) / 2);
  const b = Math.sqrt((r - re) / 2);
  return { re: a, im: im < 0 ? -b : b };
};

/** z = (2 fs + s) / (2 fs - s). */
function bilinear({ re, im }: Pole, twoRate: number): Pole {
  const dr = twoRate - re;
  const d = dr * dr + im * im;
  return { re: ((twoRate + re) * dr - im * im) / d, im: (im * dr + (twoRate + re) * im) / d };
}

const gainAt = ({ b0, b1, b2, a1, a2 }: Section, omega: number): number => {
  const [c1, s1, c2, s2] = [Math.cos(omega), Math.sin(omega), Math.cos(2 * omega), Math.sin(2 * omega)];
  const num = Math.hypot(b0 + b1 * c1 + b2 * c2, b1 * s1 + b2 * s2);
  return num / Math.hypot(1 + a1 * c1 + a2 * c2, a1 * s1 + a2 * s2);
};

function settling(poles: readonly Pole[], sampleRateHz: number): number {
  const slowest = Math.max(...poles.map(({ re, im }) => Math.hypot(re, im)));
  return Math.log(1e-3) / Math.log(slowest) / sampleRateHz;
}

/** Makes each section's gain 1 at `omega` (rad per sample). */
function normalise(sections: readonly Section[], omega: number): Section[] {
  return sections.map((section) => {
    const g = 1 / gainAt(section, omega);
    return { ...section, b0: section.b0 * g, b1: section.b1 * g, b2: section.b2 * g };
  });
}

/**
 * Band-pass of `order` poles at each side (2 x order poles in all). Throws RangeError unless 0 < low < high < half the sample rate.
 */
export function butterworthBandPass(order: number, lowHz: number, highHz: number, sampleRateHz: number): Filter {
  checkOrder(order);
  if (!(lowHz > 0 && highHz > lowHz && highHz < sampleRateHz / 2))
    throw new RangeError(`a band of ${lowHz} to ${highHz} Hz does not fit into 0 to ${sampleRateHz / 2} Hz`);
  const twoRate = 2 * sampleRateHz;
  const [w1, w2] = [lowHz, highHz].map((f) => twoRate * Math.tan((Math.PI * f) / sampleRateHz)) as [number, number];
  const width = w2 - w1;
  const centre2 = w1 * w2;
  const poles: Pole[] = [];
  for (const { re, im } of prototype(order)) {
    // s^2 - p B s + w0^2 = 0 for each pole p of the prototype.
    const half = { re: (re * width) / 2, im: (im * width) / 2 };
    const root = complexSqrt({ re: half.re ** 2 - half.im ** 2 - centre2, im: 2 * half.re * half.im });
    poles.push(bilinear({ re: half.re + root.re, im: half.im + root.im }, twoRate));
    const other = bilinear({ re: half.re - root.re, im: half.im - root.im }, twoRate);
    if (im !== 0 || Math.abs(root.im) < 1e-12) poles.push(other);
  }
  const sections: Section[] = [];
  const real = poles.filter(({ im }) => Math.abs(im) < 1e-12);
  for (let i = 0; i + 1 < real.length; i += 2) {
    const [p, q] = [real[i]!.re, real[i + 1]!.re];
    sections.push({ b0: 1, b1: 0, b2: -1, a1: -(p + q), a2: p * q });
  }
  for (const { re, im } of poles.filter(({ im }) => Math.abs(im) >= 1e-12))
    sections.push({ b0: 1, b1: 0, b2: -1, a1: -2 * re, a2: re * re + im * im });
  const centre = 2 * Math.atan(Math.sqrt(centre2) / twoRate);
  return { sections: normalise(sections, centre), sampleRateHz, settlingSec: settling(poles, sampleRateHz) };
}

/** Low-pass (`kind` "low") or high-pass of `order` poles. Throws RangeError unless 0 < corner < half the sample rate. */
export function butterworthPass(kind: "low" | "high", order: number, cornerHz: number, sampleRateHz: number): Filter {
  checkOrder(order);
  if (!(cornerHz > 0 && cornerHz < sampleRateHz / 2))
    throw new RangeError(`a corner of ${cornerHz} Hz does not fit into 0 to ${sampleRateHz / 2} Hz`);
  const twoRate = 2 * sampleRateHz;
  const w = twoRate * Math.tan((Math.PI * cornerHz) / sampleRateHz);
  const z = kind === "low" ? 1 : -1;
  const sections: Section[] = [];
  const poles: Pole[] = [];
  for (const { re, im } of prototype(order)) {
    const d = re * re + im * im;
    const analogue = kind === "low" ? { re: re * w, im: im * w } : { re: (re * w) / d, im: (-im * w) / d };
    const pole = bilinear(analogue, twoRate);
    poles.push(pole);
    if (im === 0) sections.push({ b0: 1, b1: z, b2: 0, a1: -pole.re, a2: 0 });
    else sections.push({ b0: 1, b1: 2 * z, b2: 1, a1: -2 * pole.re, a2: pole.re ** 2 + pole.im ** 2 });
  }
  return {
    sections: normalise(sections, kind === "low" ? 0 : Math.PI),
    sampleRateHz,
    settlingSec: settling(poles, sampleRateHz),
  };
}

/** Amplitude response at a frequency, one pass. */
export function filterGain(filter: Filter, frequencyHz: number): number {
  const omega = (2 * Math.PI * frequencyHz) / filter.sampleRateHz;
  return filter.sections.reduce((gain, section) => gain * gainAt(section, omega), 1);
}
