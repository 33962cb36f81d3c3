/** What `harken spectrum` prints of one analysed spectrum. */
import { isoTime, type PulseHeightData } from "@harken/core";
import {
  type BetaGammaResult,
  explanationOf,
  type IsotopicRatio,
  type NobleGasCategory,
  type NuclideResult,
  type ParticulateAnalysis,
  type ParticulateCategory,
  type QualityFlag,
  reportedMdcNuclides,
  type ScreeningFlag,
  type XenonPeaksResult,
  type XenonResults,
  xenonIsotopes,
} from "@harken/radionuclide";
import { formatTable } from "./table.ts";

export function describeSample(data: PulseHeightData): string {
  const { collection, acquisition } = data;
  const system = { P: "particulate", B: "noble gas, beta-gamma", G: "noble gas" }[data.system];
  const lines = [`${data.station} ${data.detector}, ${system}, ${data.kind}, sample ${data.sampleId || "-"}`];
  if (collection)
    lines.push(
      `collected ${isoTime(collection.startTime, 0)} to ${isoTime(collection.stopTime, 0)}, ${collection.airVolumeM3.toFixed(1)} m3 of air`,
    );
  if (acquisition)
    lines.push(
      `counted from ${isoTime(acquisition.startTime, 0)}, real ${acquisition.realSec} s, live ${acquisition.liveSec} s`,
    );
  return lines.join("\n");
}

export function describeParticulate(analysis: ParticulateAnalysis, category: ParticulateCategory | null): string {
  const identified = analysis.nuclides.filter((n) => n.identified);
  const levels = new Map(category?.nuclides.map((one) => [one.name, one]));
  const parts = [
    `${analysis.peaks.length} peaks`,
    formatTable(analysis.peaks, [
      { title: "keV", value: (p) => p.energyKeV, digits: 2 },
      { title: "error", value: (p) => p.energyErrorKeV, digits: 2 },
      { title: "counts", value: (p) => p.areaCounts, digits: 0 },
      { title: "error", value: (p) => p.areaErrorCounts, digits: 0 },
      { title: "LC", value: (p) => p.criticalLevelCounts, digits: 0 },
      { title: "FWHM keV", value: (p) => p.fwhmKeV, digits: 2 },
      { title: "explained by", value: (p) => explanationOf(p) || "unknown" },
    ]),
    "",
    identified.length === 0 ? "No nuclide was identified." : "identified nuclides, concentrations in uBq/m3",
    ...(identified.length === 0 ? [] : [nuclideTable(identified, (n) => levels.get(n.name)?.level ?? null)]),
    "",
    "not identified, minimum detectable concentrations in uBq/m3",
    formatTable(reported(analysis.nuclides), [
      { title: "nuclide", value: (n) => n.name },
      { title: "line keV", value: (n) => n.keyKeV, digits: 2 },
      { title: "LC", value: (n) => rounded(n.criticalLevel) },
      { title: "MDC", value: (n) => rounded(n.mdc) },
    ]),
    "",
    "flags",
    flagTable(analysis.flags),
    "",
    describeUpdate(analysis),
  ];
  if (category) {
    parts.push(`Category ${category.level}. ${category.reason}`);
    for (const { name, level, reason } of category.nuclides) parts.push(`  ${name}: level ${level}, ${reason}`);
  }
  for (const remark of analysis.remarks) parts.push(`Remark: ${remark}.`);
  return parts.join("\n");
}

function nuclideTable(nuclides: readonly NuclideResult[], level: (n: NuclideResult) => number | null): string {
  return formatTable(nuclides, [
    { title: "nuclide", value: (n) => n.name },
    { title: "category", value: (n) => n.category },
    { title: "half-life", value: (n) => (n.fromSample ? duration(n.halfLifeSec) : null) },
    { title: "concentration", value: (n) => rounded(n.concentration) },
    { title: "error", value: (n) => rounded(n.concentrationError) },
    { title: "by key line", value: (n) => rounded(n.keyConcentration) },
    { title: "key keV", value: (n) => n.keyKeV, digits: 2 },
    { title: "lines", value: (n) => n.lines.length },
    { title: "MDC", value: (n) => rounded(n.mdc) },
    { title: "level", value: level },
  ]);
}

function reported(nuclides: readonly NuclideResult[]): NuclideResult[] {
  return nuclides.filter((n) => !n.identified && reportedMdcNuclides.includes(n.name) && n.mdc !== null);
}

function describeUpdate({
  energyUpdate: { used, reason, gainShift, zeroShiftChannels, references },
}: ParticulateAnalysis) {
  const shift = `gain ${(100 * gainShift).toFixed(4)} %, zero ${zeroShiftChannels.toFixed(3)} channels`;
  return used
    ? `Energy calibration brought up to date with ${references.length} reference peaks: ${shift}.`
    : `Energy calibration as the station gave it: ${reason}.`;
}

function flagTable(flags: readonly QualityFlag[]): string {
  return formatTable(flags, [
    { title: "flag", value: (f) => f.name },
    { title: "", value: (f) => (f.pass === null ? "unknown" : f.pass ? "pass" : "FAIL") },
    { title: "value", value: (f) => (f.value === null ? null : `${rounded(f.value)} ${f.unit}`.trimEnd()) },
    { title: "test", value: (f) => f.test },
  ]);
}

export function describeBetaGamma(result: Extract<BetaGammaResult, { ok: true }>): string {
  const parts = [
    isotopeTable(result.isotopes),
    `radon ${rounded(result.radonBq)} +- ${rounded(result.radonErrorBq)} Bq`,
    "",
    formatTable(result.regions, [
      { title: "region", value: (r) => r.region },
      { title: "gross counts", value: (r) => r.gross },
    ]),
  ];
  for (const remark of result.remarks) parts.push(`Remark: ${remark}.`);
  return parts.join("\n");
}

export function describeXenonPeaks(result: Extract<XenonPeaksResult, { ok: true }>): string {
  const parts = [isotopeTable(result.isotopes), `reduced chi squared of the fit ${rounded(result.reducedChiSquared)}`];
  for (const remark of result.remarks) parts.push(`Remark: ${remark}.`);
  return parts.join("\n");
}

/** What follows from the activities of a noble-gas sample. */
export function describeXenon(judged: {
  readonly ratios: readonly IsotopicRatio[];
  readonly screening: readonly ScreeningFlag[];
  readonly flags: readonly QualityFlag[];
  readonly category: NobleGasCategory | null;
}): string {
  const { ratios, screening, flags, category } = judged;
  const end = (value: number | null) => rounded(value) ?? "unbounded";
  const parts: string[] = [];
  if (ratios.length > 0)
    parts.push(
      "",
      "isotopic ratios, limits of 95 %",
      formatTable(ratios, [
        { title: "ratio", value: (r) => r.name },
        { title: "value", value: (r) => rounded(r.ratio) },
        { title: "from", value: (r) => end(r.lower) },
        { title: "to", value: (r) => end(r.upper) },
      ]),
    );
  const decided = screening.filter(({ outcome }) => outcome !== null);
  if (screening.length > 0)
    parts.push(
      "",
      decided.length === 0
        ? "Screening: the ratios decide nothing."
        : formatTable(decided, [
            { title: "screening", value: (s) => s.test },
            { title: "speaks for", value: (s) => s.outcome },
            { title: "because", value: (s) => s.reason },
          ]),
    );
  if (flags.length > 0) parts.push("", "flags", flagTable(flags));
  if (category) {
    parts.push("", `Level ${category.level}. ${category.reason}.`);
    for (const { isotope, level, reason } of category.isotopes) parts.push(`  ${isotope}: level ${level}, ${reason}`);
  }
  return parts.join("\n");
}

function isotopeTable(isotopes: XenonResults): string {
  return formatTable(xenonIsotopes, [
    { title: "isotope", value: (i) => i },
    { title: "found", value: (i) => (isotopes[i].detected ? "yes" : "no") },
    { title: "Bq", value: (i) => rounded(isotopes[i].activityBq) },
    { title: "error", value: (i) => rounded(isotopes[i].activityErrorBq) },
    { title: "LC", value: (i) => rounded(isotopes[i].criticalLevelBq) },
    { title: "LD", value: (i) => rounded(isotopes[i].detectableBq) },
    { title: "mBq/m3", value: (i) => rounded(isotopes[i].concentrationMBqPerM3) },
    { title: "error", value: (i) => rounded(isotopes[i].concentrationErrorMBqPerM3) },
    { title: "LC", value: (i) => rounded(isotopes[i].criticalLevelMBqPerM3) },
    { title: "MDC", value: (i) => rounded(isotopes[i].mdcMBqPerM3) },
  ]);
}

/** Three digits that mean something; null stays null. */
function rounded(value: number | null): string | null {
  if (value === null) return null;
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}

const units = [
  ["y", 365.2422 * 86_400],
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
] as const;

function duration(seconds: number): string {
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? ["s", 1];
  return `${(seconds / size).toPrecision(4)} ${unit}`;
}
