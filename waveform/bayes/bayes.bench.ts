/** The Bayesian associator on half an hour of a simulated world of the whole seismic network. Synthesised input. */
import { createEarthModel } from "@harken/earth";
import { arrivalWorldVariants, createArrivalWorld } from "@harken/simulator";
import { createBayesAssociator } from "./associator.ts";

const earth = createEarthModel("ak135");
const HOURS = 0.5;
const world = createArrivalWorld({ ...arrivalWorldVariants.usual, days: HOURS / 24, seed: 12 }, earth);
const associator = createBayesAssociator(world.stations, earth);

export const benchmarks = [
  {
    name: `Bayesian association: ${world.arrivals.length} arrivals of ${HOURS} h at ${world.stations.length} stations`,
    unit: "arrivals",
    amount: world.arrivals.length,
    run: () => {
      associator.build(world.arrivals, [], "");
    },
  },
];
