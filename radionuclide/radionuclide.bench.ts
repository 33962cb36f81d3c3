/** Whole analyses of one sample, and photons through a coaxial detector. Asked: a particulate spectrum in 300 ms, a beta-gamma sample in 50 ms. */
import { randomStream } from "@harken/core";
import { analyseBetaGamma } from "./betaGamma/analyse.ts";
import { noActivity, simulateSample } from "./betaGamma/simulatedSample.ts";
import { coaxialDetector } from "./detector/coaxial.ts";
import { simulateEfficiency } from "./detector/efficiency.ts";
import { icrmDetector, icrmShield } from "./detector/icrm.ts";
import { buildScene } from "./detector/scene.ts";
import { logarithmicEfficiency, polynomialEnergy, rootResolution } from "./gamma/calibration.ts";
import { analyseParticulate } from "./particulate/analyse.ts";
import { airFilterBq, simulateParticulate } from "./particulate/simulatedSample.ts";

const filter = simulateParticulate(
  {
    activitiesBq: { ...airFilterBq, "Cs-137": 1 },
    calibration: {
      energy: polynomialEnergy([-0.4, 0.33]),
      resolution: rootResolution(0.74, 0.0416),
      efficiency: logarithmicEfficiency(948, [-3.5, 0.86, -0.15, -0.23, 0.24, -0.07], 0.03),
    },
    channels: 8192,
    scatteredCounts: 2500,
    scatteredKeV: 250,
  },
  randomStream(1, "radionuclide bench"),
);

const gasMeasurement = (startTime: number, xe133: number) =>
  simulateSample(
    {
      startTime,
      realSec: 40_500,
      liveSec: 40_000,
      truth: { ...noActivity, radon: 0.05, xe133, xe131m: 0.03 },
      backgroundPerSec: 0.003,
    },
    randomStream(startTime, "radionuclide bench"),
  );
const gas = {
  sample: gasMeasurement(60_000, 0.1),
  gasBackground: gasMeasurement(0, 0.03),
  detectorBackground: gasMeasurement(-900_000, 0),
};

const scene = buildScene([...icrmShield, ...coaxialDetector(icrmDetector)]);
const HISTORIES = 100_000;

export const benchmarks = [
  {
    name: "a particulate spectrum of 8192 channels, from counts to concentrations",
    unit: "spectra",
    amount: 1,
    run: () => analyseParticulate({ sample: filter }),
  },
  {
    name: "a beta-gamma sample with gas and detector background, two passes",
    unit: "samples",
    amount: 1,
    run: () => analyseBetaGamma(gas),
  },
  ...[100, 1000].map((energyKeV) => ({
    name: `photons of ${energyKeV} keV into a shielded germanium detector`,
    unit: "Mhistories",
    amount: HISTORIES / 1e6,
    run: () =>
      simulateEfficiency(
        scene,
        { radiusCm: 0, bottomCm: 0.1, topCm: 0.1 },
        energyKeV,
        HISTORIES,
        randomStream(1, "radionuclide bench", energyKeV),
      ),
  })),
];
