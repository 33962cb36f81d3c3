/** What a network's samples add up to: relevant nuclides by year, samples by level, automatic levels that review confirmed, how soon reviews are released. */
import type { SampleStatistics, SampleStatisticsQuery } from "@harken/api";
import { isoTime, type SampleReport } from "@harken/core";
import {
  loadReportHeads,
  loadReports,
  loadSamples,
  type Reader,
  type StoredReport,
  type StoredSample,
} from "@harken/store";
import { newest } from "./sampleDesk.ts";

type Head = Omit<StoredReport, "report">;
interface Reported {
  readonly sample: StoredSample;
  readonly automatic: Head | null;
  /** The newest that was released. */
  readonly reviewed: Head | null;
  readonly firstReleased: Head | null;
}

/** Levels of samples with a nuclide that no nature makes: the reports of the others need not be read. */
const relevantLevels: ReadonlySet<string> = new Set(["3", "4", "5", "B", "C"]);
const relevantCategories: ReadonlySet<string | null> = new Set(["fission", "activation"]);
const HOUR = 3600;
const withinHours: readonly number[] = [24, 48, 72, 168];

export async function presentStatistics(
  reader: Reader,
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: SampleStatisticsQuery,
): Promise<SampleStatistics> {
  const samples = (await loadSamples(reader, { dataType: "SAMPLEPHD" })).filter(
    ({ qualifier, collectionStart }) =>
      qualifier !== "PREL" && collectionStart !== null && collectionStart >= from && collectionStart < to,
  );
  const heads = await loadReportHeads(
    reader,
    samples.map(({ key }) => key),
  );
  const bySample = Map.groupBy(heads, ({ sampleKey }) => sampleKey);
  const all = samples.map((sample): Reported => {
    const own = bySample.get(sample.key) ?? [];
    const released = own.filter(({ product, state }) => product === "RRR" && state === "released");
    const firstReleased = released[0] ?? null;
    return { sample, automatic: newest(own, "ARR"), reviewed: released.at(-1) ?? null, firstReleased };
  });
  return {
    samples: all.length,
    years: await yearsOf(reader, all),
    levels: counted(all, ({ sample, automatic, reviewed }) => {
      const level = (reviewed ?? automatic)?.level ?? null;
      return level === null ? null : { month: isoTime(sample.collectionStart!, 0).slice(0, 7), level };
    }),
    stations: counted(all, ({ sample, automatic, reviewed }) => {
      const level = (reviewed ?? automatic)?.level ?? null;
      return level === null ? null : { station: sample.station, level };
    }),
    review: counted(all, ({ automatic, reviewed }) =>
      automatic?.level != null && reviewed?.level != null
        ? { automatic: automatic.level, reviewed: reviewed.level }
        : null,
    ),
    timeliness: timelinessOf(all),
  };
}

/** How many samples have each group, in the order of the groups' words. */
function counted<G extends Record<string, string>>(
  all: readonly Reported[],
  groupOf: (one: Reported) => G | null,
): (G & { samples: number })[] {
  const groups = new Map<string, G & { samples: number }>();
  for (const one of all) {
    const group = groupOf(one);
    if (!group) continue;
    const key = Object.values(group).join("\n");
    groups.set(key, { ...group, samples: (groups.get(key)?.samples ?? 0) + 1 });
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Reports that are held in memory at a time. */
const PART = 200;

async function yearsOf(reader: Reader, all: readonly Reported[]): Promise<SampleStatistics["years"]> {
  const yearOf = ({ sample }: Reported) => new Date(sample.collectionStart! * 1000).getUTCFullYear();
  const found = new Map<number, Map<string, { nuclide: string; category: string | null; samples: number }>>();
  const relevant = all.filter(({ automatic, reviewed }) => relevantLevels.has((reviewed ?? automatic)?.level ?? ""));
  for (let at = 0; at < relevant.length; at += PART) {
    const part = relevant.slice(at, at + PART);
    const reports = new Map(
      (
        await loadReports(
          reader,
          part.map(({ sample }) => sample.key),
        )
      ).map((one) => [one.id, one.report as SampleReport]),
    );
    for (const one of part) {
      const report = reports.get((one.reviewed ?? one.automatic)!.id);
      const ofYear = found.get(yearOf(one)) ?? new Map();
      found.set(yearOf(one), ofYear);
      for (const { name, category, identified } of report?.nuclides ?? []) {
        if (!identified || !relevantCategories.has(category)) continue;
        ofYear.set(name, { nuclide: name, category, samples: (ofYear.get(name)?.samples ?? 0) + 1 });
      }
    }
  }
  return [...Map.groupBy(all, yearOf)]
    .sort(([a], [b]) => b - a)
    .map(([year, ofYear]) => ({
      year,
      samples: ofYear.length,
      nuclides: [...(found.get(year)?.values() ?? [])].sort(
        (a, b) => b.samples - a.samples || a.nuclide.localeCompare(b.nuclide),
      ),
    }));
}

function timelinessOf(all: readonly Reported[]): SampleStatistics["timeliness"] {
  const hours = all
    .flatMap(({ sample, firstReleased }) => (firstReleased ? [(firstReleased.changed - sample.received) / HOUR] : []))
    .sort((a, b) => a - b);
  const middle = hours.length / 2;
  return {
    released: hours.length,
    medianHours: hours.length === 0 ? null : (hours[Math.ceil(middle) - 1]! + hours[Math.floor(middle)]!) / 2,
    within: withinHours.map((limit) => ({ hours: limit, samples: hours.filter((one) => one <= limit).length })),
  };
}
