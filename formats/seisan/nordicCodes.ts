/** Letters of Nordic files and what a bulletin calls them (SEISAN manual, appendix on the Nordic format). */

const magnitudeTypes: ReadonlyMap<string, string> = new Map([
  ["L", "ML"],
  ["b", "mb"],
  ["B", "mB"],
  ["s", "Ms"],
  ["S", "MS"],
  ["W", "Mw"],
  ["G", "mbLg"],
  ["C", "Mc"],
  ["N", "MN"],
]);

const letters = new Map(
  [...magnitudeTypes, ["W", "MW"] as const, ["G", "MbLg"] as const, ["C", "Md"] as const].map(([letter, type]) => [
    type,
    letter,
  ]),
);

/** "" where the file gives no type; letters of no known type stand for themselves. */
export const magnitudeTypeOf = (letter: string): string => magnitudeTypes.get(letter) ?? letter.trim();

/** Null for types that have no letter: of mb_1mx and the like only the first part is looked at. */
export function magnitudeLetterOf(type: string): string | null {
  if (/^[A-Za-z]?$/.test(type)) return type || " ";
  return letters.get(type) ?? letters.get(type.split("_")[0]!) ?? null;
}

const eventTypes: ReadonlyMap<string, string> = new Map([
  ["E", "explosion"],
  ["P", "probable explosion"],
  ["I", "induced event"],
  ["V", "volcanic event"],
  ["Q", "earthquake"],
  ["L", "landslide"],
  ["X", "landslide"],
  ["S", "acoustic signal"],
  ["C", "cryoseismic event"],
  ["G", "glacial event"],
  ["O", "other event"],
]);

const EVENT_TYPE = "The agency calls it: ";

/** In words, as a remark; null for a letter that says nothing. */
export function eventTypeRemark(letter: string): string | null {
  const words = eventTypes.get(letter);
  return words ? `${EVENT_TYPE}${words}.` : null;
}

export function eventTypeLetter(remark: string): string | null {
  return [...eventTypes.keys()].find((letter) => eventTypeRemark(letter) === remark) ?? null;
}

/** What the amplitude of a line was measured for: by the name of an amplitude phase, or of the onset it stands with. */
export type AmplitudeKind = "A5/2" | "ALR/2" | "ML";

/** Displacements in nm. Null for velocities (IVmB_BB, IVMs_BB), and for amplitudes that no magnitude is made from (AMPG, AMSN ...). */
export function amplitudeKind(name: string): AmplitudeKind | null {
  if (/^(?:I?AML|AMP|A)$/i.test(name)) return "ML";
  if (/^I?AMB$/i.test(name)) return "A5/2";
  return /^I?AMS(?:_20)?$/i.test(name) ? "ALR/2" : null;
}

export const amplitudeName: Readonly<Record<AmplitudeKind, string>> = {
  "A5/2": "IAmb",
  "ALR/2": "IAMs_20",
  ML: "IAML",
};

/** Amplitude phases are no onsets. */
export const isAmplitudeName = (name: string): boolean => /^I?[AV]M|^A$/i.test(name);
