/** `harken spectrum` as a user runs it, on samples of known truth and on the real ones. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { randomStream } from "@harken/core";
import { decodeSampleReports, decodeScreenedEvents, encodePulseHeightData } from "@harken/formats";
import {
  airFilterBq,
  logarithmicEfficiency,
  polynomialEnergy,
  rootResolution,
  type SimulatedParticulate,
  simulateParticulate,
  simulateSample,
} from "@harken/radionuclide";
import { referenceTest } from "@harken/testing";
import { harken } from "../testCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-spectrum-"));
after(() => rmSync(folder, { recursive: true }));

const truth: SimulatedParticulate = {
  activitiesBq: { ...airFilterBq, "Cs-137": 2, "I-131": 2 },
  calibration: {
    energy: polynomialEnergy([-0.4, 0.33]),
    resolution: rootResolution(0.74, 0.0416),
    efficiency: logarithmicEfficiency(948, [-3.5, 0.86, -0.15, -0.23, 0.24, -0.07], 0.03),
  },
  channels: 8192,
  scatteredCounts: 2500,
  scatteredKeV: 250,
};

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const sample = write("sample.phd", encodePulseHeightData(simulateParticulate(truth, randomStream(1, "cli"))));

test("a particulate message: two fission products above a short history are level 5", async () => {
  const { status, stdout, stderr } = await harken("spectrum", sample);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /SIM02 SIM02_001, particulate, SAMPLEPHD/);
  assert.match(stdout, /^Cs-137 +fission +30\.\d+ y/m);
  assert.match(stdout, /Category 5\. .*fission products among them: Cs-137, I-131/);
  assert.match(stdout, /^Ba-140 +537\.26 +\d/m, "its MDC is told");
  assert.match(stdout, /^reporting time +pass/m);
});

test("as JSON: concentrations of the truth, and nothing that JSON cannot hold", async () => {
  const { status, stdout } = await harken("spectrum", sample, "--json");
  assert.equal(status, 0);
  const [result] = JSON.parse(stdout) as [
    {
      kind: string;
      category: { level: number };
      nuclides: {
        name: string;
        identified: boolean;
        concentration: number;
        concentrationError: number;
        decayFactor: number;
      }[];
    },
  ];
  assert.equal(result.kind, "particulate");
  assert.equal(result.category.level, 5);
  for (const [name, bq] of [
    ["Cs-137", 2],
    ["I-131", 2],
    ["Be-7", 115],
  ] as const) {
    const found = result.nuclides.find((n) => n.name === name)!;
    const expected = (1e6 * bq * found.decayFactor) / 24_000;
    assert.ok(found.identified && Math.abs(found.concentration - expected) < 3 * found.concentrationError, name);
  }
});

test("a background takes off what is in it: the nuclides of a sample that is its own background vanish", async () => {
  const { status, stdout } = await harken("spectrum", sample, "--detector-background", sample);
  assert.equal(status, 0);
  assert.match(stdout, /No nuclide was identified\./);
});

test("--arr writes the automatic report and, at level 5, the bulletin", async () => {
  const out = join(folder, "products");
  const { status, stderr } = await harken("spectrum", sample, "--arr", out);
  assert.equal(status, 0, stderr);
  assert.deepEqual(readdirSync(out).sort(), [
    "SIM02_001-02202311140011-FULL.arr",
    "SIM02_001-02202311140011-FULL.ssreb",
  ]);
  const [report] = decodeSampleReports(readFileSync(join(out, "SIM02_001-02202311140011-FULL.arr"))).items;
  assert.deepEqual([report!.product, report!.level, report!.sample.station], ["ARR", "5", "SIM02"]);
  const [event] = decodeScreenedEvents(readFileSync(join(out, "SIM02_001-02202311140011-FULL.ssreb"))).items;
  assert.ok(event!.nuclides.some(({ name }) => name === "Cs-137"));
});

test("a preliminary spectrum leaves nothing in the station's history: the whole one is judged as if it had come alone", async () => {
  const days = join(folder, "days");
  mkdirSync(days);
  const whole = readFileSync(sample, "utf8");
  for (let i = 0; i < 6; i++) writeFileSync(join(days, `${i}.phd`), whole.replace("FULL", "PREL"));
  writeFileSync(join(days, "whole.phd"), whole);
  const last = async (path: string) => {
    const rows = JSON.parse((await harken("spectrum", path, "--json")).stdout) as { category: unknown }[];
    return rows.at(-1)!.category;
  };
  assert.deepEqual(await last(days), await last(sample));
});

test("a message names its backgrounds, and they are found among the files", async () => {
  const gasFolder = join(folder, "gas");
  mkdirSync(gasFolder);
  const measurement = (startTime: number, xe133: number, id: string) => ({
    ...simulateSample(
      {
        startTime,
        realSec: 40_500,
        liveSec: 40_000,
        truth: { radon: 0, xe135: 0, xe133, xe131m: 0, xe133m: 0 },
        backgroundPerSec: 0.003,
      },
      randomStream(startTime, "cli gas"),
    ),
    measurementId: id,
  });
  const gasId = "SIM01_001-2023/11/14-22:13:20.0";
  const gas = { ...measurement(1_700_000_000, 0.4, gasId), kind: "GASBKPHD" as const };
  const own = { ...measurement(1_700_050_000, 0.4, "SIM01_001-2023/11/15-12:06:40.0"), gasBackgroundId: gasId };
  writeFileSync(join(gasFolder, "gas.phd"), encodePulseHeightData(gas));
  writeFileSync(join(gasFolder, "sample.phd"), encodePulseHeightData(own));
  const activity = (stdout: string) =>
    (JSON.parse(stdout) as { dataType: string; isotopes: Record<string, { activityBq: number }> }[]).find(
      ({ dataType }) => dataType === "SAMPLEPHD",
    )!.isotopes["Xe-133"]!.activityBq;
  const alone = activity((await harken("spectrum", join(gasFolder, "sample.phd"), "--json")).stdout);
  const beside = activity((await harken("spectrum", gasFolder, "--json")).stdout);
  assert.ok(
    alone > 0.35 && Math.abs(beside - (0.4 - 0.4 * Math.exp(-1.52956e-6 * 50_000))) < 0.05,
    `${alone} ${beside}`,
  );
});

test("errors say what to do, with the exit status of their kind", async () => {
  const absent = await harken("spectrum", join(folder, "absent.phd"));
  assert.equal(absent.status, 2);
  assert.match(absent.stderr, /^NOT_FOUND: /);
  const text = await harken("spectrum", write("note.txt", "nothing to see\n"));
  assert.equal(text.status, 3);
  assert.match(text.stderr, /^NO_SPECTRUM: .*PHD message/s);
  const option = await harken("spectrum", sample, "--limits", "guess");
  assert.equal(option.status, 2);
  const uncalibrated = encodePulseHeightData({
    ...simulateParticulate(truth, randomStream(2, "cli")),
    gammaEnergy: [],
  });
  const failed = await harken("spectrum", write("uncalibrated.phd", uncalibrated));
  assert.equal(failed.status, 3);
  assert.match(failed.stdout, /cannot be analysed: there is no energy calibration/);
  assert.match(failed.stderr, /CANNOT_ANALYSE/);
});

referenceTest(
  "a real particulate sample in SAMPML and real beta-gamma samples",
  ["radionuclide/usp74/sampml-full-967273.xml", "radionuclide/beta-gamma/SPIKE20190502222812845.PHD"],
  async (_t, [particulate, gas]) => {
    const first = await harken("spectrum", particulate!);
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout, /Category 1\. Only natural nuclides/);
    assert.match(first.stdout, /^air flow +pass +994 m3\/h/m);
    const second = await harken("spectrum", gas!);
    assert.equal(second.status, 0, second.stderr);
    assert.match(second.stdout, /^Xe-133 +yes/m);
    assert.match(second.stdout, /Remark: no gas background was given/);
    assert.ok(JSON.parse((await harken("spectrum", gas!, "--json")).stdout)[0].isotopes["Xe-133"].detected);
  },
);
