/**
 * What photons travel through: cylinders about one axis, painted one over the other. They are cut into layers across the axis, each with rings from the
 * axis outwards, in which the way to the next boundary is one square root away.
 *
 *     const scene = buildScene([
 *       { material: "aluminium", radiusCm: 4, bottomCm: -8, topCm: 0 },
 *       { material: "germanium", radiusCm: 3, bottomCm: -7, topCm: -0.5, sensitive: true },
 *     ]);
 */
import { type Material, materials } from "./materials.ts";

/** The axis is z, upwards from the detector to the sample. */
export interface Cylinder {
  readonly material: Material;
  readonly radiusCm: number;
  readonly bottomCm: number;
  readonly topCm: number;
  /** Energy left here is seen. */
  readonly sensitive?: boolean;
}

/** Rings of all layers one after the other, from below to above and from the axis outwards; the last ring of each layer reaches to the scene's edge. */
export interface Scene {
  /** Boundaries of the layers, one more than there are layers. */
  readonly planesCm: Float64Array;
  /** Index of each layer's first ring, and the number of rings at the end. */
  readonly firstRing: Int32Array;
  readonly outerRadiusCm: Float64Array;
  /** Index in `materials`. */
  readonly material: Uint8Array;
  readonly sensitive: Uint8Array;
}

/** Later cylinders lie over earlier ones; what none covers is vacuum. Throws RangeError for a cylinder without extent. */
export function buildScene(cylinders: readonly Cylinder[]): Scene {
  for (const { radiusCm, bottomCm, topCm } of cylinders)
    if (!(radiusCm > 0 && topCm > bottomCm))
      throw new RangeError(`a cylinder needs a radius and a height: ${radiusCm} cm, ${bottomCm} to ${topCm} cm`);
  const planes = [...new Set(cylinders.flatMap(({ bottomCm, topCm }) => [bottomCm, topCm]))].sort((a, b) => a - b);
  const edge = Math.max(...cylinders.map(({ radiusCm }) => radiusCm));
  const firstRing: number[] = [];
  const rings: { radius: number; material: number; sensitive: number }[] = [];
  for (let layer = 0; layer + 1 < planes.length; layer++) {
    firstRing.push(rings.length);
    const middle = (planes[layer]! + planes[layer + 1]!) / 2;
    const here = cylinders.filter(({ bottomCm, topCm }) => bottomCm < middle && middle < topCm);
    const radii = [...new Set([...here.map(({ radiusCm }) => radiusCm), edge])].sort((a, b) => a - b);
    for (const radius of radii) {
      const top = here.findLast(({ radiusCm }) => radiusCm >= radius);
      const material = materials.indexOf(top?.material ?? "vacuum");
      const sensitive = top?.sensitive ? 1 : 0;
      const inner = rings.length > firstRing.at(-1)! ? rings.at(-1)! : null;
      if (inner?.material === material && inner.sensitive === sensitive) inner.radius = radius;
      else rings.push({ radius, material, sensitive });
    }
  }
  return {
    planesCm: Float64Array.from(planes),
    firstRing: Int32Array.from([...firstRing, rings.length]),
    outerRadiusCm: Float64Array.from(rings, ({ radius }) => radius),
    material: Uint8Array.from(rings, ({ material }) => material),
    sensitive: Uint8Array.from(rings, ({ sensitive }) => sensitive),
  };
}

/** The layer that holds a height (its lower boundary belongs to it); -1 outside. */
export function layerAt({ planesCm }: Scene, z: number): number {
  const last = planesCm.length - 1;
  if (!(z >= planesCm[0]! && z < planesCm[last]!)) return -1;
  let layer = 0;
  while (z >= planesCm[layer + 1]!) layer++;
  return layer;
}

/** The ring of a layer that holds a squared radius; -1 outside. */
export function ringAt({ firstRing, outerRadiusCm }: Scene, layer: number, radiusSquared: number): number {
  const end = firstRing[layer + 1]!;
  for (let ring = firstRing[layer]!; ring < end; ring++)
    if (radiusSquared < outerRadiusCm[ring]! * outerRadiusCm[ring]!) return ring;
  return -1;
}
