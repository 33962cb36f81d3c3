/** `harken compare` as a user runs it, on bulletins that the program wrote itself: the simulated truth of one is the other, moved. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Bulletin, Origin } from "@harken/core";
import { encodeQuakeMl } from "@harken/formats";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

function harken(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", main, ...args],
    {
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

function bulletin(places: readonly (readonly [key: string, time: number, lat: number, lon: number])[]): Bulletin {
  const events = places.map(([key, time, latitudeDeg, longitudeDeg]) => {
    const origin: Origin = {
      key: `${key}-o`,
      time,
      latitudeDeg,
      longitudeDeg,
      depthKm: 0,
      depthType: "surface",
      error: null,
      associations: [],
      magnitudes: [],
      definingCount: 0,
      stationCount: 0,
      azimuthGapDeg: 360,
      rmsResidualSec: 0,
      author: "test",
      remarks: [],
    };
    return { key, preferredOriginKey: origin.key, origins: [origin] };
  });
  return { list: "SEL1", events, arrivals: [] };
}

test("recall, precision, and why each event is alone", () => {
  const folder = mkdtempSync(join(tmpdir(), "harken-compare-"));
  try {
    const write = (name: string, content: Bulletin) => {
      writeFileSync(join(folder, name), encodeQuakeMl(content));
      return join(folder, name);
    };
    const reference = write(
      "reference.xml",
      bulletin([
        ["a", 1e9, 10, 20],
        ["b", 1e9 + 5000, -30, 100],
        ["c", 1e9 + 9000, 50, 0],
      ]),
    );
    const other = write(
      "other.xml",
      bulletin([
        ["x", 1e9 + 3, 10.5, 20],
        ["y", 1e9 + 9300, 50, 0],
      ]),
    );
    const json = harken("compare", reference, other, "--quiet", "--json");
    assert.equal(json.status, 0, json.stderr);
    const result = JSON.parse(json.stdout);
    assert.equal(result.pairs.length, 1);
    assert.ok(Math.abs(result.recall - 1 / 3) < 1e-9);
    assert.ok(Math.abs(result.precision - 1 / 2) < 1e-9);
    assert.ok(Math.abs(result.pairs[0].distanceKm - 55.3) < 0.3 && Math.abs(result.pairs[0].timeSec - 3) < 1e-3);
    assert.equal(result.missed.length, 2);
    assert.match(result.missed[1].reason, /300 s later and 0 km away/);
    const text = harken("compare", reference, other, "--quiet", "--distance", "0.2");
    assert.match(text.stdout, /^0 events in both; 3 of the reference's 3 missed, 2 of 2 extra/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("a file without events is a clear error with its own exit status", () => {
  const folder = mkdtempSync(join(tmpdir(), "harken-compare-"));
  try {
    const empty = join(folder, "empty.xml");
    writeFileSync(empty, encodeQuakeMl(bulletin([])));
    const { status, stderr } = harken("compare", empty, empty, "--quiet");
    assert.equal(status, 3);
    assert.match(stderr, /NO_EVENTS: .* holds no events/);
    assert.equal(harken("compare", join(folder, "absent"), empty).status, 2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
