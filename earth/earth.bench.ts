/** Travel times by ray integration, from tables, and with corrections. */
import { createEarthModel } from "./earthModel.ts";
import { travelTimes } from "./taup/travelTimes.ts";

const LOOKUPS = 200_000;
const INTEGRATIONS = 200;

const earth = createEarthModel("ak135");

export const benchmarks = [
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
