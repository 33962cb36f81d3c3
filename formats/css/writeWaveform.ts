/**
 * Segments as one CSS3.0 waveform file and the wfdisc rows that point into it: integers as s4, floating point as t4 and t8.
 *
 *     const { bytes, rows } = writeCssWaveforms(segments, "ARCES.w");
 */
import { endTime, julianDate, type Samples, type WaveformSegment } from "@harken/core";
import type { CssRow } from "./schema.ts";

export function writeCssWaveforms(
  segments: readonly WaveformSegment[],
  fileName: string,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly rows: readonly CssRow<"wfdisc">[] } {
  const size = segments.reduce((sum, { samples }) => sum + samples.byteLength, 0);
  const view = new DataView(new ArrayBuffer(size));
  let at = 0;
  const rows = segments.map((segment, i): CssRow<"wfdisc"> => {
    const { channel, startTime, samples } = segment;
    const foff = at;
    at = put(view, at, samples);
    return {
      sta: channel.station,
      chan: channel.channel,
      time: startTime,
      wfid: i + 1,
      chanid: null,
      jdate: julianDate(startTime),
      endtime: endTime(segment),
      nsamp: samples.length,
      samprate: segment.sampleRateHz,
      calib: segment.calibNmPerCount ?? null,
      calper: segment.calperSec ?? null,
      instype: null,
      segtype: "o",
      datatype: typeOf(samples),
      clip: null,
      dir: ".",
      dfile: fileName,
      foff,
      commid: null,
      lddate: null,
    };
  });
  return { bytes: new Uint8Array(view.buffer), rows };
}

const typeOf = (samples: Samples) =>
  samples instanceof Int32Array ? "s4" : samples instanceof Float32Array ? "t4" : "t8";

function put(view: DataView, start: number, samples: Samples): number {
  let at = start;
  if (samples instanceof Int32Array) for (const value of samples) view.setInt32((at += 4) - 4, value);
  else if (samples instanceof Float32Array) for (const value of samples) view.setFloat32((at += 4) - 4, value);
  else for (const value of samples) view.setFloat64((at += 8) - 8, value);
  return at;
}
