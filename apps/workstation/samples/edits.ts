/** What the analyst does to the selected sample: which tool the pointer is, and the edits that it makes. Each goes to the centre at once. */
import type { SampleEditEntry, SampleEditRequest, SpectrumDisplay } from "@harken/api";
import { effect, signal } from "@preact/signals";
import { analyst } from "../analyst.ts";
import { formatNumber } from "../format.ts";
import { client, detail, edit, onPlainKey, picture, selectedKey } from "./state.ts";

export const tools = ["look", "add", "remove", "move", "region"] as const;
export type Tool = (typeof tools)[number];

/** What a press and a release of the pointer in the spectrum mean. */
export const tool = signal<Tool>("look");
/** Goes with the next edit. */
export const comment = signal("");
export const refusal = signal<string | null>(null);
export const working = signal(false);

const NO_NAME = "Write your name beside the review: every edit is kept under it.";

export async function sendEdit(what: SampleEditRequest["edit"]): Promise<void> {
  const sample = detail.value;
  if (!sample || working.value) return;
  if (analyst.value.trim() === "") {
    refusal.value = NO_NAME;
    document.querySelector<HTMLInputElement>("input[name=analyst]")?.focus();
    return;
  }
  working.value = true;
  const request = { analyst: analyst.value.trim(), comment: comment.value, edit: what, editsSeen: sample.edits.length };
  refusal.value = await edit((key) => client.editSample(key, request));
  working.value = false;
  if (refusal.value === null) comment.value = "";
}

/** Two energies less apart than this are one place: a click. */
const CLICK_KEV = 0.2;

/** What the pointer has done between two energies with the tool in hand; null for nothing. */
export function editOf(
  inHand: Tool,
  fromKeV: number,
  toKeV: number,
  peaks: readonly { readonly energyKeV: number }[],
): SampleEditRequest["edit"] | null {
  const nearest = peaks.toSorted((a, b) => Math.abs(a.energyKeV - fromKeV) - Math.abs(b.energyKeV - fromKeV))[0];
  switch (inHand) {
    case "look":
      return null;
    case "add":
      return { kind: "addPeak", energyKeV: toKeV };
    case "remove":
      return nearest ? { kind: "removePeak", energyKeV: nearest.energyKeV } : null;
    case "move":
      return nearest && Math.abs(toKeV - fromKeV) > CLICK_KEV
        ? { kind: "movePeak", energyKeV: nearest.energyKeV, toKeV }
        : null;
    case "region":
      return Math.abs(toKeV - fromKeV) > CLICK_KEV
        ? { kind: "fitRegion", fromKeV: Math.min(fromKeV, toKeV), toKeV: Math.max(fromKeV, toKeV) }
        : null;
  }
}

export function pointerEdit(fromKeV: number, toKeV: number): void {
  const made = editOf(tool.value, fromKeV, toKeV, picture.value?.peaks ?? []);
  if (made) void sendEdit(made);
}

/** Edits that an undo has taken back. */
export const undoneOf = (entries: readonly SampleEditEntry[]): ReadonlySet<number> =>
  new Set(
    entries.flatMap(({ edit: { kind, ...rest } }) => (kind === "undo" && "ordinal" in rest ? [rest.ordinal] : [])),
  );

/** The fits that hold an energy. */
export const regionsAt = (regions: SpectrumDisplay["regions"], energyKeV: number) =>
  regions.filter(({ fromKeV, toKeV }) => energyKeV >= fromKeV && energyKeV <= toKeV);

const keV = (energyKeV: number) => `${formatNumber(energyKeV, 1)} keV`;

/** An edit in words. */
export function tellEdit({ edit: done }: Pick<SampleEditEntry, "edit">): string {
  switch (done.kind) {
    case "addPeak":
      return `a peak at ${keV(done.energyKeV)} added`;
    case "removePeak":
      return `the peak at ${keV(done.energyKeV)} removed`;
    case "movePeak":
      return `the peak at ${keV(done.energyKeV)} moved to ${keV(done.toKeV)}`;
    case "fitRegion":
      return `fitted together from ${keV(done.fromKeV)} to ${keV(done.toKeV)}`;
    case "regionLimits":
      return `region ${done.region} from beta ${done.betaFrom} to ${done.betaTo}, gamma ${done.gammaFrom} to ${done.gammaTo}`;
    case "regionCounts":
      return `region ${done.region} holds ${done.gross} counts`;
    case "undo":
      return `edit ${done.ordinal} undone`;
  }
}

type State = SampleEditEntry["before"];

/** What it changed: peaks, then each region and nuclide, then the level; one line for each. */
export function tellChanges({ before, after }: Pick<SampleEditEntry, "before" | "after">): string[] {
  const changed = (what: string, was: string, is: string) => (was === is ? [] : [`${what}${was} → ${is}`]);
  const regions = new Set([...before.regions, ...after.regions].map(({ region }) => region));
  const nuclides = new Set([...before.nuclides, ...after.nuclides].map(({ name }) => name));
  return [
    ...changed("", peaksIn(before, after), peaksIn(after, before)),
    ...[...regions].flatMap((region) =>
      changed(`region ${region} `, countsOf(before, region), countsOf(after, region)),
    ),
    ...[...nuclides].flatMap((name) => changed(`${name} `, activityOf(before, name), activityOf(after, name))),
    ...changed("level ", before.level ?? "none", after.level ?? "none"),
  ];
}

/** Peaks that do not read the same in the other state; shares of nuclides may have changed in those that do. */
function peaksIn({ peaks }: State, other: State): string {
  const told = (one: (typeof peaks)[number]) =>
    `${formatNumber(one.energyKeV, 2)} keV ${formatNumber(one.areaCounts, 0)} ± ${formatNumber(one.areaErrorCounts, 0)}`;
  const others = new Set(other.peaks.map(told));
  return (
    peaks
      .map(told)
      .filter((one) => !others.has(one))
      .join(", ") || "no peak"
  );
}

const countsOf = ({ regions }: State, wanted: number) =>
  String(regions.find(({ region }) => region === wanted)?.gross ?? "none");

function activityOf({ nuclides }: State, wanted: string): string {
  const found = nuclides.find(({ name }) => name === wanted);
  return found?.identified && found.activityBq !== null ? `${Number(found.activityBq.toPrecision(3))} Bq` : "not found";
}

const toolKeys: Readonly<Record<string, Tool>> = { Escape: "look", a: "add", x: "remove", m: "move", r: "region" };

export function followToolKeys(): void {
  onPlainKey((key) => {
    const wanted = toolKeys[key];
    if (wanted) tool.value = wanted;
    else if (key === "u") void sendEdit({ kind: "undo" });
  });
  // What was refused, and why the next edit is made, belong to the sample in sight.
  effect(() => {
    selectedKey.value;
    refusal.value = null;
    comment.value = "";
  });
}
