/** Network processing: association and location. */
import { benchmarks as association } from "./association/association.bench.ts";
import { benchmarks as bayes } from "./bayes/bayes.bench.ts";
import { benchmarks as location } from "./location/location.bench.ts";

export const benchmarks = [...association, ...bayes, ...location];
