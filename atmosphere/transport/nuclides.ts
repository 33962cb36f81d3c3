/**
 * What treaty monitoring follows through the air, as transport needs it. Half-lives as FLEXPART 11 has them. Noble gases do not settle; particles settle at
 * 1 mm/s and elemental iodine at 1 cm/s (Draxler et al. 2015, doi:10.1016/j.jenvrad.2013.09.014); rain below clouds scavenges particles by
 * 1e-4 I^0.8 per second, I in mm/h, as FLEXPART has it for caesium.
 */
import { type Species, tracer } from "./physics.ts";

const particle = Object.freeze({ dryVelocity: 0.001, scavenging: { a: 1e-4, b: 0.8, inCloud: true } });
const DAY = 86_400;

export const transportedSpecies: readonly Species[] = Object.freeze<Species[]>([
  tracer,
  { name: "Xe-131m", halfLifeSec: 1_023_322 },
  { name: "Xe-133", halfLifeSec: 453_388 },
  { name: "Xe-133m", halfLifeSec: 189_918 },
  { name: "Xe-135", halfLifeSec: 32_911 },
  { name: "Kr-85", halfLifeSec: 338_669_519 },
  { name: "I-131", halfLifeSec: 693_382, dryVelocity: 0.01, scavenging: { a: 8e-5, b: 0.62, inCloud: false } },
  { name: "Ba-140", halfLifeSec: 1_101_721, ...particle },
  { name: "Cs-137", halfLifeSec: 948_886_704, ...particle },
  { name: "Ru-106", halfLifeSec: 32_125_075, ...particle },
  { name: "Be-7", halfLifeSec: 53.22 * DAY, ...particle },
]);

/** By name, whatever its case; "xenon-133" is not understood. */
export function speciesNamed(name: string): Species | undefined {
  return transportedSpecies.find((species) => species.name.toLowerCase() === name.toLowerCase());
}
