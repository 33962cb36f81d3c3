import assert from "node:assert/strict";
import { test } from "node:test";
import { regionName, regionNumber } from "./flinnEngdahl.ts";
import { regionNames } from "./names.ts";

test("757 regions with a name each; places with known regions of the published scheme", () => {
  assert.equal(regionNames.length, 757);
  assert.ok(regionNames.every((name) => name.length > 2));
  for (const [lat, lon, name] of [
    [41.28, 129.08, "North Korea"],
    [37.1, -116.05, "Southern Nevada"],
    [73.4, 54.9, "Novaya Zemlya"],
    [49.9, 78.8, "Eastern Kazakhstan"],
    [-21.8, -138.9, "Tuamotu Archipelago region"],
    [38.3, 142.4, "Near east coast of eastern Honshu"],
    [41.5, 88.5, "Southern Xinjiang"],
    [52.5, 13.4, "Germany"],
  ] as const)
    assert.equal(regionName(lat, lon), name, `${lat} ${lon}`);
});

test("every place has a region, the poles and the date line included", () => {
  for (let lat = -90; lat <= 90; lat += 0.5) {
    for (let lon = -180; lon <= 540; lon += 7.5) {
      const number = regionNumber(lat, lon);
      assert.ok(number >= 1 && number <= 757, `${lat} ${lon}: ${number}`);
    }
  }
});
