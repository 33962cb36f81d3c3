/**
 * The Bayesian associator on half an hour of a simulated world of the whole seismic network, and both associators on the minutes after a great
 * earthquake, when aftershocks come at a rate of hundreds an hour. Synthesised input.
 */
import { createEarthModel } from "@harken/earth";
import { arrivalWorldVariants, createArrivalWorld } from "@harken/simulator";
import { associatorNamed, associatorNames } from "../associators.ts";

const earth = createEarthModel("ak135");
const HOURS = 0.5;
const world = createArrivalWorld({ ...arrivalWorldVariants.usual, days: HOURS / 24, seed: 12 }, earth);
const associator = associatorNamed("bayes", world.stations, earth);

const FLOOD_MINUTES = 20;
const { sequences } = arrivalWorldVariants.aftershocks;
const mainshockDay = sequences[0]!.dayOfMainshock;
const flood = createArrivalWorld(
  { ...arrivalWorldVariants.aftershocks, days: mainshockDay + FLOOD_MINUTES / 1440, seed: 12 },
  earth,
);
const floodArrivals = flood.arrivals.filter(({ time }) => time >= flood.config.startTime + mainshockDay * 86_400);

export const benchmarks = [
  {
    name: `Bayesian association: ${world.arrivals.length} arrivals of ${HOURS} h at ${world.stations.length} stations`,
    unit: "arrivals",
    amount: world.arrivals.length,
    run: () => {
      associator.build(world.arrivals, [], "");
    },
  },
  ...associatorNames.map((name) => {
    const own = associatorNamed(name, flood.stations, earth);
    return {
      name: `${name} association after a mainshock of magnitude ${sequences[0]!.magnitude}: ${floodArrivals.length} arrivals of ${FLOOD_MINUTES} min`,
      unit: "arrivals",
      amount: floodArrivals.length,
      run: () => {
        own.build(floodArrivals, [], "");
      },
    };
  }),
];
