/** `harken traveltime` as a person runs it, against times of the stored TauP outputs and the printed ak135 tables. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const harken = fileURLToPath(new URL("../harken.js", import.meta.url));

async function traveltime(...options: string[]) {
  const { stdout } = await run(process.execPath, [harken, "traveltime", ...options]);
  return stdout;
}

async function failure(...options: string[]): Promise<{ code: number; stderr: string }> {
  try {
    await traveltime(...options);
  } catch (error) {
    return error as { code: number; stderr: string };
  }
  throw new Error(`${options.join(" ")} did not fail`);
}

test("--json gives times of TauP's ak135 output for 35 deg and 10 km, with slowness and depth derivative", async () => {
  const stored = [
    ["P", 412.51, 8.625],
    ["pP", 415.59, 8.631],
    ["sP", 416.84, 8.63],
    ["PcP", 564.61, 2.91],
    ["S", 744.42, 15.393],
    ["ScP", 790.19, 3.603],
    ["PKiKP", 1006.58, 0.762],
    ["ScS", 1033.83, 5.383],
  ] as const;
  const names = stored.map(([phase]) => phase);
  const report = JSON.parse(await traveltime("--delta", "35", "--depth", "10", "--json", "--phase", ...names));
  assert.deepEqual([report.model, report.delta, report.depth, report.absent], ["ak135", 35, 10, []]);
  for (const [phase, time, slowness] of stored) {
    const row = report.arrivals.find((arrival: { phase: string }) => arrival.phase === phase);
    assert.ok(Math.abs(row.time - time) <= 0.02 && Math.abs(row.slowness - slowness) <= 0.002, phase);
    assert.ok(Math.abs(row.depthDerivative) > 0.1 && row.depthDerivative > 0 === /^[ps]/.test(phase), phase);
  }
});

test("the table names what does not arrive, and --help says what there is", async () => {
  const table = await traveltime("--delta", "50", "--phase", "P", "PKPbc");
  assert.match(table, /^ak135, 50 deg, source at 0 km\n/);
  assert.match(table, /\nP +535\.99\d /);
  assert.match(table, /\nNo arrival there: PKPbc\n$/);
  assert.match(await traveltime("--help"), /--delta <deg>[\s\S]*--phase <names\.\.\.>[\s\S]*--json/);
});

test("wrong values end with status 2 and one sentence that says what to give", async () => {
  for (const [options, sentence] of [
    [["--delta", "abc"], /--delta cannot be abc\. Give a number from 0 to 180\./],
    [["--delta", "50", "--phase", "P,XYZ"], /--phase cannot be XYZ\. Write phases like P,/],
    [["--delta", "50", "--ellipticity"], /Give the source's --latitude and the --azimuth/],
    [[], /required option '--delta <deg>'/],
  ] as const) {
    const { code, stderr } = await failure(...options);
    assert.equal(code, 2, stderr);
    assert.match(stderr, sentence);
  }
});
