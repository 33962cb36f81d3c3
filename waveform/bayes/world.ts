/**
 * One explanation of all arrivals: the events that are believed in, and which arrival belongs to which. The moves change it and raise its
 * probability: birth, improve (place, time, depth, arrivals), merge, death.
 */
import { distanceAzimuth, positionAt, type RandomStream, randomStream } from "@harken/core";
import { type Assessor, createAssessor, type Match, type Miss, type Place } from "./assess.ts";
import type { Candidate } from "./birth.ts";
import { type ArrivalColumns, countChance } from "./columns.ts";
import { depthsSaid } from "./depthPhases.ts";
import type { Model } from "./model.ts";
import { CRUSTAL_KM } from "./phases.ts";
import { climb, climbDepth, deeperBy, type Scored, settle, tryDepths } from "./refine.ts";
import { rivalsOf } from "./rivals.ts";
import { logVolume } from "./volume.ts";

export interface Hypothesis {
  readonly place: Place;
  readonly magnitude: number;
  /** Log odds of the event against its arrivals being something else. */
  readonly logOdds: number;
  readonly matches: readonly Match[];
  readonly misses: readonly Miss[];
}

export interface ExplainedWorld {
  readonly events: readonly Hypothesis[];
  readonly owned: Float64Array;
  /** Tries to add an event at each candidate; the count of those born. */
  birth(candidates: readonly Candidate[]): number;
  /** Improves, merges or ends the events with origin times in [from, to), until nothing changes or the sweeps are over. */
  sweep(from: number, to: number): void;
  /** Counts the chance detections anew; `settled` when no event is missing. */
  recount(settled: boolean): void;
}

/** Errors of a hypothesis of a cell of the grid, of a finer place, of a refined one, and of a final one, s. */
const CELL_SEC = 4;
const COARSE_SEC = 3;
const FINE_SEC = 1;
const FINAL_SEC = 0.15;
/** Places around a candidate that are looked at: so many steps to each side, deg. */
const LOCAL_STEPS = 2;
const LOCAL_DEG = 0.6;
/** Longest random move, deg. */
const JUMP_DEG = 3;
/** Events are asked whether a stronger one within this time, s, explains their arrivals; by how much better than they do at the most. */
const SHADOW_SEC = 1500;
const MERGE_SLACK = 3;
/** Later and nearer than this, s and deg, an event may be made of the depth phases of another. */
const DEPTH_PHASES_SEC = 220;
const DEPTH_PHASES_DEG = 15;
/** An event that is asked may move by so much in time, with corrections and the error of a place, s. */
const SETTLING_SEC = 6;
const CHANGED = 0.01;

export function createWorld(model: Model, columns: ArrivalColumns): ExplainedWorld {
  const { settings } = model;
  const owned = new Float64Array(columns.time.length);
  const owner: (Hypothesis | null)[] = new Array(columns.time.length).fill(null);
  const assessor: Assessor = createAssessor(model, columns, owned);
  const random: RandomStream = randomStream(settings.seed, "moves");
  let events: Hypothesis[] = [];

  const finish = ({ place, magnitude }: Scored): Hypothesis => {
    const last = settle(assessor, place, { blurSec: FINAL_SEC, quick: false, magnitude });
    assessor.assess(last.place, { blurSec: FINAL_SEC, quick: false, magnitude: last.magnitude });
    const matches = assessor.matches();
    const logOdds = assessor.score + logVolume(model, columns, last.place, matches);
    return { place: last.place, magnitude: assessor.magnitude, logOdds, matches, misses: assessor.misses() };
  };

  const stands = ({ logOdds, matches }: Hypothesis) =>
    logOdds > settings.minLogOdds && new Set(matches.map(({ station }) => station)).size >= settings.minStations;

  const take = (event: Hypothesis) => {
    for (const { arrival, gain } of event.matches) {
      // What it was worth to the event that had it has been paid for in the gain.
      owned[arrival]! += gain;
      owner[arrival] = event;
    }
  };
  const release = (event: Hypothesis) => {
    for (const { arrival } of event.matches) {
      if (owner[arrival] !== event) continue;
      owner[arrival] = null;
      owned[arrival] = 0;
    }
  };
  const intact = (event: Hypothesis) => event.matches.every(({ arrival }) => owner[arrival] === event);

  /** A candidate's own cell with the best magnitude, by the arrivals that are free or cheap now. */
  const look = ({ place, magnitude }: Candidate) =>
    settle(assessor, place, { blurSec: CELL_SEC, quick: true, magnitude }, 1).score;

  const bearOne = ({ place, magnitude }: Candidate): Hypothesis | null => {
    let best: Scored | null = null;
    for (let i = -LOCAL_STEPS; i <= LOCAL_STEPS; i++) {
      for (let j = -LOCAL_STEPS; j <= LOCAL_STEPS; j++) {
        const away = LOCAL_DEG * Math.hypot(i, j);
        const bearing = (Math.atan2(j, i) * 180) / Math.PI;
        const beside = positionAt(place.latitudeDeg, place.longitudeDeg, bearing, away);
        const options = { blurSec: COARSE_SEC, quick: true, magnitude: best?.magnitude ?? magnitude };
        const scored = settle(assessor, { ...place, ...beside }, options);
        if (!best || scored.score > best.score) best = scored;
      }
    }
    if (!best || best.score < settings.birth.minRefined - COARSE_LOSS) return null;
    const fine = climb(assessor, best, { blurSec: FINE_SEC, quick: true }, [0.5, 0.1]);
    if (fine.score < settings.birth.minRefined) return null;
    const deep = tryDepths(assessor, fine, { blurSec: FINE_SEC, quick: true });
    const last = climb(assessor, deep, { blurSec: FINAL_SEC, quick: false }, [0.2, 0.05]);
    return atDepthsSaid(finish(climbDepth(assessor, last, { blurSec: FINAL_SEC, quick: false })));
  };

  /** The event, or the better one at a depth that its depth phases ask for. */
  const atDepthsSaid = (event: Hypothesis): Hypothesis => {
    let best = event;
    for (const depthKm of depthsSaid(model, columns, event.place, event.matches)) {
      const there = deeperBy(event.place, depthKm - event.place.depthKm);
      const start = settle(assessor, there, { blurSec: FINE_SEC, quick: false, magnitude: event.magnitude });
      const near = climb(assessor, start, { blurSec: FINAL_SEC, quick: false }, [0.2, 0.05]);
      const other = finish(climbDepth(assessor, near, { blurSec: FINAL_SEC, quick: false }));
      if (other.logOdds > best.logOdds) best = other;
    }
    return best;
  };

  /** The event once more, with its arrivals free; null when it does not stand any more. */
  const improve = (event: Hypothesis, jumps: number): Hypothesis | null => {
    release(event);
    const options = { blurSec: FINAL_SEC, quick: false };
    const climbed = climb(assessor, { ...event, score: event.logOdds }, options, [0.1, 0.05]);
    let best = finish(climbDepth(assessor, climbed, options));
    if (jumps > 0) best = atDepthsSaid(best);
    for (let jump = 0; jump < jumps; jump++) {
      const { place, magnitude } = best;
      const beside = positionAt(
        place.latitudeDeg,
        place.longitudeDeg,
        360 * random.uniform(),
        JUMP_DEG * random.uniform() ** 2,
      );
      const moved = { ...place, ...beside };
      const start = settle(assessor, moved, { blurSec: FINE_SEC, quick: false, magnitude });
      const there = jump === 0 ? tryDepths(assessor, { ...start }, { blurSec: FINE_SEC, quick: false }) : start;
      const other = finish(climb(assessor, there, { blurSec: FINAL_SEC, quick: false }, [0.4, 0.05]));
      if (other.logOdds > best.logOdds) best = other;
    }
    if (jumps > 0 && best.place.depthKm >= CRUSTAL_KM) best = shallower(best);
    if (!stands(best)) return null;
    take(best);
    return best;
  };

  /** The event in the crust, unless its depth is much better: few arrivals often suit many depths. */
  const shallower = (deep: Hypothesis): Hypothesis => {
    const { place, magnitude } = deep;
    const time = place.time - SEC_PER_KM * (place.depthKm - SHALLOW_KM);
    const wide = { blurSec: FINE_SEC + 1.5, quick: false, magnitude };
    const rough = settle(assessor, { ...place, depthKm: SHALLOW_KM, time }, wide, 3);
    const crustal = finish(climb(assessor, rough, { blurSec: FINAL_SEC, quick: false }, [0.8, 0.05]));
    return crustal.logOdds > deep.logOdds - settings.minDepthGain ? crustal : deep;
  };

  const worth = ({ logOdds, place }: Hypothesis) => logOdds - (place.depthKm >= CRUSTAL_KM ? settings.minDepthGain : 0);
  const preferred = (one: Hypothesis | null, other: Hypothesis | null) =>
    !one || (other && worth(other) > worth(one)) ? other : one;

  /** Pairs whose arrivals were tried as an event and its depth phases; in a flood of aftershocks there are many. */
  const tried = new Set<string>();
  const triedBefore = (weak: Hypothesis, strong: Hypothesis): boolean => {
    const pair = [weak, strong].map(({ place, matches }) => `${Math.round(place.time)} ${matches.length}`).join(" ");
    if (tried.has(pair)) return true;
    tried.add(pair);
    return false;
  };

  /** Whether the arrivals of a weak event are explained as well by a stronger one near in time: then the weak one goes. */
  const merge = (weak: Hypothesis): boolean => {
    for (const strong of events) {
      if (strong === weak || strong.logOdds < weak.logOdds) continue;
      const apart = weak.place.time - strong.place.time;
      if (Math.abs(apart) > SHADOW_SEC) continue;
      const near = distanceAzimuth(
        weak.place.latitudeDeg,
        weak.place.longitudeDeg,
        strong.place.latitudeDeg,
        strong.place.longitudeDeg,
      ).deltaDeg;
      if (apart < -60 || (apart < 0 && near > 20)) continue;
      const mayBeDepthPhases =
        apart > 0 && apart < DEPTH_PHASES_SEC && near < DEPTH_PHASES_DEG && !triedBefore(weak, strong);
      const shared = weak.matches.filter(({ arrival }) => assessor.reaches(strong.place, arrival, SETTLING_SEC));
      const atStake = shared.reduce((sum, { gain }) => sum + gain, 0) + MERGE_SLACK;
      if (shared.length === 0 || (!mayBeDepthPhases && atStake < weak.logOdds)) continue;
      // The strong one without and with the weak one's arrivals.
      release(strong);
      const apartFrom = finish({ ...strong, score: 0 });
      release(weak);
      const whereItStands = finish({ ...strong, score: 0 });
      const both = mayBeDepthPhases ? atDepthsSaid(whereItStands) : whereItStands;
      if (both.logOdds > apartFrom.logOdds + weak.logOdds) {
        take(both);
        events = events.flatMap((event) => (event === weak ? [] : event === strong ? both : event));
        return true;
      }
      take(strong);
      take(weak);
    }
    return false;
  };

  return {
    get events() {
      return events;
    },
    owned,
    birth(candidates) {
      let born = 0;
      const { maxWorked, minLook } = settings.birth;
      const ordered = candidates
        .map((candidate) => ({ candidate, score: look(candidate) }))
        .filter(({ score }) => score >= minLook)
        .sort((a, b) => b.score - a.score);
      let worked = 0;
      for (const { candidate } of ordered) {
        // Around a strong event many places look good until it has its arrivals.
        if (worked >= maxWorked || look(candidate) < minLook) continue;
        worked++;
        const event = [candidate, ...rivalsOf(candidate, ordered)].map(bearOne).reduce(preferred);
        if (!event || !stands(event)) continue;
        const robbed = new Set(event.matches.flatMap(({ arrival }) => owner[arrival] ?? []));
        take(event);
        events.push(event);
        born++;
        for (const other of robbed) replace(other, improve(other, 0));
      }
      return born;
    },
    sweep(from, to) {
      for (let sweep = 0; sweep <= settings.sweeps; sweep++) {
        let changed = false;
        const listed = events
          .filter(({ place }) => place.time >= from && place.time < to)
          .sort((a, b) => a.logOdds - b.logOdds);
        for (const event of listed) {
          if (!events.includes(event)) continue;
          if (merge(event)) {
            changed = true;
            continue;
          }
          const better = improve(event, sweep === 0 ? settings.jumps : 0);
          if (!better || !intact(event) || Math.abs(better.logOdds - event.logOdds) > CHANGED) changed = true;
          replace(event, better);
        }
        if (!changed) break;
      }
    },
    recount(settled) {
      countChance(
        columns,
        model.network,
        settings,
        Uint8Array.from(owner, (event) => (event ? 1 : 0)),
        settled,
      );
    },
  };

  function replace(old: Hypothesis, next: Hypothesis | null): void {
    events = events.flatMap((event) => (event === old ? (next ?? []) : event));
  }
}

/** The depth that stands for the crust, and how origin times follow the depth, s/km. */
const SHALLOW_KM = 10;
const SEC_PER_KM = 0.1;
/** A coarse look blurs the times; what it may lose by that, log odds. */
const COARSE_LOSS = 4;
