/**
 * A coaxial germanium detector in its housing, and what is laid before it, as cylinders. The end cap's outer face is at z = 0.
 *
 *     const scene = buildScene([...shield, ...coaxialDetector(dimensions), ...disc]);
 */
import type { Material } from "./materials.ts";
import type { Cylinder } from "./scene.ts";

/** Lengths in cm. */
export interface CoaxialDimensions {
  readonly crystalRadiusCm: number;
  readonly crystalLengthCm: number;
  readonly holeRadiusCm: number;
  readonly holeLengthCm: number;
  /** Germanium that gives no signal, at the face and at the side. */
  readonly faceDeadCm: number;
  readonly sideDeadCm: number;
  /** From the window's inner side to the crystal. */
  readonly gapCm: number;
  readonly window: { readonly material: Material; readonly thicknessCm: number };
  readonly housing: {
    readonly material: Material;
    readonly outerRadiusCm: number;
    readonly thicknessCm: number;
    /** From the crystal's end to the housing's bottom plate. */
    readonly spaceBehindCm: number;
  };
}

export function coaxialDetector(d: CoaxialDimensions): readonly Cylinder[] {
  const face = -d.window.thicknessCm - d.gapCm;
  const end = face - d.crystalLengthCm;
  const inside = end - d.housing.spaceBehindCm;
  const { outerRadiusCm, thicknessCm, material } = d.housing;
  return [
    { material, radiusCm: outerRadiusCm, bottomCm: inside - thicknessCm, topCm: 0 },
    { material: "vacuum", radiusCm: outerRadiusCm - thicknessCm, bottomCm: inside, topCm: 0 },
    { material: d.window.material, radiusCm: outerRadiusCm, bottomCm: -d.window.thicknessCm, topCm: 0 },
    { material: "germanium", radiusCm: d.crystalRadiusCm, bottomCm: end, topCm: face },
    {
      material: "germanium",
      radiusCm: d.crystalRadiusCm - d.sideDeadCm,
      bottomCm: end,
      topCm: face - d.faceDeadCm,
      sensitive: true,
    },
    ...(d.holeRadiusCm > 0 && d.holeLengthCm > 0
      ? [{ material: "vacuum", radiusCm: d.holeRadiusCm, bottomCm: end, topCm: end + d.holeLengthCm } as const]
      : []),
  ];
}

/** A shield open to no side, `insideCm` its hollow: put it before everything else. */
export function shield(
  material: Material,
  thicknessCm: number,
  insideCm: { readonly radius: number; readonly bottom: number; readonly top: number },
): readonly Cylinder[] {
  const { radius, bottom, top } = insideCm;
  return [
    {
      material,
      radiusCm: radius + thicknessCm,
      bottomCm: bottom - thicknessCm,
      topCm: top + thicknessCm,
    },
    { material: "air", radiusCm: radius, bottomCm: bottom, topCm: top },
  ];
}

/** Where photons begin: evenly in a cylinder about the axis; a height of zero is a disc, a radius of zero a point. */
export interface SampleShape {
  readonly radiusCm: number;
  readonly bottomCm: number;
  readonly topCm: number;
}

/** A sample that fills its shape with a material. */
export function sampleDisc(material: Material, shape: SampleShape): Cylinder {
  return { material, ...shape };
}
