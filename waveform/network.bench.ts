/** Network processing: association, location and correlation. */
import { benchmarks as association } from "./association/association.bench.ts";
import { benchmarks as bayes } from "./bayes/bayes.bench.ts";
import { benchmarks as correlation } from "./correlation/correlation.bench.ts";
import { benchmarks as location } from "./location/location.bench.ts";

export const benchmarks = [...association, ...bayes, ...location, ...correlation];
