/**
 * A velocity that forgets: the Ornstein-Uhlenbeck process and the way it makes, drawn together and exactly for steps of any length (Gillespie 1996,
 * doi:10.1103/PhysRevE.54.2084). Dispersion by it is Taylor's (1921): variance 2 s^2 T (t - T (1 - exp(-t/T))).
 *
 *     drawVelocity(walk, walk.velocity, 300, 900, random);
 *     eastM += sigma * walk.way;
 */
import type { CounterRandom } from "../particles/counterRandom.ts";

/** Velocity over its standard deviation, and the way over that standard deviation, s. Mutable: made once and used for every particle. */
export interface RandomWalk {
  velocity: number;
  way: number;
  /** Scratch for two normal deviates. */
  readonly noise: Float64Array;
}

export function createWalk(): RandomWalk {
  return { velocity: 0.1, way: 0.1, noise: new Float64Array(2) };
}

/** From `velocity` at the start over `durationSec`, with memory of `timeSec`. */
export function drawVelocity(
  walk: RandomWalk,
  velocity: number,
  timeSec: number,
  durationSec: number,
  random: CounterRandom,
): void {
  const lapse = durationSec / timeSec;
  const memory = Math.exp(-lapse);
  const lost = 1 - memory;
  const spread = lost * (1 + memory);
  const shared = lost * lost;
  // Of the way, in units of the time scale; below 0.03 the difference of the terms is lost in rounding and its leading term serves.
  const alone =
    lapse > 0.03 ? 2 * lapse - 3 + memory * (4 - memory) - (shared * shared) / spread : (lapse * lapse * lapse) / 6;
  const { noise } = walk;
  random.fillNormal(noise, 2);
  const root = Math.sqrt(spread);
  walk.velocity = memory * velocity + root * noise[0]!;
  walk.way = timeSec * (lost * velocity + (shared / root) * noise[0]! + Math.sqrt(alone) * noise[1]!);
}
