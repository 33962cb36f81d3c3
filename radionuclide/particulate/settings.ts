/** Settings of the particulate processing; defaults are those of the IDC's products where these tell them. */
import { defaultEnergyUpdateSettings, type EnergyUpdateSettings } from "../gamma/energyUpdate.ts";
import { DECISION_QUANTILE } from "../gamma/limits.ts";
import { defaultPeakSettings, type PeakSettings } from "../gamma/peaks.ts";

export interface ParticulateSettings {
  readonly peaks: PeakSettings;
  readonly energyUpdate: EnergyUpdateSettings;
  /** Abscissa of decision and detection limits. */
  readonly decisionQuantile: number;
  /** `currie` as the IDC, or `iso11929`, which adds the uncertainty of efficiency and intensity. */
  readonly limits: "currie" | "iso11929";
  /** A peak of no uncertainty belongs to a line this near, keV; that of the peak's own position is added. */
  readonly energyToleranceKeV: number;
  /** Least excess of a peak over what known nuclides explain, standard deviations, to be evidence of another nuclide. */
  readonly evidenceQuantile: number;
  /** The same at the line's own energy for a fission or activation product that rests on one peak, among the seventy that are looked for. */
  readonly loneEvidenceQuantile: number;
  /** Lines whose predicted area is above this times the detection limit must be there. */
  readonly mustShow: number;
  /** What known nuclides explain of a peak is trusted to this, relative, beside each line's own uncertainty. */
  readonly explanationError: number;
  /** True coincidences: `uncertainty` leaves concentrations as the IDC's, `corrected` corrects what level schemes are known of. */
  readonly coincidences: "uncertainty" | "corrected";
  /** Efficiencies are correlated over this distance in ln E. */
  readonly efficiencyCorrelation: number;
}

export const defaultParticulateSettings: ParticulateSettings = Object.freeze({
  peaks: defaultPeakSettings,
  energyUpdate: defaultEnergyUpdateSettings,
  decisionQuantile: DECISION_QUANTILE,
  limits: "currie",
  energyToleranceKeV: 0.3,
  evidenceQuantile: 3,
  loneEvidenceQuantile: 3.4,
  mustShow: 1.5,
  explanationError: 0.1,
  coincidences: "uncertainty",
  efficiencyCorrelation: 1,
});
