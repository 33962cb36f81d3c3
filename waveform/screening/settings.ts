/** The numbers of event screening, by name. */

export interface ScreeningSettings {
  readonly name: string;
  /** Events smaller than this mb are not considered (Fisk, Jepsen and Murphy 2002; recollection). */
  readonly minMagnitude: number;
  /** A criterion screens an event out when the explosion hypothesis is further away than this many standard deviations: 2 is 97.7 %, one-sided. */
  readonly sigmas: number;
  /**
   * Explosions lie below Ms = slope mb + intercept. The line of Selby, Marshall and Bowers 2012 (doi:10.1785/0120100349), from 409 explosions, in use
   * at the IDC since 2010-06-03; before, Ms = 1.25 mb - 2.2.
   */
  readonly line: { readonly slope: number; readonly intercept: number };
  readonly depth: {
    /** No explosion is deeper, km (recollection). */
    readonly deepestExplosionKm: number;
  };
}

export const screeningSettings: ScreeningSettings = Object.freeze({
  name: "screening-1",
  minMagnitude: 3.5,
  sigmas: 2,
  line: { slope: 1, intercept: -0.64 },
  depth: { deepestExplosionKm: 10 },
});

/** The line that the IDC used before June 2010, which screened more events out (87 % against 42 % of a set of 2008). */
export const formerMbMsLine = Object.freeze({ slope: 1.25, intercept: -2.2 });
