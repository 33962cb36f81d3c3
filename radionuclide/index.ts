export { type ChainMember, chainActivities } from "./decay/bateman.ts";
export { decayFactor, type MeasurementTimes } from "./decay/measurement.ts";
