/**
 * Why an event is believed in: its probability, what each arrival adds, and which stations should have heard it and did not. As figures, and in
 * sentences for the remarks of its origin.
 */
import type { ArrivalColumns } from "./columns.ts";
import type { Model } from "./model.ts";
import { modelPhases } from "./phases.ts";
import type { Hypothesis } from "./world.ts";

export interface ExplainedArrival {
  readonly arrivalKey: string;
  readonly station: string;
  readonly phase: string;
  /** Probability that the arrival is this phase of this event, given the event. */
  readonly probability: number;
  /** Log odds that it adds to the event. */
  readonly gain: number;
}

export interface MissedStation {
  readonly station: string;
  readonly phase: string;
  /** Chance that it would have reported the phase. */
  readonly probability: number;
}

export interface EventExplanation {
  /** Probability of the event, and of a second station's having reported it. */
  readonly probability: number;
  readonly logOdds: number;
  readonly magnitude: number;
  /** Those that help most first. */
  readonly arrivals: readonly ExplainedArrival[];
  readonly missing: readonly MissedStation[];
}

const MENTIONED = 5;
/** Misses less likely than this are no news. */
const LEAST_MISS = 0.5;

export const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/**
 * Log odds of an event as a bulletin lists it. One array's regional phases may prove an event that another station's only arrival, by chance, would
 * make one of two stations: it is worth no more than what the stations beside the best one say.
 */
export function listedLogOdds({ logOdds, matches }: Pick<Hypothesis, "logOdds" | "matches">): number {
  const byStation = new Map<number, number>();
  for (const { station, gain } of matches) byStation.set(station, (byStation.get(station) ?? 0) + gain);
  const gains = [...byStation.values()];
  const beside = gains.reduce((sum, gain) => sum + gain, 0) - Math.max(...gains);
  return Math.min(logOdds, beside);
}

export function explain({ network }: Model, columns: ArrivalColumns, event: Hypothesis): EventExplanation {
  const { magnitude, matches, misses } = event;
  const logOdds = listedLogOdds(event);
  return {
    ...{ probability: probabilityOf(logOdds), logOdds, magnitude },
    arrivals: [...matches]
      .sort((a, b) => b.gain - a.gain)
      .map(({ arrival, station, row, gain }) => ({
        arrivalKey: columns.arrivals[arrival]!.key,
        station: network.stations[station]!.code,
        phase: modelPhases[row]!.phase,
        probability: probabilityOf(gain),
        gain,
      })),
    missing: misses
      .filter(({ probability }) => probability >= LEAST_MISS)
      .map(({ station, row, probability }) => ({
        station: network.stations[station]!.code,
        phase: modelPhases[row]!.phase,
        probability,
      })),
  };
}

/** Two or three sentences. */
export function explanationRemarks({ probability, logOdds, arrivals, missing }: EventExplanation): string[] {
  const percent = (share: number) => `${(100 * share).toFixed(share > 0.995 ? 1 : 0)} %`;
  const more = (list: readonly unknown[]) => (list.length > MENTIONED ? `, and ${list.length - MENTIONED} more` : "");
  const helping = arrivals.slice(0, MENTIONED).map((a) => `${a.phase} at ${a.station} (${a.gain.toFixed(1)})`);
  const absent = missing.slice(0, MENTIONED).map((m) => `${m.phase} at ${m.station} (${percent(m.probability)})`);
  return [
    `Probability of the event ${percent(probability)} (log odds ${logOdds.toFixed(1)}).`,
    `What speaks for it most, in log odds: ${helping.join(", ")}${more(arrivals)}.`,
    missing.length > 0
      ? `Expected and not reported, with the chance of a report: ${absent.join(", ")}${more(missing)}.`
      : "No station that should have reported it was silent.",
  ];
}
