/**
 * Beam sets of the IDC's stations: the steering, band and threshold of each beam, as their `beam-recipe` tables write them.
 *
 *     #!BeginTable beam-recipe
 *     |name     |type|rot |std|snr  |azi   |slow  |phase    |flo  |fhi  |ford|zp|ftype|group   |
 *      AR_01     coh  no   0   3.60    0.0  0.0000 -         0.75  2.25  3    0  BP    a0-c-d
 *
 *     const { beams, problems } = parseBeamSet(text, "ARCES");
 *     processStation({ station, segments, keyPrefix: "" }, recipeOfBeams(seismicRecipe, "ARCES-beam-1", beams));
 *
 * A beam of no threshold (-1) is for the analyst's screen and detects nothing.
 */
import { type Problem, ProblemList, RADIANS_PER_DEGREE } from "@harken/core";
import type { DetectionBand, StationRecipe } from "./recipe.ts";

export interface StoredBeam {
  readonly name: string;
  readonly kind: "coherent" | "incoherent";
  /** Ratio at which a detection begins; null for a beam that detects nothing. */
  readonly on: number | null;
  /** Slowness vector towards the source, s/km. */
  readonly northSecPerKm: number;
  readonly eastSecPerKm: number;
  readonly lowHz: number;
  readonly highHz: number;
  readonly filterOrder: number;
  /** Elements, as rings ("a0-c-d") or all that are vertical ("vertical"). */
  readonly group: string;
}

const MOST_LINES = 20_000;
const MOST_COLUMNS = 40;
const neededColumns = ["name", "type", "snr", "azi", "slow", "flo", "fhi", "ford", "group"] as const;

export function parseBeamSet(text: string, source: string): { beams: StoredBeam[]; problems: readonly Problem[] } {
  const problems = new ProblemList();
  const beams: StoredBeam[] = [];
  let columns: readonly string[] | null = null;
  const lines = text.split(/\r?\n/, MOST_LINES + 1);
  if (lines.length > MOST_LINES)
    problems.error("beams.too-long", `${source} is longer than ${MOST_LINES} lines; the rest is left out.`);
  lines.slice(0, MOST_LINES).forEach((line, i) => {
    const where = { line: i + 1 };
    const trimmed = line.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return;
    if (trimmed.startsWith("|")) {
      columns = trimmed.split("|", MOST_COLUMNS).flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
      return;
    }
    if (!columns) {
      problems.error("beams.no-header", `${source}: a beam before the line that names the columns.`, where);
      return;
    }
    const fields = trimmed.split(/\s+/, MOST_COLUMNS);
    const beam = beamOf(Object.fromEntries(columns.map((name, k) => [name, fields[k] ?? ""])));
    if (typeof beam === "string") problems.error("beams.bad-beam", `${source}: ${beam}; the beam is left out.`, where);
    else beams.push(beam);
  });
  if (beams.length === 0) problems.error("beams.none", `${source} holds no beam.`);
  return { beams, problems: problems.list() };
}

/** A beam, or what is wrong with it. */
function beamOf(row: Readonly<Record<string, string>>): StoredBeam | string {
  const missing = neededColumns.find((name) => !row[name]);
  if (missing) return `no ${missing}`;
  const [snr, azimuth, slowness, low, high, order] = (["snr", "azi", "slow", "flo", "fhi", "ford"] as const).map(
    (name) => Number(row[name]),
  ) as [number, number, number, number, number, number];
  if (![snr, azimuth, slowness, low, high, order].every(Number.isFinite)) return "a number cannot be read";
  if (!(low > 0 && high > low)) return `${low} to ${high} Hz is no band`;
  if (!(Number.isInteger(order) && order >= 1 && order <= 12)) return `a filter's order is 1 to 12, not ${order}`;
  if (!(slowness >= 0 && slowness < 10)) return `${slowness} s/km is no slowness`;
  const kind = { coh: "coherent", inc: "incoherent" }[row["type"]!] as StoredBeam["kind"] | undefined;
  if (!kind) return `type ${row["type"]} is neither coh nor inc`;
  const angle = azimuth * RADIANS_PER_DEGREE;
  return {
    ...{ name: row["name"]!, kind, on: snr > 0 ? snr : null, group: row["group"]! },
    ...{ northSecPerKm: slowness * Math.cos(angle), eastSecPerKm: slowness * Math.sin(angle) },
    ...{ lowHz: low, highHz: high, filterOrder: order },
  };
}

/** Whether an element belongs to a beam's group: ARC3 to "c" and to "a0-c-d", ARA0 to "a0", every element to "vertical". */
export function isInGroup(site: string, group: string): boolean {
  if (/^(vertical|all)$/i.test(group)) return true;
  const ring = /([A-Z])(\d)$/i.exec(site);
  if (!ring) return false;
  const [letter, whole] = [ring[1]!.toLowerCase(), ring[0].toLowerCase()];
  return group
    .toLowerCase()
    .split("-")
    .some((part) => part === letter || part === whole);
}

/** The short window of the IDC's detector, and the ratio for the vertical of a station whose array is down. */
const STA_SEC = 1;
const SINGLE_ON = 4.2;

/** A station's recipe that detects on a stored beam set and measures as `base` does. */
export function recipeOfBeams(base: StationRecipe, name: string, beams: readonly StoredBeam[]): StationRecipe {
  const detecting = beams.filter(({ on }) => on !== null);
  const bands = new Map<string, DetectionBand>();
  for (const { lowHz, highHz } of detecting) {
    const key = bandName(lowHz, highHz);
    if (!bands.has(key)) bands.set(key, { name: key, lowHz, highHz, staSec: STA_SEC, on: SINGLE_ON });
  }
  return { ...base, name, bands: [...bands.values()], array: { ...base.array, beams: detecting } };
}

export const bandName = (lowHz: number, highHz: number): string => `${lowHz}-${highHz}`;
