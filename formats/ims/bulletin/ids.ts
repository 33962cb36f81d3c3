/** Identifiers of at most eight letters, as IMS lines have room for. */

const WIDTH = 8;
const FITS = new RegExp(`^[!-~]{1,${WIDTH}}$`);

/** Keys of CSS3.0 rows. */
const CSS_NUMBER = /^(?:arid|orid|evid)-(\d+)$/;

/**
 * The keys themselves where all fit, so that a bulletin read from an IMS file keeps its numbers, and the numbers of CSS3.0 rows; otherwise
 * 1, 2, 3 ...
 */
export function allotIds(keys: Iterable<string>): ReadonlyMap<string, string> {
  const distinct = [...new Set(keys)];
  const ids = distinct.map((key) => CSS_NUMBER.exec(key)?.[1] ?? key);
  const fit = ids.every((id) => FITS.test(id)) && new Set(ids).size === ids.length;
  return new Map(distinct.map((key, index) => [key, fit ? ids[index]! : String(index + 1)]));
}
