/**
 * Point sources of certified activity at 20 cm from a germanium detector (HISKP, Bonn): the efficiency from Eu-152 gives the activities of Na-22 and
 * Ba-133, with true coincidences as an uncertainty and corrected: at this distance they make some tenths of a percent.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CalibrationPoint, PulseHeightData } from "@harken/core";
import { referenceTest } from "@harken/testing";
import { energyFromPoints, polynomialEnergy, resolutionFromPoints, rootResolution } from "../gamma/calibration.ts";
import { findPeaks } from "../gamma/peaks.ts";
import { efficiencyPoints } from "../gamma/sourceEfficiency.ts";
import { type Nuclide, nuclide, type PhotonLine } from "../nuclides/nuclides.ts";
import { analyseParticulate } from "./analyse.ts";
import { gammaCalibration } from "./calibration.ts";
import { coincidenceFactor } from "./coincidence.ts";
import { defaultParticulateSettings, type ParticulateSettings } from "./settings.ts";
import { countsAsMessage } from "./simulatedSample.ts";

const folder = "radionuclide/certified-sources";

interface Spectrum {
  readonly counts: Int32Array;
  readonly realSec: number;
  readonly liveSec: number;
}

/** Two columns, channel and counts; the times stand in a file beside it. */
function load(path: string, name: string): Spectrum {
  const report = readFileSync(join(path, `${name}.mcd`), "latin1");
  const time = (label: string) => Number(new RegExp(`${label}: *([0-9.]+)`).exec(report)![1]);
  const rows = readFileSync(join(path, `${name}.txt`), "latin1")
    .trim()
    .split("\n");
  return {
    counts: Int32Array.from(rows, (row) => Number(row.split("\t")[1])),
    realSec: time("REALTIME"),
    liveSec: time("LIVETIME"),
  };
}

/** Activity at the measurement, Bq, and its standard uncertainty, from the certificate. */
function certified(path: string, file: string, name: string): { bq: number; error: number } {
  const text = readFileSync(join(path, file), "utf8");
  const number = (key: string) => Number(new RegExp(`${key}: ([0-9.]+)`).exec(text)![1]);
  const [, bq, error] = /activity:\s+- ([0-9.]+)\s+- ([0-9.]+)/.exec(text)!.map(Number) as [number, number, number];
  const left = Math.exp(
    -nuclide(name)!.lambdaPerSec * (number("timestamp_measurement") - number("timestamp_calibration")),
  );
  return { bq: bq * left, error: error * left };
}

function message({ counts, realSec, liveSec }: Spectrum, calibration: Partial<PulseHeightData>): PulseHeightData {
  const unused = { energy: polynomialEnergy([0, 1]), resolution: rootResolution(1, 0) };
  const efficiency = { at: () => 1, relativeError: () => 0 };
  const shell = countsAsMessage(
    { activitiesBq: {}, calibration: { ...unused, efficiency }, channels: 0, scatteredCounts: 0, scatteredKeV: 1 },
    counts,
  );
  return {
    ...shell,
    kind: "CALIBPHD",
    collection: null,
    acquisition: { startTime: 1_534_417_445, realSec, liveSec },
    gammaSpectrum: { firstChannel: 0, spanKeV: 1620, counts },
    ...calibration,
  };
}

/** Energies and channels as the data set lists them. */
function listedPoints(path: string): CalibrationPoint[] {
  const text = readFileSync(join(path, "152Eu_peaks.yaml"), "utf8");
  const [energies, channels] = text
    .split("channel:")
    .map((part) => [...part.matchAll(/152_Eu_\d: ([0-9.]+)/g)].map((m) => Number(m[1])));
  return energies!
    .map((energyKeV, i) => ({ energyKeV, value: channels![i]!, error: 0.5 }))
    .sort((a, b) => a.value - b.value);
}

/** The sources stood at "approx. 20 cm": 3 mm of placing change the solid angle by this, relative. */
const PLACING_ERROR = (2 * 3) / 200;

/** Counts of a line for each without coincidences, by the efficiency found so far. */
function coincidenceLoss(source: Nuclide, found: Partial<PulseHeightData>): (energyKeV: number) => number {
  const calibration = gammaCalibration(message({ counts: new Int32Array(8192), realSec: 1, liveSec: 1 }, found));
  if (typeof calibration === "string") return () => 1;
  const lines = new Map(source.gamma.map((line): [number, PhotonLine] => [line.energyKeV, line]));
  return (energyKeV) => coincidenceFactor(source, lines.get(energyKeV)!, calibration).factor;
}

type Coincidences = ParticulateSettings["coincidences"];

function calibrate(
  path: string,
  coincidences: Coincidences,
): Pick<PulseHeightData, "gammaEnergy" | "gammaResolution" | "gammaEfficiency"> {
  const { counts, liveSec } = load(path, "Eu152_point");
  const { bq, error } = certified(path, "152Eu_point_source_2.yaml", "Eu-152");
  const europium = nuclide("Eu-152")!;
  let gammaEnergy = listedPoints(path);
  let gammaResolution: CalibrationPoint[] = [
    { energyKeV: 100, value: 1.5, error: 0.1 },
    { energyKeV: 1400, value: 2.2, error: 0.1 },
  ];
  let gammaEfficiency: CalibrationPoint[] = [];
  for (let round = 0; round < 3; round++) {
    const [energy, resolution] = [energyFromPoints(gammaEnergy)!, resolutionFromPoints(gammaResolution)!];
    const peaks = findPeaks({ firstChannel: 0, spanKeV: 1620, counts }, energy, resolution);
    const source = { activityBq: bq, relativeError: Math.hypot(error / bq, PLACING_ERROR), liveSec };
    const found = { gammaEnergy, gammaResolution, gammaEfficiency };
    gammaEfficiency = efficiencyPoints(peaks, europium, {
      ...source,
      ...(coincidences === "corrected" && { coincidenceFactor: coincidenceLoss(europium, found) }),
    });
    const used = gammaEfficiency.map(({ energyKeV }) => ({
      energyKeV,
      peak: peaks.reduce((a, b) => (Math.abs(b.energyKeV - energyKeV) < Math.abs(a.energyKeV - energyKeV) ? b : a)),
    }));
    gammaEnergy = used.map(({ energyKeV, peak }) => ({ energyKeV, value: peak.channel, error: 0.1 }));
    gammaResolution = used.map(({ energyKeV, peak }) => ({ energyKeV, value: peak.fwhmKeV, error: 0.02 }));
  }
  assert.ok(gammaEfficiency.length >= 8);
  return { gammaEnergy, gammaResolution, gammaEfficiency };
}

const cases = [
  { name: "Na-22", spectrum: "Na22_point", file: "22Na_point_source.yaml" },
  { name: "Ba-133", spectrum: "Ba133_point", file: "133Ba_point_source.yaml" },
].flatMap((one) => (["uncertainty", "corrected"] as const).map((coincidences) => ({ ...one, coincidences })));

for (const { name, spectrum, file, coincidences } of cases) {
  referenceTest(
    `${name}: the certified activity, with the efficiency from Eu-152, coincidences ${coincidences}`,
    [folder],
    (t, [path]) => {
      const result = analyseParticulate(
        { sample: message(load(path!, spectrum), calibrate(path!, coincidences)) },
        { ...defaultParticulateSettings, coincidences },
      );
      assert.ok(result.ok);
      const found = result.nuclides.find((n) => n.name === name)!;
      const truth = certified(path!, file, name);
      assert.ok(found.identified, `${name} is identified`);
      const [ours, error] = [found.activityBq!, found.activityErrorBq!];
      t.diagnostic(
        `${ours.toFixed(0)} +- ${error.toFixed(0)} Bq, certified ${truth.bq.toFixed(0)} +- ${truth.error.toFixed(0)} Bq (${(100 * (ours / truth.bq - 1)).toFixed(1)} %); ${found.lines.map((l) => `${l.energyKeV.toFixed(1)} keV ${(l.activityBq / truth.bq).toFixed(3)}`).join(", ")}; others: ${result.nuclides.filter((n) => n.identified && n.name !== name).map((n) => n.name)}`,
      );
      assert.ok(Math.abs(ours / truth.bq - 1) < 0.05);
      assert.ok(Math.abs(ours - truth.bq) < 1.96 * Math.hypot(error, truth.error), "the stated uncertainty covers it");
    },
  );
}
