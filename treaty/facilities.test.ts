import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { referenceTest } from "@harken/testing";
import { facilitiesOfState, facilityOfStation, facilityOfTreatyCode, imsFacilities, stationsOfRole } from "./index.ts";

test("counts are those of the Protocol: 321 stations and 16 laboratories", () => {
  const counts = (["primary", "auxiliary", "hydroacoustic", "infrasound", "radionuclide", "laboratory"] as const).map(
    (role) => stationsOfRole(role).length,
  );
  assert.deepEqual(counts, [50, 120, 11, 60, 80, 16]);
  assert.equal(imsFacilities.length, 337);
});

test("treaty codes run without a gap and are unique, station codes are unique", () => {
  const prefixes = {
    primary: "PS",
    auxiliary: "AS",
    hydroacoustic: "HA",
    infrasound: "IS",
    radionuclide: "RN",
    laboratory: "RL",
  };
  for (const [role, prefix] of Object.entries(prefixes)) {
    const codes = stationsOfRole(role as "primary").map(({ treatyCode }) => treatyCode);
    const width = role === "auxiliary" ? 3 : 2;
    assert.deepEqual(
      codes,
      codes.map((_, i) => `${prefix}${String(i + 1).padStart(width, "0")}`),
    );
  }
  const stations = imsFacilities.map(({ stationCode }) => stationCode).filter((code) => code !== "");
  assert.equal(new Set(stations).size, stations.length);
});

test("positions are on the globe, and are absent only where the source says none", () => {
  for (const { latitudeDeg, longitudeDeg, positionSource, treatyCode } of imsFacilities) {
    assert.equal(latitudeDeg === null || longitudeDeg === null, positionSource === "none", treatyCode);
    assert.ok(Math.abs(latitudeDeg ?? 0) <= 90 && Math.abs(longitudeDeg ?? 0) <= 180, treatyCode);
  }
});

test("a station is found by either code and by its State", () => {
  assert.equal(facilityOfStation("ARCES")?.treatyCode, "PS28");
  assert.equal(facilityOfTreatyCode("PS28")?.name, "Karasjok");
  assert.equal(facilityOfStation(""), undefined);
  assert.ok(facilitiesOfState("Norway").some(({ stationCode }) => stationCode === "NOA"));
});

referenceTest("every position agrees with the reference list", ["parametric/ims_stations.csv"], async (_t, [path]) => {
  const lines = (await readFile(path!, "utf8")).trim().split(/\r?\n/).slice(1);
  assert.equal(lines.length, imsFacilities.length);
  for (const line of lines) {
    const cells = line.match(/("[^"]*"|[^,]*)(?:,|$)/g)!.map((cell) => cell.replace(/,$/, "").replaceAll('"', ""));
    const facility = facilityOfTreatyCode(cells[0]!)!;
    assert.equal(facility.stationCode, cells[2]);
    assert.equal(facility.latitudeDeg, cells[5] === "" ? null : Number(cells[5]), cells[0]);
    assert.equal(facility.longitudeDeg, cells[6] === "" ? null : Number(cells[6]), cells[0]);
  }
});
