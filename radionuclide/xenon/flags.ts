/** Whether a noble-gas sample was taken, counted and sent as it should be: the flags of the IDC's reports, each with its value and its test. */
import type { PulseHeightData } from "@harken/core";
import type { QualityFlag } from "../particulate/flags.ts";

export interface NobleGasQualityLimits {
  readonly collectionHours: readonly [least: number, most: number];
  readonly acquisitionHours: readonly [least: number, most: number];
  /** From the start of collection to the message. */
  readonly responseHours: number;
  /** Volume with its error, ml of xenon. */
  readonly leastXenonMl: number;
}

export const defaultNobleGasQualityLimits: NobleGasQualityLimits = Object.freeze({
  collectionHours: [4, 25],
  acquisitionHours: [4, 25],
  responseHours: 84,
  leastXenonMl: 0.43,
} as const);

export function nobleGasFlags(
  { collection, acquisition, processing, transmitTime }: PulseHeightData,
  limits: NobleGasQualityLimits = defaultNobleGasQualityLimits,
): QualityFlag[] {
  const between = (name: string, hours: number | null, [least, most]: readonly [number, number]): QualityFlag => ({
    name,
    value: hours,
    unit: "h",
    test: `${least} to ${most} h`,
    pass: hours === null ? null : hours >= least && hours <= most,
  });
  const response = collection && transmitTime !== null ? (transmitTime - collection.startTime) / 3600 : null;
  const volume = processing ? processing.xenonVolumeMl + processing.xenonVolumeErrorMl : null;
  return [
    between(
      "collection time",
      collection && (collection.stopTime - collection.startTime) / 3600,
      limits.collectionHours,
    ),
    between("acquisition time", acquisition && acquisition.realSec / 3600, limits.acquisitionHours),
    {
      name: "response time",
      value: response,
      unit: "h",
      test: `at most ${limits.responseHours} h`,
      pass: response === null ? null : response <= limits.responseHours,
    },
    {
      name: "xenon volume",
      value: volume,
      unit: "ml",
      test: `with its error at least ${limits.leastXenonMl} ml`,
      pass: volume === null ? null : volume >= limits.leastXenonMl,
    },
  ];
}
