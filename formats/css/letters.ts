/** One-letter codes of CSS3.0 that stand for our words. */
import type { Origin } from "@harken/core";

type DepthType = Origin["depthType"];

const written: Readonly<Record<DepthType, string>> = {
  free: "f",
  surface: "r",
  default: "r",
  "depth-phase": "d",
  analyst: "g",
};

/** dtype: f free, d depth phases, r restrained by the location program, g restrained by the geophysicist. */
export const depthLetter = (type: DepthType) => written[type];

/** `isFree` decides where the table says nothing: whether the depth has an error of its own. */
export function depthTypeOf(letter: string | null, depthKm: number, isFree: boolean): DepthType {
  switch (letter?.toLowerCase()) {
    case "f":
      return "free";
    case "d":
      return "depth-phase";
    case "g":
      return "analyst";
    case "r":
      return depthKm === 0 ? "surface" : "default";
    default:
      return isFree ? "free" : "default";
  }
}

/** timedef, azdef, slodef, magdef: d defining, n not. */
export const definingLetter = (defining: boolean) => (defining ? "d" : "n");
export const isDefining = (letter: string | null) => letter?.toLowerCase() === "d";

/** fm: the first letter is of short-period records, c compression or d dilatation. */
export function firstMotionOf(fm: string | null): "c" | "d" | null {
  const letter = fm?.[0]?.toLowerCase();
  return letter === "c" || letter === "d" ? letter : null;
}
