/**
 * What an analysis stored in a SAMPML document holds besides the spectrum: peaks, nuclides, lines and flags, as another program found them. Null is
 * "None" or nothing in the document. Energies keV, areas counts, concentrations uBq/m^3.
 */

/** A value with its error; the error is null where the document gives none or a negative number, which stands for none. */
export interface Measured {
  readonly value: number;
  readonly error: number | null;
}

export interface StoredPeak {
  readonly id: string;
  readonly energyKeV: number;
  readonly channel: Measured | null;
  readonly area: Measured;
  /** Channels of the region that was fitted. */
  readonly widthChannels: number | null;
  readonly fwhmKeV: Measured | null;
  readonly backgroundCounts: Measured | null;
  readonly efficiency: Measured | null;
  readonly criticalLevelCounts: number | null;
}

export interface StoredNuclide {
  /** In the document's capitals, such as "PB-212F". */
  readonly name: string;
  /** FISSION (P), ACTIVATION, NATURAL, COSMIC. */
  readonly type: string;
  /** As written, such as "53.29 D"; `halfLifeSec` is the same in seconds, null when it cannot be read. */
  readonly halfLife: string;
  readonly halfLifeSec: number | null;
  readonly identified: boolean;
  readonly quantifiable: boolean;
  readonly reportsMdc: boolean;
  readonly concentration: Measured | null;
  readonly mdc: number | null;
}

export interface StoredLine {
  readonly nuclide: string;
  /** The peak that the line was found in; null for a line without one. */
  readonly peakId: string | null;
  readonly energyKeV: Measured;
  /** Photons per decay. */
  readonly intensity: Measured;
  readonly efficiency: Measured | null;
  /** From this line alone; null where it was not found. */
  readonly concentration: Measured | null;
  readonly mdc: number | null;
}

export interface StoredFlag {
  /** As the document names it, such as "Ba140MDC". */
  readonly name: string;
  readonly pass: boolean;
  readonly value: number | null;
  /** The condition in words; "" for flags that have none. */
  readonly test: string;
}

export interface StoredAnalysis {
  readonly id: string;
  readonly spectrumIds: readonly string[];
  readonly software: string;
  readonly category: { readonly automatic: number | null; readonly reviewed: number | null };
  readonly peaks: readonly StoredPeak[];
  readonly nuclides: readonly StoredNuclide[];
  readonly lines: readonly StoredLine[];
  readonly flags: readonly StoredFlag[];
  /** Settings of the processing by name, such as "EnergyTolerance", as text. */
  readonly parameters: Readonly<Record<string, string>>;
}
