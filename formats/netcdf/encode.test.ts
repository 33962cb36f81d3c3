import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { decodeNetcdf } from "./decode.ts";
import { encodeNetcdf, type NetcdfContents } from "./encode.ts";
import { weatherFromNetcdf } from "./weather.ts";

const made: NetcdfContents = {
  dimensions: { time: 2, latitude: 2, longitude: 3 },
  attributes: { Conventions: "CF-1.6", release: 1.3e15 },
  variables: [
    {
      name: "time",
      dimensions: ["time"],
      attributes: { units: "seconds since 1970-01-01 00:00:00" },
      values: Float64Array.from([1.3e9, 1.3e9 + 10_800]),
    },
    {
      name: "latitude",
      dimensions: ["latitude"],
      attributes: { units: "degrees_north" },
      values: Float64Array.from([-0.5, 0.5]),
    },
    {
      name: "longitude",
      dimensions: ["longitude"],
      attributes: { units: "degrees_east" },
      values: Float64Array.from([10.5, 11.5, 12.5]),
    },
    {
      name: "srs",
      dimensions: ["time", "latitude", "longitude"],
      attributes: { units: "m-3", long_name: "sensitivity" },
      values: Float32Array.from({ length: 12 }, (_, i) => i * 1e-15),
    },
    { name: "count", dimensions: ["longitude"], attributes: {}, values: Int32Array.from([1, -2, 3]) },
  ],
};

test("what is written is read again, and the coordinates are understood by the CF conventions", () => {
  const { items, problems } = decodeNetcdf(encodeNetcdf(made));
  assert.deepEqual(problems, []);
  const { attributes, variables } = items[0]!;
  assert.equal(attributes.get("Conventions"), "CF-1.6");
  assert.deepEqual(attributes.get("release"), [1.3e15]);
  made.variables.forEach(({ name, dimensions, values }, i) => {
    assert.equal(variables[i]!.name, name);
    assert.deepEqual(variables[i]!.dimensions, dimensions);
    assert.deepEqual(variables[i]!.read(), values);
  });
  const { fields } = weatherFromNetcdf(items[0]!);
  assert.deepEqual(
    fields.map(({ validTime }) => validTime),
    [1.3e9, 1.3e9 + 10_800],
  );
  assert.deepEqual(fields[1]!.values, (made.variables[3]!.values as Float32Array).slice(6));
});

const NCDUMP = "/usr/bin/ncdump";

test("Unidata's ncdump reads it", { skip: existsSync(NCDUMP) ? false : `${NCDUMP} is not installed` }, () => {
  const folder = mkdtempSync(join(tmpdir(), "harken-netcdf-"));
  try {
    const path = join(folder, "made.nc");
    writeFileSync(path, encodeNetcdf(made));
    const { status, stdout, stderr } = spawnSync(NCDUMP, ["-v", "count,latitude", path], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /float srs\(time, latitude, longitude\) ;/);
    assert.match(stdout, /count = 1, -2, 3 ;/);
    assert.match(stdout, /latitude = -0\.5, 0\.5 ;/);
    assert.match(stdout, /:release = 1\.3e\+15 ;/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("values that do not fill their shape are refused", () => {
  const [variable] = made.variables;
  assert.throws(
    () => encodeNetcdf({ ...made, variables: [{ ...variable!, values: new Float64Array(3) }] }),
    /do not fill/,
  );
  assert.throws(() => encodeNetcdf({ ...made, variables: [{ ...variable!, dimensions: ["level"] }] }), RangeError);
});
