/** Files of CD-1.1 frames among the formats that `readFile` knows. */
import { type Limits, ProblemList, type WaveformSegment } from "@harken/core";
import type { FormatDescriptor, PartialContents } from "../contents.ts";
import { decodeCd11Frame } from "./decode.ts";
import { checkCrc, isCd11Header, lengthOfFrame } from "./extent.ts";
import { segmentsOfCd11Frame } from "./segments.ts";
import { splitCd11Frames } from "./split.ts";

export const cd11: FormatDescriptor = {
  name: "cd11",
  title: "CD-1.1 frames, one after the other",
  sniff: (bytes) => {
    if (!isCd11Header(bytes, 0)) return 0;
    const length = lengthOfFrame(bytes, 0);
    const isWhole = length !== null && length > 0 && length <= bytes.length;
    return isWhole && checkCrc(bytes, 0, length) === "right" ? 0.95 : 0.6;
  },
  read: (bytes, _name, limits) => readFrames(bytes, limits),
};

function readFrames(bytes: Uint8Array, limits: Limits): PartialContents {
  const problems = new ProblemList(limits.maxProblems);
  const frames = splitCd11Frames(bytes, limits);
  for (const problem of frames.problems) problems.add(problem);
  const segments: WaveformSegment[] = [];
  let samplesLeft = limits.maxSamples;
  for (const frameBytes of frames.items) {
    const { items, problems: own } = decodeCd11Frame(frameBytes, limits);
    const start = frameBytes.byteOffset - bytes.byteOffset;
    for (const problem of own) problems.add({ ...problem, offset: start + (problem.offset ?? 0) });
    for (const frame of items)
      for (const segment of segmentsOfCd11Frame(frame, { ...limits, maxSamples: samplesLeft }, problems)) {
        segments.push(segment);
        samplesLeft -= segment.samples.length;
      }
  }
  return { segments, problems: problems.list() };
}
