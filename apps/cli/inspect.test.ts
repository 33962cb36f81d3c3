/** `harken inspect` and the command's frame as a user meets them. */
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { encodeSac } from "@harken/formats";
import { harken, makeRecordings, shell } from "./testCommand.ts";
import { version } from "./version.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-inspect-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const recordings = makeRecordings(folder);
const [file] = recordings.files;

test("--help of each command says what it takes, --version who it is", async () => {
  const { status, stdout } = await harken("--help");
  assert.equal(status, 0);
  const commands = [...stdout.matchAll(/^ {2}(\w+)/gm)].map(([, name]) => name!).filter((name) => name !== "help");
  assert.deepEqual(
    ["convert", "demo", "inspect", "locate", "process", "start", "traveltime"].filter(
      (name) => !commands.includes(name),
    ),
    [],
  );
  for (const command of commands) {
    const help = await harken(command, "--help");
    assert.equal(help.status, 0, command);
    assert.match(help.stdout, new RegExp(`^Usage: harken ${command}`));
    assert.match(help.stdout, /Options:/);
  }
  assert.equal((await harken("--version")).stdout, `${version}\n`);
  assert.equal((await harken()).status, 2);
});

test("channels, times, extremes of known samples", async () => {
  const samples = Int32Array.of(5, -3, 7, 1);
  const channel = { network: "XX", station: "AAA", location: "", channel: "BHZ" };
  const path = join(folder, "known.sac");
  writeFileSync(path, encodeSac({ channel, startTime: 1_234_567_890, sampleRateHz: 2, samples }));
  const { status, stdout } = await harken("inspect", path, "--json");
  assert.equal(status, 0);
  const [report] = JSON.parse(stdout) as Record<string, unknown>[];
  assert.deepEqual(report!["segments"], [
    {
      ...{ channel: "XX.AAA..BHZ", from: 1_234_567_890, to: 1_234_567_891.5, sampleRateHz: 2, samples: 4 },
      ...{ minimum: -3, maximum: 7, mean: 2.5 },
    },
  ]);
  const text = await harken("inspect", path, recordings.metadata);
  assert.match(text.stdout, /known\.sac: sac\n1 channels, 4 samples, 0 gaps/);
  assert.match(
    text.stdout,
    /XX\.AAA\.\.BHZ +2009-02-13T23:31:30\.000Z +2009-02-13T23:31:31\.500Z +2\.0000 +4 +-3\.0 +7\.0 +2\.50/,
  );
  assert.match(text.stdout, /stations\.xml: stationxml\ninstrument/);
});

test("a place that is not known is null, not a number", async () => {
  const path = join(folder, "bare.sacpz");
  writeFileSync(path, "ZEROS 2\nPOLES 1\n-1.0 0.0\nCONSTANT 5.0\n");
  const { stdout } = await harken("inspect", path, "--json");
  const [report] = JSON.parse(stdout) as { instruments: { latitude: number | null; stages: number }[] }[];
  for (const { latitude } of report!.instruments) assert.equal(latitude, null);
});

test("a reader that has seen enough ends the command quietly", async () => {
  const copies = join(folder, "copies");
  mkdirSync(copies);
  for (let i = 0; i < 300; i++) copyFileSync(file!, join(copies, `${i}.mseed`));
  for (const command of ["$HARKEN inspect", "$HARKEN inspect --json"]) {
    const { status, stdout, stderr } = await shell(`${command} ${copies} | head -2`);
    assert.equal(status, 0, stderr);
    assert.equal(stdout.trimEnd().split("\n").length, 2);
    assert.equal(stderr, "");
  }
});

test("a pipe and an endless device are read within bounds", async () => {
  const piped = await shell(`$HARKEN inspect <(cat ${file}) --json`);
  assert.equal(piped.status, 0, piped.stderr);
  const [report] = JSON.parse(piped.stdout) as { format: string; samples: number }[];
  assert.deepEqual([report!.format, report!.samples], ["miniseed2", 3 * 20 * 1080]);
  const endless = await shell(`$HARKEN inspect /dev/zero ${file} --json`);
  assert.equal(endless.status, 0, endless.stderr);
  const reports = JSON.parse(endless.stdout) as { format: string; problems: { code: string }[] }[];
  assert.deepEqual(
    reports.map(({ format, problems }) => [format, problems.map(({ code }) => code)]),
    [
      ["unreadable", ["file.too-large"]],
      ["miniseed2", []],
    ],
  );
});

test("tables of the Earth and of stations say what they hold", async () => {
  const path = join(folder, "sasc.ABC");
  writeFileSync(path, "# Slowness-azimuth station correction table\n0.1 -0.2 1.5\n1\n4 6 0 15 -0.4 -1.6 0.6 3\n");
  const { status, stdout } = await harken("inspect", path);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /: sasc\ncorrections of direction at ABC: 1 bins; elsewhere 0\.1 s\/deg east, -0\.2 north, give or take 1\.5/,
  );
  const times = join(folder, "iasp91.Pg");
  writeFileSync(times, "# times of Pg\n2 Number of depth samples\n0 15\n2 Number of distances\n0 5\n0 95\n1 96\n");
  assert.match(
    (await harken("inspect", times)).stdout,
    /travel times of Pg: distances 0 to 5 deg, depths 0 to 15 km, without/,
  );
});
