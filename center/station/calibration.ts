/**
 * One calibration at a station: the digitiser's driver puts a known signal on the sensor's calibration coil, and what comes out says what the response is. The
 * driver is a program of its own, since each maker's digitiser has other words:
 *
 *     in   {"channel": {"network": "XX", ...}, "startTime": 1774353600, "type": "RANDOM", "parameters": "..."}
 *     out  {"stimulus": "FILE", "output": "FILE", "accelerationPerCount": 12.5}
 *
 * Both lines are JSON; both files hold one stretch of one channel, of the same times and rate; a count of the stimulus is so many nm/s^2 of ground acceleration.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Channel, Complex, WaveformSegment } from "@harken/core";
import { readFile } from "@harken/formats";
import { displacementResponse, modulus } from "@harken/signal";
import {
  calibrateSensor,
  isInSpec,
  measuredCalibration,
  measuredResponse,
  type SensorCalibration,
} from "@harken/waveform";

export interface CalibrationOrder {
  readonly channel: Channel;
  /** Epoch s. */
  readonly startTime: number;
  readonly type: string;
  readonly parameters: string;
}

export interface CalibrationOutcome {
  readonly calibration: SensorCalibration;
  readonly calibNmPerCount: number | null;
  readonly inSpec: boolean | null;
  /** As it was, with the response that was measured. */
  readonly channel: Channel;
}

interface DriverAnswer {
  readonly stimulus: string;
  readonly output: string;
  readonly accelerationPerCount: number;
}

const MOST_OUTPUT = 1_000_000;

/** Rejects with an Error that says what the driver did wrong. */
export async function calibrate(
  driver: readonly string[],
  order: CalibrationOrder,
  signal: AbortSignal,
): Promise<CalibrationOutcome> {
  const { channel } = order;
  const answer = await drive(driver, JSON.stringify({ ...order, channel: channel.id }), signal);
  const [stimulus, output] = [segmentOf(answer.stimulus), segmentOf(answer.output)];
  if (stimulus.sampleRateHz !== output.sampleRateHz || stimulus.startTime !== output.startTime)
    throw new Error("the stimulus and the output are not of the same times and rate");
  const length = Math.min(stimulus.samples.length, output.samples.length);
  const pair = {
    reference: Float64Array.from(stimulus.samples.subarray(0, length)),
    unknown: Float64Array.from(output.samples.subarray(0, length)),
    sampleRateHz: output.sampleRateHz,
  };
  const calibration = calibrateSensor(
    pair,
    (hz) => coilResponse(hz, answer.accelerationPerCount),
    (hz) => displacementResponse(channel, hz),
  );
  const calperSec = channel.calperSec ?? 1;
  const calibNmPerCount = measuredCalibration(calibration, calperSec);
  const response = measuredResponse(calibration, "nm");
  const expected = displacementResponse(channel, 1 / calperSec);
  const nominal = channel.calibNmPerCount ?? (expected && 1 / modulus(expected));
  // Told at the period of the calibration, where that was measured.
  const told =
    calibNmPerCount === null ? {} : { sensitivity: 1 / calibNmPerCount, sensitivityFrequencyHz: 1 / calperSec };
  return {
    ...{ calibration, calibNmPerCount, inSpec: isInSpec({ calibNmPerCount: nominal }, calibNmPerCount) },
    channel: { ...channel, calibNmPerCount, calperSec, response: { ...response, ...told } },
  };
}

/** Counts of the stimulus for a nm of ground displacement: the acceleration of a displacement d at the frequency f is -(2 pi f)^2 d. */
const coilResponse = (hz: number, accelerationPerCount: number): Complex => ({
  re: -((2 * Math.PI * hz) ** 2) / accelerationPerCount,
  im: 0,
});

function segmentOf(path: string): WaveformSegment {
  const { segments } = readFile(readFileSync(path), path);
  const [segment, ...more] = segments;
  if (!segment || more.length > 0) throw new Error(`${path} does not hold one stretch of one channel`);
  return segment;
}

function drive([command, ...args]: readonly string[], order: string, signal: AbortSignal): Promise<DriverAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn(command!, args, { stdio: ["pipe", "pipe", "pipe"], signal });
    let [said, complained] = ["", ""];
    child.stdout.on("data", (chunk) => {
      if (said.length < MOST_OUTPUT) said += chunk;
    });
    child.stderr.on("data", (chunk) => {
      if (complained.length < MOST_OUTPUT) complained += chunk;
    });
    child.on("error", (cause) => reject(new Error(`the digitiser's driver did not run: ${cause.message}`)));
    // A driver that does not listen has its own word at the end.
    child.stdin.on("error", () => undefined);
    child.stdin.end(`${order}\n`);
    child.on("close", (status) => {
      if (status !== 0)
        return reject(new Error(`the digitiser's driver ended with ${status}: ${complained.slice(0, 200).trim()}`));
      const answer = answerOf(said);
      if (answer) resolve(answer);
      else reject(new Error(`the digitiser's driver answered ${JSON.stringify(said.slice(0, 200))}`));
    });
  });
}

function answerOf(said: string): DriverAnswer | null {
  let value: Partial<DriverAnswer>;
  try {
    value = JSON.parse(said) as Partial<DriverAnswer>;
  } catch {
    // No JSON: the caller tells what it said.
    return null;
  }
  const { stimulus, output, accelerationPerCount } = value;
  const isWhole = typeof stimulus === "string" && typeof output === "string" && Number(accelerationPerCount) > 0;
  return isWhole ? { stimulus, output, accelerationPerCount: Number(accelerationPerCount) } : null;
}
