/** Network magnitudes of an origin and the station magnitudes behind them. */
import type { NetworkMagnitude, Origin, StationMagnitude } from "@harken/core";
import type { XmlWriter } from "../xml/write.ts";
import { extension } from "./extension.ts";
import { writeQuantity } from "./quantity.ts";
import { resourceId } from "./resourceId.ts";

const MAX_CODE = 8;
const MAX_TYPE = 32;

export function writeMagnitudes(xml: XmlWriter, origin: Origin, mode: "automatic" | "manual" | null): void {
  origin.magnitudes.forEach((magnitude, index) => {
    const key = `${origin.key}/${index}`;
    magnitude.stations.forEach((station, k) => {
      writeStationMagnitude(xml, origin.key, `${key}/${k}`, station);
    });
    writeMagnitude(xml, origin.key, key, magnitude, mode);
  });
}

function writeMagnitude(
  xml: XmlWriter,
  originKey: string,
  key: string,
  magnitude: NetworkMagnitude,
  mode: "automatic" | "manual" | null,
): void {
  xml.within("magnitude", { publicID: resourceId("magnitude", key) }, () => {
    magnitude.stations.forEach(({ defining }, k) => {
      xml.within("stationMagnitudeContribution", {}, () => {
        xml.leaf("stationMagnitudeID", resourceId("stationMagnitude", `${key}/${k}`));
        xml.leaf("weight", defining ? 1 : 0);
      });
    });
    writeQuantity(xml, "mag", magnitude.value, { uncertainty: magnitude.uncertainty });
    xml.leaf("type", magnitude.type.slice(0, MAX_TYPE));
    xml.leaf("originID", resourceId("origin", originKey));
    xml.leaf("stationCount", magnitude.stationCount);
    xml.leaf("evaluationMode", mode);
  });
}

function writeStationMagnitude(xml: XmlWriter, originKey: string, key: string, magnitude: StationMagnitude): void {
  const { station, arrivalKey } = magnitude;
  const attributes = {
    publicID: resourceId("stationMagnitude", key),
    ...extension({
      pickID: arrivalKey === null ? null : resourceId("pick", arrivalKey),
      distance: magnitude.deltaDeg,
      defining: magnitude.defining ? "true" : "false",
      reason: magnitude.reason === "" ? null : magnitude.reason,
      station: station.length > MAX_CODE ? station : null,
    }),
  };
  xml.within("stationMagnitude", attributes, () => {
    xml.leaf("originID", resourceId("origin", originKey));
    writeQuantity(xml, "mag", magnitude.value, { uncertainty: magnitude.uncertainty });
    xml.leaf("type", magnitude.type.slice(0, MAX_TYPE));
    xml.leaf("waveformID", "", { networkCode: "", stationCode: station.slice(0, MAX_CODE) });
  });
}
