/**
 * A simulated world: its network, what really happened in it, and the earth the waves went through. Waveforms are made from it on demand by
 * `synthesize`; nothing is kept but the few figures of each path.
 *
 *     const world = createWorld(demoWorldConfig, createEarthModel("ak135"));
 *     world.events.length; // 13
 */
import type { EarthModel, Inventory } from "@harken/core";
import type { WorldConfig } from "./config.ts";
import { simulatedInventory } from "./network.ts";
import { type HiddenEvent, hiddenEvents } from "./seismicity.ts";

export interface World {
  readonly config: WorldConfig;
  readonly inventory: Inventory;
  /** The truth, by time. */
  readonly events: readonly HiddenEvent[];
  readonly earth: EarthModel;
}

/** Throws a RangeError for a configuration that cannot be: an unknown station, no time, no rate. */
export function createWorld(config: WorldConfig, earth: EarthModel): World {
  const { hours, sampleRateHz, startTime } = config;
  if (!(hours > 0 && Number.isFinite(hours))) throw new RangeError(`a world needs some hours, not ${hours}`);
  if (!(sampleRateHz > 0 && Number.isInteger(sampleRateHz)))
    throw new RangeError(`a world needs a whole number of samples a second, not ${sampleRateHz}`);
  if (!Number.isFinite(startTime)) throw new RangeError("a world needs a start time in epoch seconds");
  return { config, inventory: simulatedInventory(config), events: hiddenEvents(config), earth };
}
