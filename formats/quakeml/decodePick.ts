/** QuakeML picks and amplitudes as arrivals. */
import { type Amplitude, type Arrival, parseChannelKey } from "@harken/core";
import { attribute, child, childNumber, children, childText, type XmlElement } from "../xml/read.ts";
import { unshifted } from "./decimal.ts";
import { NANO } from "./encodePick.ts";
import { extensionNumber } from "./extension.ts";
import { readTimeValue, readUncertainty, readValue } from "./quantity.ts";
import { keyOf } from "./resourceId.ts";

/** An amplitude, and the signal-to-noise ratio that QuakeML gives with it. */
export interface ReadAmplitude {
  readonly amplitude: Amplitude;
  readonly snr: number | null;
}

/** Null without a time or a station. */
export function readPick(element: XmlElement, key: string, amplitudes: readonly ReadAmplitude[]): Arrival | null {
  const time = readTimeValue(child(element, "time"));
  const waveform = child(element, "waveformID");
  const station = attribute(element, "station") || (waveform === null ? "" : attribute(waveform, "stationCode"));
  if (time === null || station === "" || key === "") return null;
  const azimuth = child(element, "backazimuth");
  const slowness = child(element, "horizontalSlowness");
  const polarity = childText(element, "polarity");
  return {
    key,
    station,
    channel: attribute(element, "channel") || (waveform === null ? "" : attribute(waveform, "channelCode")),
    time,
    timeErrorSec: readUncertainty(child(element, "time")) ?? 0,
    phase: childText(element, "phaseHint"),
    azimuthDeg: readValue(azimuth),
    azimuthErrorDeg: readUncertainty(azimuth) ?? extensionNumber(element, "azimuthError"),
    slownessSecPerDeg: readValue(slowness),
    slownessErrorSecPerDeg: readUncertainty(slowness) ?? extensionNumber(element, "slownessError"),
    snr: extensionNumber(element, "snr") ?? amplitudes.find(({ snr }) => snr !== null)?.snr ?? null,
    amplitudes: amplitudes.map(({ amplitude }) => amplitude),
    firstMotion: polarity === "positive" ? "c" : polarity === "negative" ? "d" : null,
    rectilinearity: extensionNumber(element, "rectilinearity"),
    incidenceDeg: extensionNumber(element, "incidence"),
    frequencyHz: extensionNumber(element, "frequency"),
    fkQuality: extensionNumber(element, "fkQuality"),
    author: authorOf(element),
  };
}

/** The author, or the agency where no author is named. */
export function authorOf(element: XmlElement): string {
  const info = child(element, "creationInfo");
  return childText(info, "author") || childText(info, "agencyID");
}

/** Amplitudes of an event by the pick they belong to; those of kinds that are not known here are left out. */
export function readAmplitudes(holder: XmlElement): Map<string, ReadAmplitude[]> {
  const found = new Map<string, ReadAmplitude[]>();
  for (const element of children(holder, "amplitude")) {
    const amplitude = readAmplitude(element);
    if (!amplitude) continue;
    const key = keyOf("pick", childText(element, "pickID"));
    const list = found.get(key);
    const item = { amplitude, snr: childNumber(element, "snr") };
    if (list) list.push(item);
    else found.set(key, [item]);
  }
  return found;
}

const TYPES: readonly Amplitude["type"][] = ["A5/2", "ALR/2", "ANP/2", "ANL/2", "ML", "pressure"];

function readAmplitude(element: XmlElement): Amplitude | null {
  const named = childText(element, "type");
  const type = TYPES.find((known) => known === named) ?? (named.toUpperCase() === "AML" ? "ML" : null);
  const isPressure = type === "pressure";
  const value = childText(child(element, "genericAmplitude"), "value");
  const amplitude = unshifted(value, isPressure ? 0 : NANO);
  if (type === null || amplitude === null || (!isPressure && childText(element, "unit") !== "m")) return null;
  const waveform = child(element, "waveformID") ?? "";
  const whole = attribute(element, "channel");
  return {
    type,
    channel: whole
      ? parseChannelKey(whole)
      : {
          network: attribute(waveform, "networkCode"),
          station: attribute(waveform, "stationCode"),
          location: attribute(waveform, "locationCode"),
          channel: attribute(waveform, "channelCode"),
        },
    time: readTimeValue(child(element, "scalingTime")) ?? 0,
    amplitude,
    periodSec: readValue(child(element, "period")) ?? 0,
    clipped: attribute(element, "clipped") === "true",
  };
}
