/** Network processing: location. */
import { benchmarks as location } from "./location/location.bench.ts";

export const benchmarks = [...location];
