/**
 * Where an event may have been, as a probability over the whole Earth: for the few readings of which least squares makes one place and an
 * ellipse that says little (two infrasound arrays, one array and a far station, places on both sides of a network).
 *
 *     const found = probabilityGrid(readings, earth);
 *     if (found.ok) found.solution.regionKm2(0.9);
 *
 * Cells of the globe are divided where the readings allow the event to be. Errors are normal, the origin time is integrated out, and before
 * the readings every place is as likely as any other and so is every depth asked about. While a cell is coarse its readings are blurred by
 * what they change across it, so that no place is lost between centres.
 */
import { distanceAzimuth, type EarthModel, KM_PER_DEGREE, RADIANS_PER_DEGREE, wrapLongitude } from "@harken/core";
import { earthPredictor } from "./earthPredictor.ts";
import type { PredictedQuantity, ReadingPredictor } from "./predictor.ts";
import { type ProbabilityCell, ProbabilitySolution } from "./probabilitySolution.ts";
import type { Reading } from "./reading.ts";
import { defaultLocationSettings, type LocationSettings } from "./settings.ts";
import { correctedPredictor, noStationCorrections, type StationCorrections } from "./stationCorrections.ts";
import {
  countOnes,
  type DefiningMask,
  definingMask,
  misfit,
  normalEquations,
  QUANTITIES,
  systemAt,
  TIME,
} from "./system.ts";

export interface GridSettings {
  /** Width of the first cells, deg. */
  readonly firstDeg: number;
  /** Cells are not divided below this, deg. */
  readonly leastDeg: number;
  /** Cells are fine enough when no reading changes across them by more than this part of its error, over the root of the number of readings. */
  readonly fineShare: number;
  /** Cells are not divided where there would be more than this. */
  readonly maxCells: number;
  readonly depthsKm: readonly number[];
}

export const defaultGridSettings: GridSettings = Object.freeze({
  firstDeg: 4,
  leastDeg: 0.02,
  fineShare: 0.2,
  maxCells: 6000,
  depthsKm: [0] as const,
});

export type ProbabilityResult =
  | { readonly ok: true; readonly solution: ProbabilitySolution }
  /** One sentence for the reader without a full stop. */
  | { readonly ok: false; readonly reason: string };

/** Cells whose density is this much below the best one's (log) are not divided further: some 1e-5 of it. */
const NEGLIGIBLE = 12;
/** Time and another quantity: less leaves the whole Earth. */
const LEAST_QUANTITIES = 2;

export function probabilityGrid(
  readings: readonly Reading[],
  earth: EarthModel,
  settings: LocationSettings = defaultLocationSettings,
  grid: GridSettings = defaultGridSettings,
  corrections: StationCorrections = noStationCorrections,
): ProbabilityResult {
  const mask = definingMask(readings);
  if (!readings.some((_, i) => mask[QUANTITIES * i + TIME]))
    return { ok: false, reason: "no reading has a defining onset time" };
  if (countOnes(mask) < LEAST_QUANTITIES)
    return { ok: false, reason: "one onset time alone says nothing of the place" };
  const predictor = correctedPredictor(earthPredictor(earth, settings), corrections, settings);
  const used = readings.filter((_, i) => countOnes(mask.subarray(QUANTITIES * i, QUANTITIES * (i + 1))) > 0);
  const fineBlur = grid.fineShare / Math.sqrt(countOnes(mask));
  let cells = firstCells(grid);
  for (;;) {
    const judged = cells
      .flatMap((cell): Judged[] => {
        if (!used.every((reading) => exists(earth, reading, cell, settings.maxExtrapolationDeg))) return [];
        return [{ cell, ...densityAt(readings, mask, predictor, cell) }];
      })
      .filter(({ logDensity }) => Number.isFinite(logDensity));
    if (judged.length === 0) return { ok: false, reason: "no place on Earth sends these phases to these stations" };
    const best = judged.reduce((top, { logDensity }) => Math.max(top, logDensity), Number.NEGATIVE_INFINITY);
    const kept = judged.filter(({ logDensity }) => logDensity > best - NEGLIGIBLE);
    const isFine = ({ blur, cell }: Judged) => blur < fineBlur || cell.sizeDeg / 2 < grid.leastDeg;
    const next = kept.flatMap((entry) => (isFine(entry) ? [entry.cell] : quarters(entry.cell)));
    if (kept.every(isFine) || next.length > grid.maxCells) return { ok: true, solution: solutionOf(kept, best) };
    cells = next;
  }
}

interface Cell {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Height and, at the equator, width. */
  readonly sizeDeg: number;
  readonly widthDeg: number;
  readonly depthKm: number;
}

interface Judged {
  readonly cell: Cell;
  readonly time: number;
  readonly logDensity: number;
  /** Largest change of a reading across the cell, in its standard deviations. */
  readonly blur: number;
}

function firstCells({ firstDeg, depthsKm }: GridSettings): Cell[] {
  const rings = Math.round(180 / firstDeg);
  return Array.from({ length: rings }, (_, ring) => {
    const latitudeDeg = -90 + (180 * (ring + 0.5)) / rings;
    const count = Math.max(1, Math.round((360 / firstDeg) * Math.cos(latitudeDeg * RADIANS_PER_DEGREE)));
    return Array.from({ length: count }, (_, i) => {
      const place = { latitudeDeg, longitudeDeg: -180 + (360 * (i + 0.5)) / count };
      return depthsKm.map((depthKm) => ({ ...place, sizeDeg: 180 / rings, widthDeg: 360 / count, depthKm }));
    }).flat();
  }).flat();
}

function quarters({ latitudeDeg, longitudeDeg, sizeDeg, widthDeg, depthKm }: Cell): Cell[] {
  return [-1, 1].flatMap((up) =>
    [-1, 1].map((right) => ({
      latitudeDeg: latitudeDeg + (up * sizeDeg) / 4,
      longitudeDeg: wrapLongitude(longitudeDeg + (right * widthDeg) / 4),
      ...{ sizeDeg: sizeDeg / 2, widthDeg: widthDeg / 2, depthKm },
    })),
  );
}

/** Whether the phase arrives from somewhere in the cell, or within what the locator may extrapolate. */
function exists(earth: EarthModel, { phase, station }: Reading, cell: Cell, extrapolationDeg: number): boolean {
  const { latitudeDeg, longitudeDeg, depthKm, sizeDeg } = cell;
  const { deltaDeg } = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
  const away = Math.max(extrapolationDeg, sizeDeg);
  return [deltaDeg, deltaDeg - away, deltaDeg + away, deltaDeg - away / 2, deltaDeg + away / 2].some(
    (delta) => delta >= 0 && delta <= 180 && earth.predict(phase, delta, depthKm) !== null,
  );
}

/** Log of the probability density of the place, but for a constant; errors are widened by the change across the cell. */
function densityAt(
  readings: readonly Reading[],
  mask: DefiningMask,
  predictor: ReadingPredictor,
  cell: Cell,
): Omit<Judged, "cell"> {
  // A cell is as wide on average as from its centre to the middle of a side.
  const halfKm = (cell.sizeDeg * KM_PER_DEGREE) / 4;
  let blur = 0;
  const widened: ReadingPredictor = {
    ...predictor,
    predict(reading, source) {
      const prediction = predictor.predict(reading, source);
      if (!prediction) return null;
      const wider = (quantity: PredictedQuantity, defines: boolean, error: number | null): PredictedQuantity => {
        const change = halfKm * Math.hypot(quantity.perEastKm, quantity.perNorthKm);
        if (defines) blur = Math.max(blur, change / Math.hypot(quantity.modelError, error ?? 0, 1e-3));
        return { ...quantity, modelError: Math.hypot(quantity.modelError, change) };
      };
      return {
        time: wider(prediction.time, reading.timeDefining, reading.timeErrorSec),
        azimuth: wider(prediction.azimuth, reading.azimuthDefining, reading.azimuthErrorDeg),
        slowness: wider(prediction.slowness, reading.slownessDefining, reading.slownessErrorSecPerDeg),
        outsideDeg: prediction.outsideDeg,
      };
    },
  };
  const { latitudeDeg, longitudeDeg, depthKm } = cell;
  const system = systemAt(readings, mask, widened, { latitudeDeg, longitudeDeg, depthKm, time: readings[0]!.time });
  // The time is integrated out: its inverse variance is the last element of the normal equations.
  const certainty = normalEquations(system, mask).a.at(-1)!;
  return { time: system.source.time, logDensity: -0.5 * misfit(system, mask) - 0.5 * Math.log(certainty), blur };
}

function solutionOf(judged: readonly Judged[], best: number): ProbabilitySolution {
  const cells = judged.map(({ cell, time, logDensity }) => {
    const { latitudeDeg, longitudeDeg, sizeDeg, widthDeg, depthKm } = cell;
    const width = widthDeg * Math.cos(latitudeDeg * RADIANS_PER_DEGREE);
    const areaKm2 = sizeDeg * width * KM_PER_DEGREE ** 2;
    const weight = areaKm2 * Math.exp(logDensity - best);
    return { latitudeDeg, longitudeDeg, depthKm, time, areaKm2, weight };
  });
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  return new ProbabilitySolution(
    cells.map(({ weight, ...cell }): ProbabilityCell => ({ ...cell, probability: weight / total })),
  );
}
