/** Identifiers of at most eight letters, as IMS lines have room for. */

const WIDTH = 8;
const FITS = new RegExp(`^[!-~]{1,${WIDTH}}$`);

/** The keys themselves where all fit, so that a bulletin read from an IMS file keeps its numbers; 1, 2, 3 ... otherwise. */
export function allotIds(keys: Iterable<string>): ReadonlyMap<string, string> {
  const distinct = [...new Set(keys)];
  const fit = distinct.every((key) => FITS.test(key));
  return new Map(distinct.map((key, index) => [key, fit ? key : String(index + 1)]));
}
