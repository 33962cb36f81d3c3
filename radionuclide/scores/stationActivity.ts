/**
 * The activities that a station's report gives, at a laboratory's reference time. Those of particulate samples are means over the counting, those of noble
 * gas stand at its start; each decays by its own half-life.
 */
import type { SampleReport } from "@harken/core";
import type { Result } from "./scores.ts";

export function stationActivities({ sample, nuclides }: SampleReport, time: number): Map<string, Result> {
  return new Map(
    nuclides.flatMap(({ name, identified, halfLifeSec, activityBq, activityErrorBq }): [string, Result][] => {
      if (!identified || activityBq === null || !(halfLifeSec > 0)) return [];
      const lambda = Math.LN2 / halfLifeSec;
      const counted = lambda * sample.realSec;
      const atStart = sample.system === "P" && counted > 0 ? counted / -Math.expm1(-counted) : 1;
      const factor = atStart * Math.exp(-lambda * (time - sample.acquisitionStart));
      return [[name, { value: activityBq * factor, error: (activityErrorBq ?? 0) * factor }]];
    }),
  );
}
