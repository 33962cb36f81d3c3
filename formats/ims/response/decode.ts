/**
 * DATA_TYPE RESPONSE of IMS1.0 and GSE2: a CAL2 line for each channel and its stages after it (IDC-3.4.1Rev1, response information).
 *
 *     CAL2 EKB   BHE       CMG-3T  1.26800000e-01   1.000    40.00000 2013/09/08 00:00
 *     PAZ2  1 V  7.33889204e-02               4   5 Sensor
 *     DIG2  2  4.18000000E+05  5120.00000 Quanterra QX80
 *
 * The input is ground displacement in nm; for hydroacoustic and infrasound channels pressure in microPa, brought to Pa. CAL2 names no
 * place and no network, so the channels have none either (see mergeChannels.ts). Stages are put in the order of their numbers. Where they
 * end before the counts, the calibration of CAL2 makes up for the digitiser that is not described.
 */
import {
  type Channel,
  type InstrumentResponse,
  NO_PLACE_DEG,
  type ProblemList,
  type ResponseStage,
  type ResponseUnit,
} from "@harken/core";
import { allFinite } from "../../numbers.ts";
import { orientationOfCode } from "../../orientation.ts";
import { responseModulus } from "../../responseModulus.ts";
import type { TextLine } from "../lines.ts";
import { type Calibration, readCalibration } from "./calibrationLine.ts";
import { StageReader } from "./stageReader.ts";

const KEYWORD = /^(CAL2|PAZ2|FAP2|GEN2|DIG2|FIR2|[A-Z]{3}2)(?:\s|$)/i;
/** microPa in a Pa. */
const MICRO = 1e6;
/** Calibration and stages agree within this share. */
const TOLERANCE = 0.1;

/** Lines of other kinds (waveforms between the responses) are passed over. */
export function readResponseSection(lines: Iterable<TextLine>, channels: Channel[], problems: ProblemList): void {
  let calibration: Calibration | null = null;
  let reader: StageReader | null = null;
  const finish = () => {
    if (calibration && reader) channels.push(channelOf(calibration, reader.finish(), problems));
    calibration = null;
    reader = null;
  };
  for (const { text, line } of lines) {
    const keyword = KEYWORD.exec(text)?.[1]?.toUpperCase();
    if (keyword === "CAL2") {
      finish();
      calibration = readCalibration(text, line);
      if (calibration) reader = new StageReader(calibration.sampleRateHz, problems);
      else problems.error("ims.bad-cal2", "The CAL2 line cannot be read; its channel was left out.", { line });
    } else if (keyword && !StageReader.reads(keyword)) finish();
    else if (reader) reader.read(keyword ?? null, text, line);
  }
  finish();
}

function channelOf(calibration: Calibration, stages: readonly ResponseStage[], problems: ProblemList): Channel {
  const { station, channel, auxiliary, calibNmPerCount, calperSec } = calibration;
  const isPressure = /^.D/i.test(channel);
  const calib = isPressure ? calibNmPerCount / MICRO : calibNmPerCount;
  return {
    id: { network: "", station, location: auxiliary, channel },
    startTime: calibration.startTime,
    endTime: calibration.endTime,
    latitudeDeg: NO_PLACE_DEG,
    longitudeDeg: NO_PLACE_DEG,
    elevationKm: 0,
    depthKm: 0,
    ...orientationOfCode(channel),
    sampleRateHz: calibration.sampleRateHz,
    instrument: calibration.instrument,
    calibNmPerCount: calib,
    calperSec,
    response: responseOf(stages, calib, calperSec, isPressure ? "Pa" : "nm", calibration, problems),
  };
}

function responseOf(
  stages: readonly ResponseStage[],
  calib: number,
  calperSec: number,
  inputUnit: ResponseUnit,
  { station, channel, line }: Calibration,
  problems: ProblemList,
): InstrumentResponse | null {
  const [first, ...others] = stages;
  if (!first) return null;
  const scaled = inputUnit === "Pa" && "gain" in first ? { ...first, gain: first.gain * MICRO } : first;
  const chain: ResponseStage[] = [{ ...scaled, inputUnit }, ...others];
  const frequency = 1 / calperSec;
  const size = responseModulus(chain, frequency);
  const last = chain.at(-1)!;
  if (last.outputUnit !== "counts" && size > 0)
    chain.push({ kind: "gain", inputUnit: last.outputUnit, outputUnit: "counts", gain: 1 / (calib * size) });
  else if (Math.abs(size * calib - 1) > TOLERANCE)
    problems.warning(
      "ims.calibration-contradicts",
      `${station} ${channel}: the stages make ${size.toPrecision(3)} counts of one unit at ${calperSec} s, CAL2 ${(1 / calib).toPrecision(3)}.`,
      { line },
    );
  const response = { stages: chain, sensitivity: 1 / calib, sensitivityFrequencyHz: frequency, inputUnit };
  if (allFinite(response)) return response;
  problems.error("ims.overflow", `${station} ${channel}: the numbers of the response go beyond every bound.`, { line });
  return null;
}
