/** `harken demo dprk` as a person runs it, against the places and times of Yang et al. 2021 and the relative places of Gibbons 2026. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const harken = fileURLToPath(new URL("../harken.js", import.meta.url));

test("--json and --map: six places within 10 km and 1 s, relative ones within 1 km, and the map of the same result", async () => {
  const folder = mkdtempSync(join(tmpdir(), "harken-demo-"));
  try {
    const map = join(folder, "dprk.svg");
    const { stdout } = await run(process.execPath, [harken, "demo", "dprk", "--json", "--map", map]);
    const { model, tests } = JSON.parse(stdout);
    assert.equal(model, "iasp91");
    assert.equal(tests.length, 6);
    for (const { id, distanceFromPublished, laterThanPublished, relative, errorEllipse, arrivals } of tests) {
      assert.ok(distanceFromPublished <= 10 && Math.abs(laterThanPublished) <= 1, id);
      assert.ok(relative.distanceFromYang <= 1 && relative.distanceFromGibbons <= 1, id);
      assert.ok(errorEllipse.semiMajor >= errorEllipse.semiMinor && errorEllipse.confidence === 0.9, id);
      assert.ok(
        arrivals.some(({ phase }: { phase: string }) => phase === "Pn"),
        id,
      );
    }
    const svg = readFileSync(map, "utf8");
    for (const { distanceFromPublished } of tests) assert.ok(svg.includes(`: ${distanceFromPublished.toFixed(1)} km,`));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a map that cannot be written is an error that names the file", async () => {
  const path = join(tmpdir(), "no such folder", "map.svg");
  await assert.rejects(
    run(process.execPath, [harken, "demo", "dprk", "--map", path]),
    (error: { code?: number; stderr?: string }) => {
      assert.equal(error.code, 4);
      assert.match(error.stderr!, /NOT_WRITABLE: .*no such folder.*could not be written/);
      return true;
    },
  );
});
