/**
 * What a phase name means as a path. P and S are legs in crust and mantle, K in the outer core, I and J in the inner core, c and i
 * reflections at the core's two boundaries, p and s legs up from the source; `diff` runs along the core's surface; n, g and b are head waves
 * and turning rays of the crust. PKPdf, PKPbc and PKPab are names of branches.
 */
import type { Region, Wave } from "../velocityModel.ts";

/** A set of equal legs: `count` one-way passages of a region; `turning` legs have their deepest point inside it. */
export interface LegSet {
  readonly region: Region;
  readonly wave: Wave;
  readonly turning: boolean;
  readonly count: number;
}

/** One passage of a region, in the order of the path. A turning leg is two of them: down, then up. */
export interface Passage {
  readonly region: Region;
  readonly wave: Wave;
  readonly down: boolean;
}

export interface PhasePath {
  readonly name: string;
  /** Wave that leaves the source and whether it leaves upward. */
  readonly sourceWave: Wave;
  readonly sourceUp: boolean;
  /** Wave of the last leg, which decides the incidence at the station. */
  readonly stationWave: Wave;
  readonly legs: readonly LegSet[];
  /** The same legs one by one, surface to surface; the first starts at the source's depth. Empty for p and s. */
  readonly passages: readonly Passage[];
  /** Runs along the core-mantle boundary (Pdiff, Sdiff). */
  readonly diffracted: boolean;
  /** Part of the p range: rays on the smaller-p (bc) or larger-p (ab) side of the caustic. */
  readonly branch: "bc" | "ab" | null;
  /** Crustal restriction: rays turning above the Conrad or Moho (g, b), or head wave under the Moho (n). */
  readonly crustal: "n" | "g" | "b" | null;
}

/** No name in use is longer, spelled out or not. */
const LONGEST_NAME = 24;

/** Names of which each stands for several paths: its time is the first arrival of them. */
const composites: ReadonlyMap<string, readonly string[]> = new Map([
  ["P", ["P", "p", "Pn", "Pdiff"]],
  ["S", ["S", "s", "Sn", "Sdiff"]],
  ["Pn", ["Pn", "P"]],
  ["Sn", ["Sn", "S"]],
]);

/** Paths behind a name, themselves names of the grammar. A core phase without its branch means the first of them, with or without inner core. */
export function pathsOf(phase: string): readonly string[] {
  const listed = composites.get(phase);
  if (listed || phase.length > LONGEST_NAME) return listed ?? [phase];
  const plain = spelledOut(phase);
  return /^[psPSK]*K[PSK]*$/.test(plain) && !/(ac|bc|ab|df)$/.test(phase)
    ? [plain, plain.replace(/K/g, "KIK")]
    : [phase];
}

/**
 * The name with each leg written: P3KP is PKKKP, P' and S' are PKP and SKS, PKP2 and PKP3 are the IDC's names for P'P' and P'P'P' (elsewhere
 * PKP2 was PKPab), df means through the inner core. The suffixes bc and ab stay.
 */
function spelledOut(phase: string): string {
  const [, base = "", suffix = ""] = /^(.*?)(df|ac|bc|ab)?$/.exec(phase)!;
  let legs = base
    .replace(/([PS])'/g, "$1K$1")
    .replace(/^([ps]?)(PKP|SKS)([2-9])$/, (_, up: string, leg: string, count: string) => up + leg.repeat(Number(count)))
    .replace(/([2-9])K/g, (_, count: string) => "K".repeat(Number(count)));
  if (!legs.includes("K")) return phase;
  if (suffix === "df") legs = legs.replace(/K/g, "KIK");
  return suffix === "bc" || suffix === "ab" ? legs + suffix : legs;
}

/** Reads a phase name; null when it is not a name of this grammar. */
export function parsePhase(name: string): PhasePath | null {
  if (name.length > LONGEST_NAME) return null;
  let rest = spelledOut(name);
  let branch: PhasePath["branch"] = null;
  const suffix = /(bc|ab)$/.exec(rest);
  if (suffix && rest.includes("K")) {
    branch = suffix[1] as "bc" | "ab";
    rest = rest.slice(0, -2);
  }
  const crustalMatch = /^([ps]?)([PS])([ngb])$/.exec(rest);
  if (crustalMatch) {
    const [, up = "", wave, kind] = crustalMatch;
    const legs: LegSet[] = [{ region: "mantle", wave: wave as Wave, turning: true, count: 2 }];
    return {
      name,
      sourceWave: (up ? up.toUpperCase() : wave) as Wave,
      sourceUp: up !== "",
      stationWave: wave as Wave,
      legs,
      passages: [true, false].map((down) => ({ region: "mantle", wave: wave as Wave, down })),
      diffracted: false,
      branch: null,
      crustal: kind as "n" | "g" | "b",
    };
  }
  const diffracted = rest.endsWith("diff");
  if (diffracted) {
    rest = rest.slice(0, -4);
    if (!/^[ps]?[PS]$/.test(rest)) return null;
  }
  const tokens = [...rest];
  if (tokens.length === 0 || tokens.length > LONGEST_NAME) return null;
  const counts = new Map<string, LegSet>();
  const passages: Passage[] = [];
  const add = (region: Region, wave: Wave, turning: boolean, count: number) => {
    const key = `${region}${wave}${turning}`;
    const before = counts.get(key);
    counts.set(key, { region, wave, turning, count: (before?.count ?? 0) + count });
  };
  const pass = (region: Region, wave: Wave, ...directions: readonly boolean[]) => {
    for (const down of directions) passages.push({ region, wave, down });
  };
  let at: "source" | "surface" | "cmb" | "icb" = "source";
  let sourceWave: Wave | null = null;
  let sourceUp = false;
  let stationWave: Wave = "P";
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (token === "p" || token === "s") {
      if (i !== 0) return null;
      sourceWave = token.toUpperCase() as Wave;
      sourceUp = true;
      stationWave = sourceWave;
      at = "surface";
    } else if (token === "P" || token === "S") {
      sourceWave ??= token;
      stationWave = token;
      if (at === "cmb") {
        add("mantle", token, false, 1);
        pass("mantle", token, false);
        at = "surface";
      } else if (at === "icb") {
        return null;
      } else if (next === "c" || next === "K") {
        add("mantle", token, false, 1);
        pass("mantle", token, true);
        at = "cmb";
      } else {
        add("mantle", token, !diffracted, 2);
        pass("mantle", token, true, false);
        at = "surface";
      }
    } else if (token === "c") {
      if (at !== "cmb" || (next !== "P" && next !== "S")) return null;
    } else if (token === "K") {
      if (at === "icb") {
        add("outerCore", "P", false, 1);
        pass("outerCore", "P", false);
        at = "cmb";
      } else if (at === "cmb") {
        if (next === "i" || next === "I" || next === "J") {
          add("outerCore", "P", false, 1);
          pass("outerCore", "P", true);
          at = "icb";
        } else {
          add("outerCore", "P", true, 2);
          pass("outerCore", "P", true, false);
        }
      } else return null;
    } else if (token === "i") {
      if (at !== "icb" || next !== "K") return null;
    } else if (token === "I" || token === "J") {
      if (at !== "icb" || next !== "K") return null;
      add("innerCore", token === "I" ? "P" : "S", true, 2);
      pass("innerCore", token === "I" ? "P" : "S", true, false);
    } else return null;
  }
  if (at !== "surface" || sourceWave === null) return null;
  return {
    name,
    sourceWave,
    sourceUp,
    stationWave,
    legs: [...counts.values()],
    passages,
    diffracted,
    branch,
    crustal: null,
  };
}
