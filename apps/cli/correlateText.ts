/** Repeats in words and as JSON, as the commands `correlate` and `spotcheck` print them. */
import { isoTime, preferredOrigin } from "@harken/core";
import type { Detection, ListedRepeat } from "@harken/waveform";
import { eventJson } from "./bulletinJson.ts";
import type { CorrelateResult } from "./correlateFiles.ts";
import { originLines } from "./originText.ts";
import { formatTable } from "./table.ts";

export function detectionJson(detection: Detection) {
  const { template, time, timeErrorSec, coefficient, noise, level, channelCount } = detection;
  return {
    ...{ master: template.master.key, station: template.station.code, phase: template.onset.phase, time },
    ...{
      timeError: timeErrorSec,
      lag: time - template.onset.time,
      coefficient,
      noise,
      level,
      likeness: detection.likeness,
      channels: channelCount,
    },
    ...{ logAmplitude: detection.logAmplitude, logAmplitudeError: detection.logAmplitudeError },
    relativeSlowness: detection.relativeSlownessSecPerKm,
  };
}

export function correlateJson(result: CorrelateResult) {
  const arrivals = new Map(result.bulletin.arrivals.map((arrival) => [arrival.key, arrival]));
  return {
    events: result.repeats.map(({ event, repeat, master, knownKey, relative }) => ({
      ...eventJson(event, arrivals),
      ...{ master: master.key, known: knownKey, level: repeat.level },
      relative: relative && {
        ...{ east: relative.eastKm, north: relative.northKm, semiMajor: relative.semiMajorKm },
        ...{ semiMinor: relative.semiMinorKm, strike: relative.strikeDeg, confidence: 0.9 },
      },
      detections: repeat.detections.map(detectionJson),
      otherDetections: repeat.others.map(detectionJson),
    })),
    unassociated: result.unassociated.map(detectionJson),
    ...{ masters: result.masters.length, templates: result.templates.length, rejected: result.rejected },
    ...{ templateHours: result.templateHours, level: result.level, falseAlarmsPerDay: result.falseAlarmsPerDay },
    remarks: result.remarks,
  };
}

export function repeatLines(result: CorrelateResult): string[] {
  const arrivals = new Map(result.bulletin.arrivals.map((arrival) => [arrival.key, arrival]));
  return [
    `${result.templates.length} templates of ${result.masters.length} events at ${result.stations.length} stations over ${result.templateHours.toFixed(2)} template-hours: ${result.repeats.length} events.`,
    `A station's coefficients count from ${result.level.toFixed(2)} standard deviations of their noise (${result.falseAlarmsPerDay.toPrecision(2)} false alarms a day of one template); ${result.unassociated.length} such peaks belong to no event, ${result.rejected} rejected over an array.`,
    ...result.repeats.flatMap((listed) => ["", ...eventLines(listed, arrivals)]),
  ];
}

function eventLines(
  { event, repeat, master, knownKey, relative }: ListedRepeat,
  arrivals: Parameters<typeof originLines>[1],
): string[] {
  const place = relative
    ? ` ${relative.eastKm.toFixed(2)} km east and ${relative.northKm.toFixed(2)} km north of it (90 % ellipse ${relative.semiMajorKm.toFixed(2)} x ${relative.semiMinorKm.toFixed(2)} km at ${relative.strikeDeg.toFixed(0)} deg),`
    : "";
  return [
    ...originLines(preferredOrigin(event), arrivals),
    `  Repeat of ${master.key} (${isoTime(master.origin.time, 1)}),${place} level ${repeat.level.toFixed(1)}${knownKey === null ? "" : `; it is ${knownKey} of the bulletin`}`,
    detectionTable(repeat.detections),
  ];
}

export const detectionTable = (detections: readonly Detection[]): string =>
  formatTable(detections, [
    { title: "  station", value: ({ template }) => `  ${template.station.code}` },
    { title: "master", value: ({ template }) => template.master.key },
    { title: "onset", value: ({ time }) => isoTime(time, 3) },
    { title: "coefficient", value: ({ coefficient }) => coefficient, digits: 3 },
    { title: "level", value: ({ level }) => level, digits: 1 },
    { title: "log ratio", value: ({ logAmplitude }) => logAmplitude, digits: 2 },
    { title: "channels", value: ({ channelCount }) => channelCount },
    { title: "s/km", value: ({ relativeSlownessSecPerKm }) => relativeSlownessSecPerKm, digits: 3 },
  ]);
