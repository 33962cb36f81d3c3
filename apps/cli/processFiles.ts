/**
 * The main job on files: waveforms in, bulletin out. Looks into every file, finds the stations' coordinates, processes each station, builds
 * events. The result is plain data; writing and printing are the command's.
 */
import type { Arrival, Bulletin, QualityMask, Station } from "@harken/core";
import { type InputReport, openPeriod, type PeriodOptions } from "./period.ts";

export interface ProcessResult {
  readonly bulletin: Bulletin;
  readonly unassociated: readonly Arrival[];
  readonly stations: readonly Station[];
  readonly masks: readonly QualityMask[];
  readonly inputs: readonly InputReport[];
  readonly remarks: readonly string[];
}

/** Throws NO_WAVEFORMS or NO_STATION when there is nothing to work on. */
export async function processFiles(paths: readonly string[], options: PeriodOptions): Promise<ProcessResult> {
  const period = openPeriod(paths, options);
  const { results } = await period.detect();
  const { arrivals, network } = period.associate(results);
  return {
    bulletin: { list: "SEL1", events: network.events, arrivals },
    unassociated: network.unassociated,
    stations: period.stations,
    masks: results.flatMap((result) => result.masks),
    inputs: period.inputs,
    remarks: [
      ...period.remarks,
      ...network.remarks,
      ...period.associatorRemarks,
      ...results.flatMap((result) => result.problems.map((problem) => problem.message)),
    ],
  };
}
