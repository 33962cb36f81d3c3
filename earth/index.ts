export { mbCorrection, mlCorrection, msCorrection } from "./attenuation/magnitude.ts";
export { createEarthModel, mediumVelocityKmPerSec } from "./earthModel.ts";
export { type PhaseRange, phaseRanges, phasesAt } from "./phases/idcPhases.ts";
export { regionName, regionNumber } from "./regions/flinnEngdahl.ts";
export { type EarthTables, tableEarthModel } from "./tables/tableModel.ts";
export { groupVelocityKmPerSec } from "./taup/guidedWaves.ts";
export { isPhaseName, type RayArrival, type TravelTimeRequest, travelTimes } from "./taup/travelTimes.ts";
export type { ModelName } from "./velocityModel.ts";
