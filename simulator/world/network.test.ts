import assert from "node:assert/strict";
import { test } from "node:test";
import { channelKey, geodesicKm } from "@harken/core";
import { demoWorldConfig } from "./config.ts";
import { simulatedInventory } from "./network.ts";

test("the demonstration has thirty-one stations, five of them arrays of nine elements", () => {
  const { stations } = simulatedInventory(demoWorldConfig);
  assert.equal(stations.length, 31);
  const arrays = stations.filter(({ kind }) => kind === "array");
  assert.deepEqual(
    arrays.map(({ code, sites, channels }) => [code, sites.length, channels.length]),
    ["ARCES", "ASAR", "CMAR", "MKAR", "PDAR"].map((code) => [code, 9, 12]),
  );
  const keys = stations.flatMap(({ channels }) => channels.map(({ id }) => channelKey(id)));
  assert.equal(new Set(keys).size, keys.length);
});

test("elements stand at their offsets from the reference point", () => {
  for (const station of simulatedInventory(demoWorldConfig).stations) {
    for (const site of station.sites) {
      const km = geodesicKm(station.latitudeDeg, station.longitudeDeg, site.latitudeDeg, site.longitudeDeg);
      assert.ok(Math.abs(km - Math.hypot(site.northKm, site.eastKm)) < 1e-6, site.code);
    }
  }
});

test("without a list of codes the whole located primary network takes part", () => {
  const { stationCodes: _, ...config } = demoWorldConfig;
  assert.ok(simulatedInventory(config).stations.length >= 47);
});

test("an unknown code, and an array without elements, are refused", () => {
  assert.throws(() => simulatedInventory({ ...demoWorldConfig, stationCodes: ["XXXX"] }), /XXXX/);
  assert.throws(() => simulatedInventory({ ...demoWorldConfig, stationCodes: ["YKA"], arrayCodes: ["YKA"] }), /YKA/);
});
