/** Calibrations of a SAMPML document: equations that are told apart by the form they print, such as "FWHM(E)= Term0 + Term1 * SQRT(E)". */
import type { GammaEquations, ProblemList } from "@harken/core";
import { number } from "../numbers.ts";
import { attribute, children, childText, type XmlElement } from "../xml/read.ts";

type Part = Partial<GammaEquations>;

/** Calibrations by their ID. */
export function readCalibrations(element: XmlElement | null, problems: ProblemList): ReadonlyMap<string, Part> {
  const found = new Map<string, Part>();
  for (const calibration of element ? children(element, "Calibration") : []) {
    const [id, type] = [attribute(calibration, "ID"), attribute(calibration, "Type")];
    const part = readPart(type, children(calibration, "Equation"));
    if (part) found.set(id, part);
    else
      problems.warning(
        "sampml.calibration",
        `The calibration ${id.slice(0, 40)} (${type.slice(0, 40)}) has no equation that can be read.`,
      );
  }
  return found;
}

/** What the named calibrations say together. */
export function equationsFor(calibrations: ReadonlyMap<string, Part>, ids: readonly string[]): GammaEquations {
  const parts = ids.map((id) => calibrations.get(id) ?? {});
  return Object.assign({ energy: null, resolution: null, efficiency: null }, ...parts) as GammaEquations;
}

function readPart(type: string, equations: readonly XmlElement[]): Part | null {
  const read = equations.map((equation) => ({
    form: attribute(equation, "Form"),
    coefficients: numbersOf(childText(equation, "Coefficients")),
  }));
  const [first] = read;
  if (!first?.coefficients) return null;
  if (type === "EnergyToChannels") return { energy: first.coefficients };
  if (type === "ResolutionToEnergy") {
    const squares = /SQRT\s*\(\s*Term0/i.test(first.form);
    return { resolution: { form: squares ? "squares" : "root", coefficients: first.coefficients } };
  }
  // The first equation defines L = ln(reference / E), the second the polynomial in it.
  const polynomial = read.find(({ form }) => /exp\s*\(/i.test(form))?.coefficients;
  const [referenceKeV] = first.coefficients;
  return type === "EfficiencyToEnergy" && polynomial && referenceKeV! > 0
    ? { efficiency: { referenceKeV: referenceKeV!, coefficients: polynomial } }
    : null;
}

/** Blank-separated numbers, at least one; null otherwise. */
function numbersOf(text: string): number[] | null {
  const values = text.split(/\s+/).filter(Boolean).map(number);
  return values.length > 0 && values.every((v) => v !== null) ? values : null;
}
