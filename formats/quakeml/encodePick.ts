/** An arrival as a QuakeML pick, its amplitudes after it. */
import { type Amplitude, type Arrival, channelKey } from "@harken/core";
import type { XmlWriter } from "../xml/write.ts";
import { shifted } from "./decimal.ts";
import { extension } from "./extension.ts";
import { quakeMlTime, writeQuantity } from "./quantity.ts";
import { resourceId } from "./resourceId.ts";

/** Longest network, station, location and channel code that the schema allows. */
const MAX_CODE = 8;
const MAX_TYPE = 32;
const MAX_AUTHOR = 128;
/** nm in a metre. */
export const NANO = -9;

export function writePick(xml: XmlWriter, arrival: Arrival): void {
  const { key, station, channel, azimuthDeg, slownessSecPerDeg } = arrival;
  const attributes = {
    publicID: resourceId("pick", key),
    ...extension({
      // What the schema would cut short, or has no element for.
      station: station.length > MAX_CODE ? station : null,
      channel: channel.length > MAX_CODE ? channel : null,
      azimuthError: azimuthDeg === null ? arrival.azimuthErrorDeg : null,
      slownessError: slownessSecPerDeg === null ? arrival.slownessErrorSecPerDeg : null,
      snr: arrival.snr,
      rectilinearity: arrival.rectilinearity,
      incidence: arrival.incidenceDeg,
      frequency: arrival.frequencyHz,
      fkQuality: arrival.fkQuality,
    }),
  };
  xml.within("pick", attributes, () => {
    writeQuantity(xml, "time", quakeMlTime(arrival.time), { uncertainty: arrival.timeErrorSec });
    const codes = { networkCode: "", stationCode: station.slice(0, MAX_CODE), channelCode: channel.slice(0, MAX_CODE) };
    xml.leaf("waveformID", "", codes);
    writeQuantity(xml, "horizontalSlowness", slownessSecPerDeg, { uncertainty: arrival.slownessErrorSecPerDeg });
    writeQuantity(xml, "backazimuth", azimuthDeg, { uncertainty: arrival.azimuthErrorDeg });
    xml.leaf("phaseHint", arrival.phase);
    if (arrival.firstMotion) xml.leaf("polarity", arrival.firstMotion === "c" ? "positive" : "negative");
    writeAuthor(xml, arrival.author);
  });
  arrival.amplitudes.forEach((amplitude, index) => {
    writeAmplitude(xml, amplitude, index, arrival);
  });
}

function writeAmplitude(xml: XmlWriter, amplitude: Amplitude, index: number, { key, snr }: Arrival): void {
  const { network, station, location, channel } = amplitude.channel;
  const isCut = [network, station, location, channel].some((code) => code.length > MAX_CODE);
  const attributes = {
    publicID: resourceId("amplitude", `${key}/${index}`),
    ...extension({ clipped: amplitude.clipped ? "true" : null, channel: isCut ? channelKey(amplitude.channel) : null }),
  };
  const isPressure = amplitude.type === "pressure";
  xml.within("amplitude", attributes, () => {
    writeQuantity(xml, "genericAmplitude", isPressure ? amplitude.amplitude : shifted(amplitude.amplitude, NANO));
    xml.leaf("type", amplitude.type.slice(0, MAX_TYPE));
    xml.leaf("unit", isPressure ? "other" : "m");
    writeQuantity(xml, "period", amplitude.periodSec);
    xml.leaf("snr", snr);
    xml.leaf("pickID", resourceId("pick", key));
    xml.leaf("waveformID", "", {
      networkCode: network.slice(0, MAX_CODE),
      stationCode: station.slice(0, MAX_CODE),
      channelCode: channel.slice(0, MAX_CODE),
      locationCode: location.slice(0, MAX_CODE),
    });
    writeQuantity(xml, "scalingTime", quakeMlTime(amplitude.time));
  });
}

export function writeAuthor(xml: XmlWriter, author: string): void {
  if (author !== "") xml.within("creationInfo", {}, () => xml.leaf("author", author.slice(0, MAX_AUTHOR)));
}
