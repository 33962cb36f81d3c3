/** Travel times by ray integration, from tables and how long those take to make, and corrections. */
import { createEarthModel } from "./earthModel.ts";
import { phaseRanges } from "./phases/idcPhases.ts";
import { createTable, globalAxes, lookUp } from "./tables/table.ts";
import { travelTimes } from "./taup/travelTimes.ts";
import { createVelocityModel, modelRows } from "./velocityModel.ts";

const LOOKUPS = 200_000;
const INTEGRATIONS = 200;

const earth = createEarthModel("ak135");
const phases = [...new Set(phaseRanges.map(({ phase }) => phase))];

/** Tables of a model that nobody has asked anything yet. */
function firstUse(depthsKm: readonly number[]): void {
  const model = createVelocityModel("ak135", modelRows.ak135);
  for (const phase of phases) {
    const table = createTable(model, phase, globalAxes);
    for (const depthKm of depthsKm) lookUp(table, 60, depthKm);
  }
}

export const benchmarks = [
  {
    name: `first use of the tables of ${phases.length} phases, one depth`,
    unit: "phases",
    amount: phases.length,
    run: () => firstUse([10]),
  },
  {
    name: `tables of ${phases.length} phases, every row`,
    unit: "phases",
    amount: phases.length,
    run: () => firstUse(globalAxes.depthsKm),
  },
  {
    name: `P from the table, ${LOOKUPS} distances and depths`,
    unit: "lookups",
    amount: LOOKUPS,
    run() {
      for (let i = 0; i < LOOKUPS; i++) earth.predict("P", 20 + (i % 7500) * 0.01, (i * 7) % 600);
    },
  },
  {
    name: `ellipticity and elevation of P, ${LOOKUPS} paths`,
    unit: "corrections",
    amount: LOOKUPS,
    run() {
      for (let i = 0; i < LOOKUPS; i++)
        earth.correction("P", {
          deltaDeg: 20 + (i % 7500) * 0.01,
          depthKm: (i * 7) % 600,
          sourceLatitudeDeg: (i % 180) - 90,
          eventStationAzimuthDeg: i % 360,
          stationElevationKm: 1,
        });
    },
  },
  {
    name: `P, PcP, S, PKPdf by ray integration, ${INTEGRATIONS} distances at 33 km`,
    unit: "phases",
    amount: 4 * INTEGRATIONS,
    run() {
      for (let i = 0; i < INTEGRATIONS; i++)
        travelTimes("ak135", { phases: ["P", "PcP", "S", "PKPdf"], deltaDeg: 20 + (i % 150), depthKm: 33 });
    },
  },
];
