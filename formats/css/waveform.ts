/**
 * The samples that a wfdisc row points to. Data types of CSS3.0: s2 s3 s4 integers of so many bytes, highest byte first; i2 i4 lowest first;
 * t4 t8 and f4 f8 floating point, likewise; e1 and cc (also named ca, cd) compressed.
 *
 *     const { items, problems } = readReferencedWaveform(reference, bytesOfTheFile, limits);
 */
import {
  type Decoded,
  defaultLimits,
  type Limits,
  ProblemList,
  type Samples,
  type WaveformSegment,
} from "@harken/core";
import { unpackCanadian } from "../canadian/decode.ts";
import type { WaveformReference } from "../contents.ts";
import { finiteStretches } from "../finite.ts";
import { unpackE1 } from "./e1.ts";
import { isNumberType, readNumbers } from "./numbers.ts";

export function readReferencedWaveform(
  reference: WaveformReference,
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
): Decoded<WaveformSegment> {
  const problems = new ProblemList(limits.maxProblems);
  const { channel, sampleCount, byteOffset: offset } = reference;
  const name = `${reference.fileName} (${channel.station} ${channel.channel})`;
  const none = (code: string, message: string): Decoded<WaveformSegment> => {
    problems.error(code, message, { offset });
    return { items: [], problems: problems.list(), consumed: 0 };
  };
  if (!(reference.sampleRateHz > 0) || !Number.isFinite(reference.startTime))
    return none("css.bad-reference", `The row for ${name} gives no time or no rate.`);
  if (sampleCount > limits.maxSamples)
    return none("css.too-many-samples", `${sampleCount} samples of ${name} are beyond the limit and were left out.`);
  if (!(offset >= 0 && offset < bytes.length))
    return none("css.offset-outside", `The samples of ${name} start at byte ${offset} of ${bytes.length}.`);
  const samples = readSamples(reference, bytes, problems, name);
  if (!samples)
    return none("css.unknown-type", `Samples of ${name} are of type ${reference.dataType}, which is not read.`);
  if (samples.length < sampleCount)
    problems.error(
      "css.samples-missing",
      `${name} has ${samples.length} samples where ${sampleCount} were announced; they were kept.`,
      { offset },
    );
  const { calibNmPerCount, calperSec } = reference;
  const segment: WaveformSegment = {
    channel,
    startTime: reference.startTime,
    sampleRateHz: reference.sampleRateHz,
    samples,
    ...(calibNmPerCount === null ? {} : { calibNmPerCount }),
    ...(calperSec === null ? {} : { calperSec }),
  };
  const { segments, dropped } = finiteStretches(segment, limits.maxItems);
  if (dropped > 0)
    problems.error("css.not-finite", `${dropped} samples of ${name} are no numbers; they are gaps now.`, { offset });
  const items = samples.length > 0 ? segments : [];
  return { items, problems: problems.list(), consumed: bytes.length };
}

/** null for a type that is not known. */
function readSamples(
  { dataType, byteOffset, sampleCount }: WaveformReference,
  bytes: Uint8Array,
  problems: ProblemList,
  name: string,
): Samples | null {
  const type = dataType.toLowerCase();
  if (isNumberType(type)) return readNumbers(bytes, byteOffset, sampleCount, type);
  if (type === "cc" || type === "ca" || type === "cd")
    return unpackCanadian(bytes.subarray(byteOffset), sampleCount).samples;
  if (type !== "e1") return null;
  const { samples, badAt, mismatches } = unpackE1(bytes, byteOffset, sampleCount);
  if (badAt >= 0 && badAt < bytes.length)
    problems.error("css.bad-block", `${name} has no e1 block where one is due.`, { offset: badAt });
  if (mismatches > 0)
    problems.error(
      "css.check-value",
      `${mismatches} blocks of ${name} do not end with the sample that they state; their samples may be wrong.`,
      { offset: byteOffset },
    );
  return samples;
}
