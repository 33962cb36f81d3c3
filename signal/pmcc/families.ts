/**
 * Families of pixels: those that are near each other in time, frequency, azimuth and speed are one signal. The distance is that of Brachet et
 * al. (2010, doi:10.1007/978-1-4020-9508-5_3), each difference weighed by its own sigma; a pixel belongs to a family when its distance to one of
 * the family's is at most 1.
 */
import { azimuthDifference, connectedGroups } from "@harken/core";
import { centreHz, type PmccBand } from "./bands.ts";
import type { PmccPixel } from "./pixels.ts";

export interface FamilySettings {
  /** Sigma of the time between the middles of two windows, in lengths of the longer one. */
  readonly sigmaWindows: number;
  readonly sigmaOctaves: number;
  readonly sigmaAzimuthDeg: number;
  /** Sigma of the speed as a share of it. */
  readonly sigmaSpeed: number;
  /** A smaller family is chance. */
  readonly minPixels: number;
}

/** Pixels of each family in order of time; families in order of their begin. */
export function findFamilies(
  pixels: readonly PmccPixel[],
  bands: readonly PmccBand[],
  settings: FamilySettings,
): PmccPixel[][] {
  const { sigmaWindows, sigmaOctaves, sigmaAzimuthDeg, sigmaSpeed, minPixels } = settings;
  const middle = ({ fromSec, toSec }: PmccPixel) => (fromSec + toSec) / 2;
  const ordered = [...pixels].sort((a, b) => middle(a) - middle(b) || a.band - b.band);
  const octave = bands.map((band) => Math.log2(centreHz(band)));
  const length = (pixel: PmccPixel) => pixel.toSec - pixel.fromSec;
  const longest = ordered.reduce((most, pixel) => Math.max(most, length(pixel)), 0);
  const families = connectedGroups(ordered.length);
  let first = 0;
  for (let i = 0; i < ordered.length; i++) {
    const pixel = ordered[i]!;
    while (middle(pixel) - middle(ordered[first]!) > sigmaWindows * longest) first++;
    for (let j = first; j < i; j++) {
      const other = ordered[j]!;
      const time = (middle(pixel) - middle(other)) / (sigmaWindows * Math.max(length(pixel), length(other)));
      const frequency = (octave[pixel.band]! - octave[other.band]!) / sigmaOctaves;
      if (time * time + frequency * frequency > 1) continue;
      const azimuth = azimuthDifference(pixel.backAzimuthDeg, other.backAzimuthDeg) / sigmaAzimuthDeg;
      const speed = Math.log(pixel.slownessSecPerKm / other.slownessSecPerKm) / sigmaSpeed;
      if (time * time + frequency * frequency + azimuth * azimuth + speed * speed <= 1) families.join(j, i);
    }
  }
  return families
    .groups()
    .filter((family) => family.length >= minPixels)
    .map((family) => family.map((i) => ordered[i]!));
}
