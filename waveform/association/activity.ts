/**
 * Where several events were found already, more are likely: aftershocks come by the hundred. A place is active by the events within a
 * distance of it, and only once there are more than a few, so that no event calls forth copies of itself.
 */
import { RADIANS_PER_DEGREE } from "@harken/core";
import { placeOf } from "./grid.ts";
import type { Hypothesis } from "./hypothesis.ts";
import type { AssociatorSettings } from "./settings.ts";

export interface Activity {
  /** Log of how much likelier an event is here than where none was found; the place as a unit vector. */
  logGain(x: number, y: number, z: number): number;
}

export const quiet: Activity = Object.freeze({ logGain: () => 0 });

const EARTH_DEG2 = 41_253;

/** `spanSec` is the time in which the events were found. */
export function activityOf(events: readonly Hypothesis[], spanSec: number, settings: AssociatorSettings): Activity {
  const { radiusDeg, minEvents, maxLogGain } = settings.activity;
  if (events.length < minEvents) return quiet;
  const places = events.map(({ origin }) => placeOf(origin.latitudeDeg, origin.longitudeDeg));
  const near = Math.cos(radiusDeg * RADIANS_PER_DEGREE);
  const usual = (settings.seismicity.eventsPerHour * spanSec * Math.PI * radiusDeg ** 2) / 3600 / EARTH_DEG2;
  return {
    logGain(x, y, z) {
      let count = 0;
      for (const [a, b, c] of places) if (a * x + b * y + c * z > near) count++;
      return count < minEvents ? 0 : Math.min(maxLogGain, Math.max(0, Math.log(count / usual)));
    },
  };
}
