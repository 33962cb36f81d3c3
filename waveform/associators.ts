/**
 * The associators by name, behind one interface: which of them builds the events is configuration.
 *
 *     const associator = associatorNamed("bayes", stations, createEarthModel("ak135"));
 *     associator.build(arrivals, [], "SEL1-").events;
 */
import type { EarthModel, Station } from "@harken/core";
import { type Associator, createAssociator } from "./association/associator.ts";
import { defaultAssociatorSettings } from "./association/settings.ts";
import { createBayesAssociator } from "./bayes/associator.ts";
import { type BayesPriors, defaultPriors } from "./bayes/priors.ts";
import { noStationCorrections, type StationCorrections } from "./location/stationCorrections.ts";

/** `grid`: a global grid search with the IDC's event definition; `bayes`: a generative model of NET-VISA's class with learned priors. */
export const associatorNames = ["grid", "bayes"] as const;
export type AssociatorName = (typeof associatorNames)[number];

/**
 * `priors` are the Bayesian associator's; those learned from simulation when left out. `corrections` are the grid search's: the Bayesian model
 * takes none.
 */
export function associatorNamed(
  name: AssociatorName,
  stations: readonly Station[],
  earth: EarthModel,
  priors: BayesPriors = defaultPriors,
  corrections: StationCorrections = noStationCorrections,
): Associator {
  return name === "bayes"
    ? createBayesAssociator(stations, earth, priors)
    : createAssociator(stations, earth, defaultAssociatorSettings, corrections);
}
