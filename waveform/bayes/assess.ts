/**
 * The score of one hypothesis of an event: log probability of the event and of what the stations reported of it, against the same arrivals
 * being chance and the event not being. For each station and phase the best arrival near the predicted time is taken when it explains more
 * than a miss does; the magnitude is the one that explains best who saw the event and who did not, and how large.
 */
import { placeOf } from "../association/grid.ts";
import type { ArrivalColumns } from "./columns.ts";
import { createCorrections } from "./corrections.ts";
import { AZIMUTH_RANGE_DEG, logLaplace, SLOWNESS_RANGE, TIME_RANGE_SEC } from "./laplace.ts";
import { logMissOf, logNormalCdf, logSigmoid } from "./logistic.ts";
import type { Model } from "./model.ts";
import { pathTo } from "./network.ts";
import { applies, modelPhases } from "./phases.ts";
import { layerOf } from "./priors.ts";
import { between, depthCell, STEP_DEG } from "./tables.ts";

export interface Place {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly depthKm: number;
  readonly time: number;
}

export interface Match {
  readonly arrival: number;
  readonly station: number;
  /** Row of `modelPhases`. */
  readonly row: number;
  readonly residualSec: number;
  /** Log odds that the arrival is this phase against its being chance and the phase missed. */
  readonly gain: number;
}

export interface Miss {
  readonly station: number;
  readonly row: number;
  readonly probability: number;
}

export interface Assessor {
  /** Sets `score`, `magnitude` and the rows that `matches` and `misses` read. */
  assess(place: Place, options: AssessOptions): void;
  readonly score: number;
  readonly magnitude: number;
  /** Weighted median of the residuals of what was matched, s; 0 without any. */
  timeShift(): number;
  matches(): Match[];
  /** First arrivals that were likely and are not there. */
  misses(): Miss[];
  /** Whether an event there, give or take `slackSec`, might explain an arrival at all. */
  reaches(place: Place, arrival: number, slackSec: number): boolean;
}

export interface AssessOptions {
  /** Error of the hypothesis itself, s. */
  readonly blurSec: number;
  /** Only the phases that candidates are sought by. */
  readonly quick: boolean;
  readonly magnitude: number;
}

const LONGEST_SCALES = 6;
const MAGNITUDES = { least: 2, most: 8.5, firstStep: 0.4, lastStep: 0.06 } as const;
/** log10 of the SNR at which stations begin to detect. */
const LOG_SNR = 0.5;
/** Stations that see an event with less than this chance are looked at only when they have an arrival. */
const NEGLIGIBLE_LOGIT = -7;

/** `owned` is what an arrival is worth to the event that has it already: the price of taking it. */
export function createAssessor(model: Model, columns: ArrivalColumns, owned: Float64Array): Assessor {
  const { network, tables, phases, settings, priors } = model;
  const { stations } = network;
  const capacity = stations.length * modelPhases.length + 1;
  const rowStation = new Int32Array(capacity);
  const rowPhase = new Int32Array(capacity);
  const rowArrival = new Int32Array(capacity);
  const rowLogit = new Float64Array(capacity);
  const rowSlope = new Float64Array(capacity);
  const rowLlr = new Float64Array(capacity);
  const rowResidual = new Float64Array(capacity);
  const rowMagnitude = new Float64Array(capacity);
  const rowSpread = new Float64Array(capacity);
  const rowThreshold = new Float64Array(capacity);
  const path = new Float64Array(2);
  const logMiss = logMissOf(settings.maxDetection);
  const logMissSilent = logMissOf(settings.maxDetection * settings.upWhenSilent);
  const logMost = Math.log(settings.maxDetection);
  const { bValue, minMagnitude } = priors.seismicity;
  const betaLog = Math.log(bValue * Math.LN10);
  let [count, score, magnitude, placePrior] = [0, Number.NEGATIVE_INFINITY, 4, 0];
  const corrections = createCorrections(model);

  const rowGain = (r: number, m: number): number => {
    const z = rowLogit[r]! + rowSlope[r]! * m;
    const miss = (columns.heard[rowStation[r]!] ? logMiss : logMissSilent)(z);
    if (rowArrival[r]! < 0) return miss;
    let value = rowLlr[r]! + logMost + logSigmoid(z);
    const own = rowMagnitude[r]!;
    if (!Number.isNaN(own)) {
      const spread = rowSpread[r]!;
      const off = (own - m) / spread;
      value += -0.5 * off * off - Math.log(spread * ROOT_TWO_PI) - logNormalCdf((m - rowThreshold[r]!) / spread);
    }
    return Math.max(value, miss);
  };

  const total = (m: number): number => {
    let sum = placePrior + betaLog - bValue * Math.LN10 * (m - minMagnitude);
    for (let r = 0; r < count; r++) sum += rowGain(r, m);
    return sum;
  };

  const bestMagnitude = (start: number) => {
    let [m, best] = [start, total(start)];
    for (let step = MAGNITUDES.firstStep; step >= MAGNITUDES.lastStep; step /= 2) {
      for (const sign of [1, -1]) {
        for (let next = m + sign * step; next >= MAGNITUDES.least && next <= MAGNITUDES.most; next += sign * step) {
          const value = total(next);
          if (value <= best) break;
          [m, best] = [next, value];
        }
      }
    }
    magnitude = m;
    score = best;
  };

  /** The best arrival for a phase due at `due`; written to row `r`. */
  const choose = (r: number, s: number, p: number, due: number, slowness: number, blurSec: number, m: number) => {
    const { wave } = modelPhases[p]!;
    const { time: timePrior } = phases[p]!;
    const station = network.priors[s]!;
    const kind = network.kinds[s]!;
    const wide = wave === "P" ? "P" : "S";
    const at = due + timePrior.location + station.timeSec;
    const reach = LONGEST_SCALES * (timePrior.scale + blurSec) + 1;
    rowArrival[r] = -1;
    rowLlr[r] = 0;
    const bucket = Math.floor((at - reach - columns.from) / columns.bucketSec);
    if (bucket >= columns.bucketCount) return;
    let a = columns.buckets[s * columns.bucketCount + Math.max(0, bucket)]!;
    const end = columns.first[s + 1]!;
    let best = Number.NEGATIVE_INFINITY;
    for (; a < end && columns.time[a]! <= at + reach; a++) {
      const off = columns.time[a]! - at;
      if (off < -reach) continue;
      const error = columns.timeErrorSec[a]!;
      const scale = Math.sqrt(timePrior.scale * timePrior.scale + 0.5 * error * error) + blurSec;
      let llr = logLaplace(Math.abs(off), scale, timePrior, TIME_RANGE_SEC);
      const azimuth = columns.azimuthDeg[a]!;
      if (!Number.isNaN(azimuth)) {
        let d = Math.abs(azimuth - (slowness < 0 ? (path[1]! + 180) % 360 : path[1]!));
        if (d > 180) d = 360 - d;
        const prior = kind.azimuth[wide];
        llr += logLaplace(
          d,
          prior.scale * columns.azimuthErrorDeg[a]! + blurSec * BLUR_DEG_PER_SEC,
          prior,
          AZIMUTH_RANGE_DEG,
        );
      }
      const observed = columns.slownessSecPerDeg[a]!;
      if (!Number.isNaN(observed)) {
        const prior = kind.slowness[wide];
        llr += logLaplace(
          Math.abs(observed - Math.abs(slowness)),
          prior.scale * columns.slownessErrorSecPerDeg[a]!,
          prior,
          SLOWNESS_RANGE,
        );
      }
      llr += columns.labelled[wave][a]! - columns.chance[a]! - Math.max(0, owned[a]!);
      const own = columns.logAmplitude[a]! + rowOffset;
      const fit = Number.isNaN(own) ? 0 : -0.5 * ((own - m) / rowSpread[r]!) ** 2;
      if (llr + fit <= best) continue;
      best = llr + fit;
      rowArrival[r] = a;
      rowLlr[r] = llr;
      rowResidual[r] = columns.time[a]! - at;
      rowMagnitude[r] = own;
    }
  };
  /** What turns log10 A/T of the row at hand into a magnitude. */
  let rowOffset = 0;

  const expect = (place: Place, { blurSec, quick, magnitude: guess }: AssessOptions) => {
    const [x, y, z] = placeOf(place.latitudeDeg, place.longitudeDeg);
    const { node, share } = depthCell(place.depthKm);
    const correction = corrections.at(place);
    count = 0;
    for (let s = 0; s < stations.length; s++) {
      pathTo(network, s, x, y, z, path);
      const deltaDeg = path[0]!;
      const column = Math.floor(deltaDeg / STEP_DEG);
      const f = deltaDeg / STEP_DEG - column;
      const term = between(tables.magnitudeTerm, node, share, column, f);
      const station = network.priors[s]!;
      const began = count;
      for (let p = 0; p < modelPhases.length; p++) {
        const phase = phases[p];
        const row = modelPhases[p]!;
        if (!phase || (quick && !row.quick) || !applies(row, deltaDeg, place.depthKm)) continue;
        const table = tables.phases[p]!;
        const travel = between(table.timeSec, node, share, column, f);
        if (Number.isNaN(travel)) continue;
        const r = count;
        rowSlope[r] = phase.detection.slope;
        rowLogit[r] = phase.logit[column]! - phase.detection.slope * (term + columns.noise[s]!) + station.detection;
        const slowness = between(table.slownessSecPerDeg, node, share, column, f);
        rowOffset = term - phase.amplitude.mean - station.magnitude;
        rowSpread[r] = phase.amplitude.spread;
        rowThreshold[r] = columns.noise[s]! + LOG_SNR + rowOffset;
        const due = place.time + travel + correction(s, p, deltaDeg, slowness);
        choose(r, s, p, due, slowness, blurSec, guess);
        if (rowArrival[r]! < 0 && rowLogit[r]! + rowSlope[r]! * (guess + 0.5) < NEGLIGIBLE_LOGIT) continue;
        rowStation[r] = s;
        rowPhase[r] = p;
        // One arrival is one phase: the one that it fits best.
        let keep = true;
        for (let q = began; q < r && rowArrival[r]! >= 0; q++) {
          if (rowArrival[q] !== rowArrival[r]) continue;
          if (rowLlr[q]! >= rowLlr[r]!) rowArrival[r] = -1;
          else rowArrival[q] = -1;
          keep = rowLogit[r]! + rowSlope[r]! * (guess + 0.5) >= NEGLIGIBLE_LOGIT || rowArrival[r]! >= 0;
        }
        if (keep) count++;
      }
    }
  };

  return {
    get score() {
      return score;
    },
    get magnitude() {
      return magnitude;
    },
    assess(place, options) {
      placePrior = model.seismicity.logRate(place.latitudeDeg, place.longitudeDeg, layerOf(place.depthKm));
      expect(place, options);
      bestMagnitude(options.magnitude);
    },
    timeShift() {
      const residuals: { off: number; weight: number }[] = [];
      let sum = 0;
      for (let r = 0; r < count; r++) {
        if (rowArrival[r]! < 0 || rowLlr[r]! <= 0 || rowGain(r, magnitude) <= missOf(r)) continue;
        const weight = 1 / phases[rowPhase[r]!]!.time.scale;
        residuals.push({ off: rowResidual[r]!, weight });
        sum += weight;
      }
      residuals.sort((a, b) => a.off - b.off);
      let rest = sum / 2;
      return residuals.find(({ weight }) => (rest -= weight) <= 0)?.off ?? 0;
    },
    matches() {
      const found: Match[] = [];
      for (let r = 0; r < count; r++) {
        const arrival = rowArrival[r]!;
        if (arrival < 0) continue;
        const gain = rowGain(r, magnitude) - missOf(r);
        if (gain <= settings.minAssociation) continue;
        found.push({ arrival, station: rowStation[r]!, row: rowPhase[r]!, residualSec: rowResidual[r]!, gain });
      }
      return found;
    },
    reaches,
    misses() {
      const missed: Miss[] = [];
      for (let r = 0; r < count; r++) {
        if (!modelPhases[rowPhase[r]!]!.first || !columns.heard[rowStation[r]!]) continue;
        const miss = missOf(r);
        if (rowArrival[r]! >= 0 && rowGain(r, magnitude) > miss) continue;
        missed.push({ station: rowStation[r]!, row: rowPhase[r]!, probability: 1 - Math.exp(miss) });
      }
      return missed.sort((a, b) => b.probability - a.probability);
    },
  };

  function reaches(place: Place, arrival: number, slackSec: number): boolean {
    const s = columns.stationOf[arrival]!;
    const [x, y, z] = placeOf(place.latitudeDeg, place.longitudeDeg);
    pathTo(network, s, x, y, z, path);
    const deltaDeg = path[0]!;
    const column = Math.floor(deltaDeg / STEP_DEG);
    const { node, share } = depthCell(place.depthKm);
    const after = columns.time[arrival]! - place.time - network.priors[s]!.timeSec;
    return phases.some((phase, p) => {
      if (!phase || !applies(modelPhases[p]!, deltaDeg, place.depthKm)) return false;
      const travel = between(tables.phases[p]!.timeSec, node, share, column, deltaDeg / STEP_DEG - column);
      return Math.abs(after - travel - phase.time.location) <= LONGEST_SCALES * phase.time.scale + slackSec;
    });
  }

  function missOf(r: number): number {
    const z = rowLogit[r]! + rowSlope[r]! * magnitude;
    return (columns.heard[rowStation[r]!] ? logMiss : logMissSilent)(z);
  }
}

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
/** A place that is off by a second's travel looks off in direction by so much, deg, at an array some tens of degrees away. */
const BLUR_DEG_PER_SEC = 0.25;
