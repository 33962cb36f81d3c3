/**
 * Correlation on real waveforms: four DPRK nuclear tests at 7 to 8 open stations, each the template of the others. Masters stand at the places and
 * times of Yang et al. 2021, with the IDC's mb; relative places are held against Gibbons 2026, who used other stations.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Bulletin, type Origin, parseTime } from "@harken/core";
import { encodeImsBulletin } from "@harken/formats";
import { referencePath } from "@harken/testing";
import { loadFile } from "./input.ts";
import { harken } from "./testCommand.ts";

/** key, time, place; east and north of DPRK2, km (Gibbons 2026); mb of the IDC (REB, ctbto.org; DPRK4 as the table recalls it). */
const tests = [
  ["DPRK2", "2009-05-25T00:54:43.141", 41.2952, 129.0778, 0, 0, 4.5],
  ["DPRK3", "2013-02-12T02:57:51.283", 41.2931, 129.0745, -0.34, -0.243, 4.9],
  ["DPRK4", "2016-01-06T01:30:00.870", 41.2994, 129.0721, -0.538, 0.278, 4.8],
  ["DPRK5", "2016-09-09T00:30:01.382", 41.2973, 129.0809, -0.077, 0.317, 5.1],
] as const;

function masters(): Bulletin {
  const events = tests.map(([key, time, latitudeDeg, longitudeDeg, , , mb]) => {
    const origin: Origin = {
      ...{ key: `${key}/1`, time: parseTime(time)!, latitudeDeg, longitudeDeg, depthKm: 0, depthType: "surface" },
      ...{ error: null, associations: [], definingCount: 0, stationCount: 0, azimuthGapDeg: 360, rmsResidualSec: 0 },
      magnitudes: [{ type: "mb", value: mb, uncertainty: 0.1, stationCount: 20, stations: [] }],
      ...{ author: "test", remarks: [] },
    };
    return { key, preferredOriginKey: origin.key, origins: [origin] };
  });
  return { list: "REB", events, arrivals: [] };
}

const set = referencePath("waveforms/dprk-2009-2016");

test("each DPRK test found by the others and nothing else; placed within 0.3 km of Gibbons 2026, sized within 0.3 of the IDC's mb; XSEL written and matched", {
  skip: set === null && "reference data absent: waveforms/dprk-2009-2016",
}, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "harken-correlate-"));
  try {
    const bulletin = join(folder, "masters.ims");
    writeFileSync(bulletin, encodeImsBulletin(masters(), { stations: [] }));
    const out = join(folder, "out");
    const common = [bulletin, set!, "--json", "--quiet"];
    const ran = await harken("correlate", ...common, "--against", bulletin, "--out", out);
    assert.equal(ran.status, 0, ran.stderr);
    const { events, matches } = JSON.parse(ran.stdout);
    assert.equal(events.length, tests.length);
    assert.equal(matches[0].pairs.length, tests.length);
    assert.deepEqual(matches[0].extra, []);
    const nearest = (time: number) => tests.find((own) => Math.abs(parseTime(own[1])! - time) < 10)!;
    const masterOf = new Map(tests.map((own, i) => [decodedKeys(bulletin)[i], own]));
    for (const { time, master, relative, magnitudes, detections, arrivals } of events) {
      const found = nearest(time);
      const from = masterOf.get(master)!;
      assert.ok(found && from && found !== from, "found by another test");
      assert.ok(Math.abs(parseTime(found[1])! - time) < 0.5);
      assert.ok(detections.length >= 4 && arrivals.length === detections.length);
      const [east, north] = [found[4] - from[4], found[5] - from[5]];
      const km = Math.hypot(relative.east - east, relative.north - north);
      const [{ type, value, uncertainty }] = magnitudes;
      t.diagnostic(
        `${found[0]} from ${from[0]}: ${relative.east.toFixed(2)} ${relative.north.toFixed(2)} km (published ${east.toFixed(2)} ${north.toFixed(2)}, ${km.toFixed(2)} km apart), ellipse ${relative.semiMajor.toFixed(2)} x ${relative.semiMinor.toFixed(2)}; ${type} ${value.toFixed(2)} +- ${uncertainty.toFixed(2)} (IDC ${found[6]})`,
      );
      assert.ok(km < 0.3, `${km} km`);
      assert.ok(type === "mb" && Math.abs(value - found[6]) < 0.3, `${value}, ${found[6]}`);
    }
    assert.equal(loadFile(join(out, "bulletin.ims")).contents.bulletin!.events.length, tests.length);

    const at = ["--latitude", "41.3", "--longitude", "129.08"];
    const spot = await harken("spotcheck", ...common, ...at, "--time", "2013-02-12T02:57:50Z");
    const found = JSON.parse(spot.stdout);
    assert.equal(found.found, true);
    assert.equal(found.events.length, 1);
    const empty = await harken("spotcheck", ...common, ...at, "--time", "2013-02-12T02:55:00Z", "--window", "60");
    assert.equal(JSON.parse(empty.stdout).found, false);
    const far = await harken(
      "spotcheck",
      ...common,
      "--latitude",
      "10",
      "--longitude",
      "20",
      "--time",
      "2013-02-12T02:57:50Z",
    );
    assert.equal(far.status, 3);
    assert.match(far.stderr, /NO_EVENTS: .* near the place/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Keys that the events have once they are read. */
const decodedKeys = (path: string): string[] => loadFile(path).contents.bulletin!.events.map(({ key }) => key);

test("options that cannot be are refused with what to do", async () => {
  const band = await harken("correlate", "x", "y", "--band", "4-1");
  assert.equal(band.status, 2);
  assert.match(band.stderr, /BAD_OPTION: --band cannot be 4-1/);
  const recipe = await harken("correlate", "x", "y", "--recipe", "global");
  assert.match(recipe.stderr, /The recipes are regional and local/);
  const help = await harken("spotcheck", "--help");
  for (const option of ["--latitude", "--longitude", "--time", "--json"]) assert.ok(help.stdout.includes(option));
});
