/** For tests: the CSS3.0 tables of a real IDC bulletin (2010-05-20), rows as plain objects in the tables' own attribute names. */

export interface UebTables {
  readonly origins: readonly UebOrigin[];
  readonly arrivals: ReadonlyMap<number, UebArrival>;
  readonly assocs: readonly UebAssoc[];
  readonly origerrs: readonly Readonly<Record<OrigerrName, number>>[];
  readonly stamags: readonly UebStamag[];
  readonly netmags: readonly UebNetmag[];
  readonly amplitudes: ReadonlyMap<number, UebAmplitude>;
  readonly sites: ReadonlyMap<string, UebSite>;
}

interface UebOrigin {
  readonly orid: number;
  readonly lat: number;
  readonly lon: number;
  readonly depth: number;
  readonly time: number;
  readonly dtype: string;
  readonly auth: string;
}

interface UebArrival {
  readonly arid: number;
  readonly sta: string;
  readonly time: number;
  readonly iphase: string;
  readonly deltim: number;
  readonly azimuth: number;
  readonly delaz: number;
  readonly slow: number;
  readonly delslo: number;
  readonly snr: number;
}

interface UebAssoc {
  readonly arid: number;
  readonly orid: number;
  readonly sta: string;
  readonly phase: string;
  readonly delta: number;
  readonly timeres: number;
  readonly timedef: boolean;
  readonly azres: number;
  readonly azdef: boolean;
  readonly slores: number;
  readonly slodef: boolean;
  readonly wgt: number;
  readonly vmodel: string;
}

interface UebStamag {
  readonly magid: number;
  readonly ampid: number;
  readonly sta: string;
  readonly arid: number;
  readonly orid: number;
  readonly phase: string;
  readonly delta: number;
  readonly magtype: string;
  readonly magnitude: number;
  readonly uncertainty: number;
  readonly defining: boolean;
}

interface UebNetmag {
  readonly magid: number;
  readonly orid: number;
  readonly magtype: string;
  readonly nsta: number;
  readonly magnitude: number;
  readonly uncertainty: number;
}

interface UebAmplitude {
  readonly ampid: number;
  readonly arid: number;
  readonly amp: number;
  readonly per: number;
  readonly snr: number;
  readonly time: number;
  readonly amptype: string;
}

interface UebSite {
  /** ar for the reference of an array, ss for a single station. */
  readonly statype: string;
  readonly lat: number;
  readonly lon: number;
  readonly elev: number;
}

const origerrNames = [
  "orid",
  "sxx",
  "syy",
  "szz",
  "stt",
  "sxy",
  "sxz",
  "syz",
  "stx",
  "sty",
  "stz",
  "sdobs",
  "smajax",
  "sminax",
  "strike",
  "sdepth",
  "stime",
  "conf",
] as const;
type OrigerrName = (typeof origerrNames)[number];

/** Belief and delta touch in this file, so the row is cut by shape, not at blanks. */
const assocRow =
  /^(\d+)\s+(\d+)\s+(\S+)\s+(\S+)\s+-?\d?\.\d\d\s*([\d.]+)\s+\S+\s+\S+\s+(-?[\d.]+)\s*([dn]) (-?[\d.]+)\s*([dn]) (-?[\d.]+)\s*([dn]) -?[\d.]+\s+(-?[\d.]+)\s+(\S+)/;

/** 20 May 2010, as CSS3.0 writes a day. */
const DAY = 2010140;

/** `read` gives the text of one of the bulletin's tables or of the station tables beside it, such as `ueb_test.origin`. */
export function uebTables(read: (name: string) => string): UebTables {
  const lines = (name: string) =>
    read(`ueb_test.${name}`)
      .split("\n")
      .filter((line) => line.trim() !== "");
  const rows = (name: string) => lines(name).map((line) => line.trim().split(/\s+/));
  const arrivals = rows("arrival").map((f) => ({
    sta: f[0]!,
    time: Number(f[1]),
    arid: Number(f[2]),
    iphase: f[7]!,
    deltim: Number(f[9]),
    azimuth: Number(f[10]),
    delaz: Number(f[11]),
    slow: Number(f[12]),
    delslo: Number(f[13]),
    snr: Number(f[21]),
  }));
  const amplitudes = rows("amplitude").map((f) => ({
    ampid: Number(f[0]),
    arid: Number(f[1]),
    amp: Number(f[4]),
    per: Number(f[5]),
    snr: Number(f[6]),
    time: Number(f[7]),
    amptype: f[11]!,
  }));
  return {
    origins: rows("origin").map((f) => ({
      lat: Number(f[0]),
      lon: Number(f[1]),
      depth: Number(f[2]),
      time: Number(f[3]),
      orid: Number(f[4]),
      dtype: f[14]!,
      auth: f[22]!,
    })),
    arrivals: new Map(arrivals.map((row) => [row.arid, row])),
    assocs: lines("assoc").map((line) => {
      const f = assocRow.exec(line.trim());
      if (!f) throw new Error(`not an assoc row: ${line}`);
      return {
        arid: Number(f[1]),
        orid: Number(f[2]),
        sta: f[3]!,
        phase: f[4]!,
        delta: Number(f[5]),
        timeres: Number(f[6]),
        timedef: f[7] === "d",
        azres: Number(f[8]),
        azdef: f[9] === "d",
        slores: Number(f[10]),
        slodef: f[11] === "d",
        wgt: Number(f[12]),
        vmodel: f[13]!,
      };
    }),
    origerrs: rows("origerr").map(
      (f) => Object.fromEntries(origerrNames.map((name, i) => [name, Number(f[i])])) as Record<OrigerrName, number>,
    ),
    stamags: rows("stamag").map((f) => ({
      magid: Number(f[0]),
      ampid: Number(f[1]),
      sta: f[2]!,
      arid: Number(f[3]),
      orid: Number(f[4]),
      phase: f[6]!,
      delta: Number(f[7]),
      magtype: f[8]!,
      magnitude: Number(f[9]),
      uncertainty: Number(f[10]),
      defining: f[12] === "d",
    })),
    netmags: rows("netmag").map((f) => ({
      magid: Number(f[0]),
      orid: Number(f[2]),
      magtype: f[4]!,
      nsta: Number(f[5]),
      magnitude: Number(f[6]),
      uncertainty: Number(f[7]),
    })),
    amplitudes: new Map(amplitudes.map((row) => [row.ampid, row])),
    // Some stations have moved: the row of the bulletin's day.
    sites: new Map(
      rows("site")
        .filter((f) => Number(f[1]) <= DAY && Number(f[2]) >= DAY)
        .map((f) => [f[0]!, { lat: Number(f[3]), lon: Number(f[4]), elev: Number(f[5]), statype: f.at(-5)! }]),
    ),
  };
}
