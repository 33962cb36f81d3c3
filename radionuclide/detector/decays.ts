/**
 * Whole decays through the detector: one cascade after another by its level scheme, every photon followed, what all of them leave added up to one
 * pulse. What the coincidence corrections of `summing.ts` are held to, and what makes spectra of cascade emitters.
 */
import type { RandomStream } from "@harken/core";
import type { DecayBranch, DecayScheme } from "../nuclides/decaySchemes.ts";
import type { SampleShape } from "./coaxial.ts";
import { ELECTRON_KEV } from "./compton.ts";
import { isotropic } from "./directions.ts";
import type { Scene } from "./scene.ts";
import { photonTransport } from "./transport.ts";

/** Pulse heights of so many decays, keV; 0 where nothing was left. Decays to the ground state without photons are counted too. */
export function simulateDecays(
  scene: Scene,
  { radiusCm, bottomCm, topCm }: SampleShape,
  scheme: DecayScheme,
  decays: number,
  random: RandomStream,
): Float64Array {
  const { deposit } = photonTransport(scene, random);
  const feedings = scheme.branches.flatMap((branch) =>
    branch.levels.map((level, index) => ({ branch, index, probability: level.feeding })),
  );
  const pulses = new Float64Array(decays);
  for (let i = 0; i < decays; i++) {
    const radius = radiusCm * Math.sqrt(random.uniform());
    const z = bottomCm + (topCm - bottomCm) * random.uniform();
    let pulse = 0;
    const photon = (energyKeV: number, direction?: readonly [number, number, number]) => {
      const [u, v, w] = direction ?? isotropic(random);
      pulse += deposit(energyKeV, radius, 0, z, u, v, w);
    };
    let draw = random.uniform();
    const start = feedings.find(({ probability }) => (draw -= probability) < 0);
    if (start) cascade(start.branch, start.index, photon, random);
    pulses[i] = pulse;
  }
  return pulses;
}

type Emit = (energyKeV: number, direction?: readonly [number, number, number]) => void;

function cascade(branch: DecayBranch, from: number, photon: Emit, random: RandomStream): void {
  const { levels, kXrayKeV, kYield } = branch;
  const xray = (vacancies: number) => {
    if (vacancies > 0 && random.uniform() < vacancies * kYield) photon(kXrayKeV);
  };
  if (random.uniform() < branch.positrons) {
    const [u, v, w] = isotropic(random);
    photon(ELECTRON_KEV, [u, v, w]);
    photon(ELECTRON_KEV, [-u, -v, -w]);
  }
  xray(branch.kVacancies);
  for (let level = from; level > 0; ) {
    const { transitions } = levels[level]!;
    let draw = random.uniform() * transitions.reduce((sum, t) => sum + t.transitions, 0);
    const step = transitions.find((t) => (draw -= t.transitions) < 0) ?? transitions.at(-1);
    if (!step) return;
    if (random.uniform() < step.photons / step.transitions) photon(step.energyKeV);
    else xray((step.kVacancies * step.transitions) / (step.transitions - step.photons));
    level = step.to;
  }
}
