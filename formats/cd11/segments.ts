/** From data frames to segments. The sample rate is the sample count over the length, which is stated in whole milliseconds. */
import { type Limits, ProblemList, type WaveformSegment } from "@harken/core";
import { finiteStretches } from "../finite.ts";
import { decimalOf, simpleFraction } from "../sampleRate.ts";
import { readDataBody } from "./dataBody.ts";
import type { Cd11Data, Cd11Frame } from "./frame.ts";
import { readCd11Samples } from "./samples.ts";
import type { Cd11ChannelSubframe } from "./subframe.ts";
import { readCd11Time } from "./timeStamp.ts";

const EXACT = 1e-12;

/** Segments of a frame, in the order of its channels; none for frames that hold no data. */
export function segmentsOfCd11Frame(
  { payload }: Pick<Cd11Frame, "payload">,
  limits: Limits,
  problems: ProblemList,
): WaveformSegment[] {
  const data = payload.kind === "cd1-encapsulation" ? dataWithin(payload.body, limits) : payload;
  if (data?.kind !== "data") return [];
  let samplesLeft = limits.maxSamples;
  return data.channels.flatMap((channel) => {
    const segments = segmentsOfChannel(channel, samplesLeft, limits, problems);
    for (const { samples } of segments) samplesLeft -= samples.length;
    return segments;
  });
}

/** The data frame that an encapsulation may hold. Its layout is not known for certain, so that the least problem refuses it. */
function dataWithin(body: Uint8Array, limits: Limits): Cd11Data | null {
  const problems = new ProblemList();
  const data = readDataBody(body, 0, body.length, limits.maxItems, problems);
  return problems.list().length === 0 && data.channels.length > 0 ? data : null;
}

function segmentsOfChannel(
  channel: Cd11ChannelSubframe,
  samplesLeft: number,
  limits: Limits,
  problems: ProblemList,
): readonly WaveformSegment[] {
  const { sampleCount, lengthMs } = channel;
  const name = `${channel.site} ${channel.channel}`;
  if (sampleCount === 0) return [];
  const none = (code: string, message: string) => {
    problems.error(code, message);
    return [];
  };
  const startTime = readCd11Time(channel.timeStamp);
  if (startTime === null)
    return none("cd11.bad-time", `${name}: "${channel.timeStamp}" is no time; ${sampleCount} samples were left out.`);
  if (sampleCount < 0 || lengthMs <= 0)
    return none("cd11.no-rate", `${name}: ${sampleCount} samples in ${lengthMs} ms give no rate; they were left out.`);
  if (sampleCount > samplesLeft)
    return none("cd11.too-long", `${name}: ${sampleCount} samples are more than the limits allow.`);
  const samples = readCd11Samples(channel);
  if (!samples)
    return none(
      "cd11.unknown-coding",
      `${name}: transformation ${channel.transformation} of ${channel.dataFormat} is not read; ${sampleCount} samples were left out.`,
    );
  if (samples.length < sampleCount)
    problems.error("cd11.samples-missing", `${name}: ${samples.length} of ${sampleCount} samples are there.`);
  if (samples.length === 0) return [];
  const { segments, dropped } = finiteStretches(
    {
      channel: channelOf(channel),
      startTime,
      sampleRateHz: rateOf(sampleCount, lengthMs),
      samples,
      ...calibrationOf(channel),
    },
    limits.maxItems,
  );
  if (dropped > 0) problems.error("cd11.not-finite", `${name}: ${dropped} samples are no numbers; they are gaps now.`);
  return segments;
}

/** CD-1.1 has no network codes. */
function channelOf({ site, channel, location }: Cd11ChannelSubframe): WaveformSegment["channel"] {
  const code = (text: string) => text.replace(/[^\w-]/g, "");
  return { network: "", station: code(site), location: code(location), channel: code(channel) };
}

function calibrationOf({ optionFlag, calibNmPerCount, calperSec }: Cd11ChannelSubframe) {
  const isUsable = (value: number) => Number.isFinite(value) && value > 0;
  if (optionFlag !== 1 || !isUsable(calibNmPerCount) || !isUsable(calperSec)) return {};
  return { calibNmPerCount: decimalOf(calibNmPerCount), calperSec: decimalOf(calperSec) };
}

/** As stated where that is a simple rate; else the simplest within the half millisecond that rounding of the length leaves open. */
function rateOf(sampleCount: number, lengthMs: number): number {
  const rateHz = (1000 * sampleCount) / lengthMs;
  const shortestMs = lengthMs - 0.5;
  return simpleFraction(rateHz, EXACT) ?? simpleFraction(rateHz, 0.5 / shortestMs + EXACT) ?? rateHz;
}
