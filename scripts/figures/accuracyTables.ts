/** The tables of docs/station-processing.md on simulated truth: what is stated, and how much of the truth it holds, by SNR. */
import type { Arrival } from "@harken/core";
import { type Accuracy, type AccuracyRow, accuracyBySnr, type NoiseCampaign, type ReadSignal } from "@harken/simulator";

const HEAD =
  "| SNR stated | signals | onset: bias, s | scatter | stated | holds, % | azimuth: scatter, deg | stated | holds, % | slowness: scatter, s/deg | stated | holds, % |";

export function accuracyTable(signals: readonly ReadSignal[]): string {
  const columns = HEAD.split("|").length - 2;
  return [HEAD, `|${"---|".repeat(columns)}`, ...accuracyBySnr(signals).map(lineOf)].join("\n");
}

function lineOf({ fromSnr, toSnr, onset, azimuth, slowness }: AccuracyRow): string {
  const cells = [
    Number.isFinite(toSnr) ? `${fromSnr} to ${toSnr}` : `${fromSnr} and more`,
    String(onset.count),
    onset.bias.toFixed(3),
    ...scatterAndHold(onset, 3),
    ...scatterAndHold(azimuth, 1),
    ...scatterAndHold(slowness, 2),
  ];
  return `| ${cells.join(" | ")} |`;
}

const scatterAndHold = (accuracy: Accuracy | null, digits: number): string[] =>
  accuracy
    ? [accuracy.scatter.toFixed(digits), accuracy.stated.toFixed(digits), (100 * accuracy.covered).toFixed(1)]
    : ["", "", ""];

/** Detections in noise alone, by station and level. */
export function falseTable(
  campaigns: readonly (NoiseCampaign & { readonly name: string; readonly found: readonly Arrival[] })[],
): string {
  const names = [...new Set(campaigns.map(({ name }) => name))];
  const levels = [...new Set(campaigns.map(({ noiseLevel }) => noiseLevel))];
  const cell = (name: string, level: number) => {
    const { found, hours } = campaigns.find((one) => one.name === name && one.noiseLevel === level)!;
    return `${found.length} in ${hours} h`;
  };
  return [
    `| noise between Peterson's models, low 0 and high 1 | ${levels.join(" | ")} |`,
    `|${"---|".repeat(levels.length + 1)}`,
    ...names.map((name) => `| ${name} | ${levels.map((level) => cell(name, level)).join(" | ")} |`),
  ].join("\n");
}

/** A page with the text between `<!-- name -->` and `<!-- end of name -->` replaced; throws where it has no such place. */
export function withPart(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page has no place between "${begin}" and "${end}"`);
  return `${page.slice(0, from + begin.length)}\n\n${content}\n\n${page.slice(to)}`;
}
