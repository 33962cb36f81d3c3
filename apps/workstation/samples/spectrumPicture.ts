/** A gamma spectrum made ready to draw: energies of channels, the fitted counts, what is left of each channel in standard deviations, and views of it. */
import type { SampleReportRecord, SpectrumDisplay } from "@harken/api";

export interface EnergyView {
  readonly fromKeV: number;
  readonly toKeV: number;
}

export interface SpectrumPicture {
  readonly counts: readonly number[];
  /** Of each channel's middle, keV. */
  readonly energyKeV: Float64Array;
  /** Continuum and peaks together; null where the analysis gave no continuum. */
  readonly expected: Float64Array | null;
  /** (counts - expected) / sqrt(expected). */
  readonly residual: Float64Array | null;
  readonly peaks: SampleReportRecord["peaks"];
  readonly lines: SpectrumDisplay["lines"];
  readonly regions: SpectrumDisplay["regions"];
}

const FWHM_SIGMAS = 2.354820045;
/** A peak is drawn so far from its middle, standard deviations. */
const REACH = 6;

export function spectrumPicture(display: SpectrumDisplay, peaks: SampleReportRecord["peaks"]): SpectrumPicture {
  const { counts, firstChannel, energyNodes, continuum, lines, regions } = display;
  const energyKeV = Float64Array.from(counts, (_, i) => energyAt(energyNodes, firstChannel + i));
  if (continuum.length !== counts.length)
    return { counts, energyKeV, expected: null, residual: null, peaks, lines, regions };
  const expected = Float64Array.from(continuum);
  for (const { energyKeV: middle, areaCounts, fwhmKeV } of peaks) {
    const sigma = fwhmKeV / FWHM_SIGMAS;
    const from = firstAtLeast(energyKeV, middle - REACH * sigma);
    for (let i = from; i < counts.length && energyKeV[i]! < middle + REACH * sigma; i++) {
      const width = i > 0 ? energyKeV[i]! - energyKeV[i - 1]! : 0;
      const u = (energyKeV[i]! - middle) / sigma;
      expected[i]! += (areaCounts * width * Math.exp(-0.5 * u * u)) / (sigma * Math.sqrt(2 * Math.PI));
    }
  }
  const residual = expected.map((mean, i) => (counts[i]! - mean) / Math.sqrt(Math.max(1, mean)));
  return { counts, energyKeV, expected, residual, peaks, lines, regions };
}

function energyAt(nodes: readonly (readonly [number, number])[], channel: number): number {
  const above = Math.max(
    1,
    nodes.findIndex(([at]) => at >= channel),
  );
  const [[c0, e0], [c1, e1]] = [nodes[above - 1]!, nodes[above]!];
  return e0 + ((channel - c0) * (e1 - e0)) / (c1 - c0);
}

/** Index of the first value that is not below `wanted`. */
export function firstAtLeast(rising: Float64Array, wanted: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function wholeView({ energyKeV }: SpectrumPicture): EnergyView {
  return { fromKeV: Math.max(0, energyKeV[0] ?? 0), toKeV: energyKeV.at(-1) ?? 1 };
}

const LEAST_WIDTH_KEV = 5;

/** Closer about an energy, or further away; never beyond the spectrum. */
export function zoom(view: EnergyView, whole: EnergyView, aboutKeV: number, factor: number): EnergyView {
  const width = Math.min(whole.toKeV - whole.fromKeV, Math.max(LEAST_WIDTH_KEV, (view.toKeV - view.fromKeV) * factor));
  const share = (aboutKeV - view.fromKeV) / (view.toKeV - view.fromKeV);
  return within({ fromKeV: aboutKeV - share * width, toKeV: aboutKeV + (1 - share) * width }, whole);
}

export function pan(view: EnergyView, whole: EnergyView, byKeV: number): EnergyView {
  return within({ fromKeV: view.fromKeV + byKeV, toKeV: view.toKeV + byKeV }, whole);
}

function within({ fromKeV, toKeV }: EnergyView, whole: EnergyView): EnergyView {
  const width = toKeV - fromKeV;
  const from = Math.min(Math.max(fromKeV, whole.fromKeV), Math.max(whole.fromKeV, whole.toKeV - width));
  return { fromKeV: from, toKeV: from + width };
}

/** About a line or peak, wide enough to see what lies beside it. */
export function viewAbout(energyKeV: number, whole: EnergyView): EnergyView {
  return within({ fromKeV: energyKeV - 40, toKeV: energyKeV + 40 }, whole);
}

export interface Column {
  readonly least: number;
  readonly most: number;
}

/** What the channels of each pixel column span, so that no peak is lost between pixels; null for a column without a channel. */
export function columnsOf(
  values: ArrayLike<number>,
  energyKeV: Float64Array,
  { fromKeV, toKeV }: EnergyView,
  width: number,
): (Column | null)[] {
  const columns = new Array<Column | null>(width).fill(null);
  for (let i = firstAtLeast(energyKeV, fromKeV); i < energyKeV.length && energyKeV[i]! <= toKeV; i++) {
    const x = Math.min(width - 1, Math.floor(((energyKeV[i]! - fromKeV) / (toKeV - fromKeV)) * width));
    const value = values[i]!;
    const held = columns[x];
    columns[x] = held
      ? { least: Math.min(held.least, value), most: Math.max(held.most, value) }
      : { least: value, most: value };
  }
  return columns;
}
