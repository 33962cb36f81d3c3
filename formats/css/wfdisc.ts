/** Rows of wfdisc as references to the samples in other files. */
import { type Problem, ProblemList } from "@harken/core";
import type { WaveformReference } from "../contents.ts";
import type { CssRow } from "./schema.ts";

export function referencesFromCss(rows: readonly CssRow<"wfdisc">[]): {
  readonly references: readonly WaveformReference[];
  readonly problems: readonly Problem[];
} {
  const problems = new ProblemList();
  const references: WaveformReference[] = [];
  for (const row of rows) {
    const { sta, chan, time, nsamp, samprate, datatype, dfile } = row;
    if (sta === null || chan === null || time === null || dfile === null || datatype === null || !nsamp || !samprate) {
      problems.error(
        "css.bad-reference",
        `The wfdisc row ${row.wfid} of ${sta} ${chan} does not say what its file holds.`,
      );
      continue;
    }
    references.push({
      channel: { network: "", station: sta, location: "", channel: chan },
      startTime: time,
      sampleRateHz: samprate,
      sampleCount: nsamp,
      calibNmPerCount: row.calib !== null && row.calib > 0 ? row.calib : null,
      calperSec: row.calper,
      dataType: datatype,
      dir: row.dir ?? "",
      fileName: dfile,
      byteOffset: row.foff ?? 0,
    });
  }
  return { references, problems: problems.list() };
}
