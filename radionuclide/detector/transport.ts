/**
 * One photon after another through a scene, analog: every photon counts the same, so that what is left in the detector is a pulse height.
 * Photoelectric effect with the K X-ray of the heavy elements, incoherent scattering, pair production with both annihilation photons, electrons as
 * `electrons.ts` has them. Photons below 10 keV end where they are.
 */
import type { RandomStream } from "@harken/core";
import { ELECTRON_KEV, sampleScatteredShare, scatteringCosine } from "./compton.ts";
import { isotropic } from "./directions.ts";
import { LEAST_MOVING_KEV, reachCm, sampleBremsstrahlung } from "./electrons.ts";
import { attenuation, type Fluorescence, materials } from "./materials.ts";
import { layerAt, ringAt, type Scene } from "./scene.ts";

const CUTOFF_KEV = 10;
const LARGEST_KEV = 5000;
/** Points of the tables for each unit of ln E. */
const PER_LOG = 512;
const LOG_CUTOFF = Math.log(CUTOFF_KEV);
const POINTS = Math.ceil((Math.log(LARGEST_KEV) - LOG_CUTOFF) * PER_LOG) + 2;

/** 1/cm against ln E: total, photoelectric, photoelectric with incoherent. */
interface Table {
  readonly total: Float64Array;
  readonly photoelectric: Float64Array;
  readonly withIncoherent: Float64Array;
  readonly gramPerCm3: number;
  readonly meanZ: number;
  readonly fluorescence: Fluorescence | null;
}

const tables: (Table | undefined)[] = [];

function tableOf(material: number): Table {
  tables[material] ??= makeTable(material);
  return tables[material];
}

function makeTable(material: number): Table {
  const { photoelectric, incoherent, pair, ...rest } = attenuation(materials[material]!);
  const along = (of: (energyKeV: number) => number) =>
    Float64Array.from({ length: POINTS }, (_, i) => of(CUTOFF_KEV * Math.exp(i / PER_LOG)));
  return {
    ...rest,
    photoelectric: along(photoelectric),
    withIncoherent: along((e) => photoelectric(e) + incoherent(e)),
    total: along((e) => photoelectric(e) + incoherent(e) + pair(e)),
  };
}

/** Photons that wait for their turn: x, y, z, u, v, w and energy of each. */
const FIELDS = 7;
const MAX_WAITING = 64;
const ELECTRON_POINTS = 4;

export interface PhotonTransport {
  /** Energy left in the sensitive parts by a photon that starts at a place in a direction (a unit vector), keV. */
  deposit(energyKeV: number, x: number, y: number, z: number, u: number, v: number, w: number): number;
}

export function photonTransport(scene: Scene, random: RandomStream): PhotonTransport {
  const { planesCm, firstRing, outerRadiusCm, material, sensitive } = scene;
  const ringTables = Array.from(material, tableOf);
  const bounds = sensitiveBounds(scene);
  const waiting = new Float64Array(MAX_WAITING * FIELDS);
  let count = 0;
  let seen = 0;
  // The photon under way.
  let [x, y, z, u, v, w, energy] = [0, 0, 0, 0, 0, 0, 0];

  const push = (atX: number, atY: number, atZ: number, dx: number, dy: number, dz: number, keV: number): boolean => {
    if (keV < CUTOFF_KEV || count === MAX_WAITING) return false;
    waiting.set([atX, atY, atZ, dx, dy, dz, keV], count++ * FIELDS);
    return true;
  };
  const pushIsotropic = (keV: number): boolean => {
    const [dx, dy, dz] = isotropic(random);
    return push(x, y, z, dx, dy, dz, keV);
  };
  const isSensitive = (atX: number, atY: number, atZ: number): boolean => {
    const layer = layerAt(scene, atZ);
    const ring = layer < 0 ? -1 : ringAt(scene, layer, atX * atX + atY * atY);
    return ring >= 0 && sensitive[ring] === 1;
  };
  /** An electron set free where the photon is. */
  const electron = (keV: number, dx: number, dy: number, dz: number, ring: number) => {
    let left = keV;
    if (keV > LEAST_MOVING_KEV) {
      const { meanZ, gramPerCm3 } = ringTables[ring]!;
      const radiated = sampleBremsstrahlung(keV, meanZ, random);
      if (radiated > 0 && push(x, y, z, dx, dy, dz, radiated)) left -= radiated;
      const reach = reachCm(left, gramPerCm3);
      const inside = sensitive[ring] === 1;
      if (inside && isSensitive(x + reach * dx, y + reach * dy, z + reach * dz)) seen += left;
      else if (inside || isNear(bounds, x, y, z, reach)) {
        for (let i = 0; i < ELECTRON_POINTS; i++) {
          const way = (reach * (i + 0.5)) / ELECTRON_POINTS;
          if (isSensitive(x + way * dx, y + way * dy, z + way * dz)) seen += left / ELECTRON_POINTS;
        }
      }
    } else if (sensitive[ring] === 1) seen += left;
  };

  const absorb = (ring: number) => {
    const { fluorescence } = ringTables[ring]!;
    let kept = energy;
    if (
      fluorescence &&
      energy > fluorescence.edgeKeV &&
      random.uniform() < fluorescence.perAbsorption &&
      pushIsotropic(fluorescence.xrayKeV)
    )
      kept -= fluorescence.xrayKeV;
    electron(kept, u, v, w, ring);
  };

  const scatter = (ring: number): void => {
    const share = sampleScatteredShare(energy, random);
    const cosine = scatteringCosine(energy, share);
    const [u0, v0, w0, before] = [u, v, w, energy];
    turn(cosine);
    energy = before * share;
    const recoil = before - energy;
    if (recoil > LEAST_MOVING_KEV) {
      const [px, py, pz] = [before * u0 - energy * u, before * v0 - energy * v, before * w0 - energy * w];
      const norm = 1 / Math.sqrt(px * px + py * py + pz * pz);
      electron(recoil, px * norm, py * norm, pz * norm, ring);
    } else if (sensitive[ring] === 1) seen += recoil;
    if (energy < CUTOFF_KEV) {
      if (sensitive[ring] === 1) seen += energy;
      energy = 0;
    }
  };

  /** Turns the direction by an angle about a random azimuth. */
  const turn = (cosine: number) => {
    const sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
    // A point in the unit disc gives cosine and sine of the azimuth without calling either.
    let a: number;
    let b: number;
    let s: number;
    do {
      a = 2 * random.uniform() - 1;
      b = 2 * random.uniform() - 1;
      s = a * a + b * b;
    } while (s > 1 || s < 1e-12);
    const scale = 1 / Math.sqrt(s);
    const [cosPhi, sinPhi] = [a * scale, b * scale];
    const across = u * u + v * v;
    if (across < 1e-10) {
      const sign = w > 0 ? 1 : -1;
      u = sine * cosPhi;
      v = sine * sinPhi;
      w = sign * cosine;
      return;
    }
    const root = Math.sqrt(across);
    const [u0, v0, w0] = [u, v, w];
    u = u0 * cosine + (sine * (u0 * w0 * cosPhi - v0 * sinPhi)) / root;
    v = v0 * cosine + (sine * (v0 * w0 * cosPhi + u0 * sinPhi)) / root;
    w = w0 * cosine - root * sine * cosPhi;
  };

  const makePair = (ring: number) => {
    const kinetic = energy - 2 * ELECTRON_KEV;
    const [dx, dy, dz] = isotropic(random);
    push(x, y, z, dx, dy, dz, ELECTRON_KEV);
    push(x, y, z, -dx, -dy, -dz, ELECTRON_KEV);
    const first = kinetic * random.uniform();
    electron(first, u, v, w, ring);
    electron(kinetic - first, u, v, w, ring);
  };

  /** Follows the photon under way until it is absorbed or leaves the scene. */
  const follow = () => {
    let layer = layerAt(scene, z);
    if (layer < 0) return;
    let ring = ringAt(scene, layer, x * x + y * y);
    if (ring < 0) return;
    while (energy > 0) {
      const at = (Math.log(energy) - LOG_CUTOFF) * PER_LOG;
      const index = at < POINTS - 1 ? at | 0 : POINTS - 2;
      const part = at - index;
      let depth = -Math.log(1 - random.uniform());
      // To the place of the next interaction, boundary by boundary.
      for (;;) {
        const { total } = ringTables[ring]!;
        const mu = total[index]! + part * (total[index + 1]! - total[index]!);
        const up = w > 0;
        let way = w === 0 ? Number.POSITIVE_INFINITY : ((up ? planesCm[layer + 1]! : planesCm[layer]!) - z) / w;
        let crossing = 0;
        const a = u * u + v * v;
        if (a > 0) {
          const b = x * u + y * v;
          const c = x * x + y * y;
          const outer = outerRadiusCm[ring]!;
          const toOuter = (Math.sqrt(Math.max(0, b * b + a * (outer * outer - c))) - b) / a;
          if (toOuter < way) {
            way = toOuter;
            crossing = 1;
          }
          if (b < 0 && ring > firstRing[layer]!) {
            const inner = outerRadiusCm[ring - 1]!;
            const discriminant = b * b + a * (inner * inner - c);
            if (discriminant > 0) {
              const toInner = (-b - Math.sqrt(discriminant)) / a;
              if (toInner < way) {
                way = toInner;
                crossing = -1;
              }
            }
          }
        }
        if (way < 0) way = 0;
        if (depth < mu * way) {
          way = depth / mu;
          x += way * u;
          y += way * v;
          z += way * w;
          break;
        }
        depth -= mu * way;
        x += way * u;
        y += way * v;
        if (crossing === 0) {
          layer += up ? 1 : -1;
          if (layer < 0 || layer >= planesCm.length - 1) return;
          z = up ? planesCm[layer]! : planesCm[layer + 1]!;
          ring = ringAt(scene, layer, x * x + y * y);
          if (ring < 0) return;
        } else {
          z += way * w;
          ring += crossing;
          if (ring >= firstRing[layer + 1]!) return;
        }
      }
      const { photoelectric, withIncoherent, total } = ringTables[ring]!;
      const draw = random.uniform() * (total[index]! + part * (total[index + 1]! - total[index]!));
      if (draw < photoelectric[index]! + part * (photoelectric[index + 1]! - photoelectric[index]!)) {
        absorb(ring);
        return;
      }
      if (draw < withIncoherent[index]! + part * (withIncoherent[index + 1]! - withIncoherent[index]!)) scatter(ring);
      else {
        makePair(ring);
        return;
      }
    }
  };

  return {
    deposit(energyKeV, x0, y0, z0, u0, v0, w0) {
      seen = 0;
      count = 0;
      [x, y, z, u, v, w, energy] = [x0, y0, z0, u0, v0, w0, energyKeV];
      follow();
      while (count > 0) {
        const at = --count * FIELDS;
        x = waiting[at]!;
        y = waiting[at + 1]!;
        z = waiting[at + 2]!;
        u = waiting[at + 3]!;
        v = waiting[at + 4]!;
        w = waiting[at + 5]!;
        energy = waiting[at + 6]!;
        follow();
      }
      return seen;
    },
  };
}

interface Bounds {
  readonly bottom: number;
  readonly top: number;
  readonly radius: number;
}

/** The cylinder that holds everything sensitive. */
function sensitiveBounds({ planesCm, firstRing, outerRadiusCm, sensitive }: Scene): Bounds {
  let [bottom, top, radius] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (let layer = 0; layer + 1 < planesCm.length; layer++)
    for (let ring = firstRing[layer]!; ring < firstRing[layer + 1]!; ring++) {
      if (sensitive[ring] !== 1) continue;
      bottom = Math.min(bottom, planesCm[layer]!);
      top = Math.max(top, planesCm[layer + 1]!);
      radius = Math.max(radius, outerRadiusCm[ring]!);
    }
  return { bottom, top, radius };
}

function isNear({ bottom, top, radius }: Bounds, x: number, y: number, z: number, withinCm: number): boolean {
  return z > bottom - withinCm && z < top + withinCm && x * x + y * y < (radius + withinCm) ** 2;
}
