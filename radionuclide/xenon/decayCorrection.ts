/**
 * Activities without decay correction, as the IDC's automatic reports list them beside concentrations: what was in the cell on average while it was
 * counted. Xe-133 there includes what grows in from Xe-133m (half-lives of the IDC's reports: 11.9 d, 5.243 d, 2.19 d, 9.14 h).
 */
import { decayFactor, type MeasurementTimes } from "../decay/measurement.ts";
import { type XenonIsotope, xenonIsotopes } from "./isotopes.ts";

const DAY = 86_400;
const reportedHalfLifeSec: Readonly<Record<XenonIsotope, number>> = Object.freeze({
  "Xe-131m": 11.9 * DAY,
  "Xe-133": 5.243 * DAY,
  "Xe-133m": 2.19 * DAY,
  "Xe-135": 9.14 * 3600,
});

/** In the unit of what is handed in. */
export function withoutDecayCorrection(
  corrected: Readonly<Record<XenonIsotope, number>>,
  times: Omit<MeasurementTimes, "lambdaPerSec">,
): Readonly<Record<XenonIsotope, number>> {
  const lambda = (isotope: XenonIsotope) => Math.LN2 / reportedHalfLifeSec[isotope];
  const factor = (isotope: XenonIsotope) => decayFactor({ lambdaPerSec: lambda(isotope), ...times });
  const plain = Object.fromEntries(
    xenonIsotopes.map((isotope) => [isotope, corrected[isotope] / factor(isotope)]),
  ) as Record<XenonIsotope, number>;
  const [daughter, parent] = [lambda("Xe-133"), lambda("Xe-133m")];
  const grown =
    (daughter / (parent - daughter)) * (1 / factor("Xe-133") - 1 / factor("Xe-133m")) * corrected["Xe-133m"];
  return { ...plain, "Xe-133": plain["Xe-133"] + grown };
}
