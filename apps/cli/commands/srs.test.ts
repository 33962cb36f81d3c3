/** `harken srs` as a user runs it, on the stored fields of a known release. */
import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { parseTime, type SourceReceptorField } from "@harken/core";
import { decodeNetcdf, encodeSourceReceptorField } from "@harken/formats";
import { referenceTest } from "@harken/testing";
import { harken } from "../testCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-srs-"));
after(() => rmSync(folder, { recursive: true }));

/** 1e15 Bq from 41.3 N 129.1 E, 2011-06-05 00 to 03 UTC, measured at four stations for nine days. */
const SET = "atmosphere/psr_synthetic";

referenceTest(
  "possible source region, overlap and source term of 36 samples: the stored maximum, and the release within the stated range",
  [SET],
  async (_t, [set]) => {
    const map = join(folder, "region.nc");
    const samples = ["--samples", join(set!, "samples.csv")];
    const region = await harken("srs", "region", set!, ...samples, "--out", map);
    assert.equal(region.status, 0, region.stderr);
    assert.match(region.stdout, /^ *39\.50 +133\.50 +0\.9571 +4\.868e\+14 +10 +2011-06-06T06:00:00Z/m);
    const { variables } = decodeNetcdf(readFileSync(map)).items[0]!;
    const correlation = variables.find(({ name }) => name === "correlation")!.read() as Float64Array;
    // The true cell, by its row from 90 S and column from 180 W.
    assert.ok(Math.abs(correlation[131 * 360 + 309]! - 0.836) < 1e-3);
    const overlap = await harken("srs", "overlap", set!, ...samples, "--json");
    const { remarks, cells } = JSON.parse(overlap.stdout) as { remarks: string[]; cells: { samples: number }[] };
    assert.deepEqual([remarks[0], cells[0]!.samples], ["13 detections in 36 samples.", 13]);
    const source = await harken(
      ...["srs", "source", set!, ...samples, "--at", "41.3,129.1", "--json"],
      ...["--from", "2011-06-05T00:00Z", "--to", "2011-06-05T06:00Z"],
    );
    const { totalBq, lowBq, highBq } = JSON.parse(source.stdout) as Record<string, number>;
    assert.ok(lowBq! < 1e15 && highBq! > 1e15 && totalBq! / 1e15 > 0.5 && totalBq! / 1e15 < 2, source.stdout);
  },
);

referenceTest(
  "each station's strongest sample is explained by a release that the inventory knows, and unexplained without it",
  [SET],
  async (_t, [set]) => {
    const inventory = (bqPerSec: number) => {
      const path = join(folder, `inventory-${bqPerSec}.csv`);
      writeFileSync(
        path,
        `name,lat,lon,bq_per_s,uncertainty_share,from,to\nplant,41.3,129.1,${bqPerSec},0.1,2011-06-05T00:00Z,2011-06-05T03:00Z\n`,
      );
      return path;
    };
    const strongest = async (bqPerSec: number) => {
      const args = [set!, "--samples", join(set!, "samples.csv"), "--inventory", inventory(bqPerSec), "--json"];
      const { stdout } = await harken("srs", "background", ...args);
      const rows = JSON.parse(stdout) as { station: string; measured: number; verdict: string }[];
      return [...Map.groupBy(rows, ({ station }) => station).values()].map(
        (list) => list.reduce((top, row) => (row.measured > top.measured ? row : top)).verdict,
      );
    };
    // The plume's edge at V01 is where FLEXPART's own two directions differ most, by a factor of 1.8.
    assert.deepEqual(await strongest(1e15 / 10_800), ["doubtful", "explained", "explained", "explained"]);
    assert.deepEqual(await strongest(1e9), Array(4).fill("unexplained"));
  },
);

const made = (stepDeg: number, station = "X"): SourceReceptorField => ({
  station,
  latitudeDeg: 10,
  longitudeDeg: 20,
  sampleStart: parseTime("2013-04-08T00:00:00Z")!,
  sampleStop: parseTime("2013-04-09T00:00:00Z")!,
  releaseBq: 1e15,
  durationHours: 24,
  outputHours: 3,
  averageHours: 3,
  stepLatDeg: stepDeg,
  stepLonDeg: stepDeg,
  firstStep: 1,
  cellLatitudeDeg: Float32Array.from([10.5, 11.5]),
  cellLongitudeDeg: Float32Array.from([20.5, 20.5]),
  step: Int32Array.from([1, 2]),
  values: Float64Array.from([4, 2]),
  spread: null,
});

test("several models of one sample: the share that agrees, and KML", async () => {
  const [a, b, map] = [join(folder, "a.srs"), join(folder, "b.srs"), join(folder, "models.kml")];
  writeFileSync(a, encodeSourceReceptorField(made(1)));
  writeFileSync(b, encodeSourceReceptorField(made(1)).split("\n").slice(0, 2).join("\n"));
  const { status, stdout, stderr } = await harken("srs", "models", a, b, "--out", map);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^10\.50 +20\.50 +1$/m);
  assert.match(stdout, /^11\.50 +20\.50 +0\.5$/m);
  assert.match(readFileSync(map, "utf8"), /<Placemark><name>1\.00 1<\/name>.*20\.0000,10\.0000 21\.0000,10\.0000/);
});

test("fields of another grid, of another sample, damaged or missing ones are refused and nothing is written", async () => {
  const to = join(folder, "refused.nc");
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const whole = write("whole.srs", encodeSourceReceptorField(made(1)));
  const fine = write("fine.srs", encodeSourceReceptorField(made(0.5)));
  const cut = write("cut.srs", encodeSourceReceptorField(made(1)).slice(0, -8));
  const other = write("other.srs", encodeSourceReceptorField(made(1, "Y")));
  const table = (station: string) =>
    write(
      `${station}.csv`,
      `station,lat,lon,sample_start,sample_stop,conc_Bq_m3\n${station},10,20,2013-04-08T00:00Z,2013-04-09T00:00Z,1\n`,
    );
  mkdirSync(join(folder, "none"), { recursive: true });
  copyFileSync(whole, join(folder, "none", "notes.md"));
  for (const [code, exit, args] of [
    ["FIELDS_DIFFER", 3, ["regard", whole, fine]],
    ["FIELDS_DIFFER", 3, ["models", whole, other]],
    ["NO_FIELD", 3, ["regard", whole, cut]],
    ["NO_FIELD", 3, ["regard", join(folder, "none")]],
    ["SAMPLE_WITHOUT_FIELD", 3, ["region", whole, "--samples", table("Z")]],
    ["BAD_OPTION", 2, ["regard", whole, "--nuclide", "Xe-999"]],
  ] as const) {
    const { status, stderr } = await harken("srs", ...args, "--out", to);
    assert.match(stderr, new RegExp(`^${code}: .+`), stderr);
    assert.equal(status, exit, stderr);
    assert.equal(existsSync(to), false, code);
  }
});
