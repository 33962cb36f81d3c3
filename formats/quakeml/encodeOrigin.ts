/** An origin with its uncertainty, quality and associated arrivals. Depths and axes are metres in QuakeML. */
import type { Association, Origin, OriginError } from "@harken/core";
import type { XmlWriter } from "../xml/write.ts";
import { shifted } from "./decimal.ts";
import { writeAuthor } from "./encodePick.ts";
import { extension } from "./extension.ts";
import { quakeMlTime, writeQuantity } from "./quantity.ts";
import { resourceId } from "./resourceId.ts";

const KILO = 3;

const DEPTH_TYPES: Readonly<Record<Origin["depthType"], string>> = Object.freeze({
  free: "from location",
  surface: "operator assigned",
  default: "operator assigned",
  "depth-phase": "constrained by depth phases",
  analyst: "operator assigned",
});

export function writeOrigin(
  xml: XmlWriter,
  origin: Origin,
  mode: "automatic" | "manual" | null,
  stations: ReadonlyMap<string, string>,
): void {
  const { error } = origin;
  const level = error && { confidenceLevel: percent(error.confidence) };
  const attributes = { publicID: resourceId("origin", origin.key), ...extension({ depthType: origin.depthType }) };
  xml.within("origin", attributes, () => {
    for (const remark of origin.remarks) xml.within("comment", {}, () => xml.leaf("text", remark));
    writeQuantity(xml, "time", quakeMlTime(origin.time), { uncertainty: error?.timeErrorSec ?? null, ...level });
    writeQuantity(xml, "latitude", origin.latitudeDeg);
    writeQuantity(xml, "longitude", origin.longitudeDeg);
    const depthError = error?.depthErrorKm ?? null;
    const uncertainty = depthError === null ? null : shifted(depthError, KILO);
    writeQuantity(xml, "depth", shifted(origin.depthKm, KILO), { uncertainty, ...level });
    xml.leaf("depthType", DEPTH_TYPES[origin.depthType]);
    if (error) writeUncertainty(xml, error);
    writeQuality(xml, origin);
    xml.leaf("evaluationMode", mode);
    writeAuthor(xml, origin.author);
    origin.associations.forEach((association, index) => {
      writeArrival(xml, origin.key, association, index, stations);
    });
  });
}

/** Percent to as many decimals as a share has. */
const percent = (share: number) => Number(shifted(share, 2));

function writeUncertainty(xml: XmlWriter, error: OriginError): void {
  const attributes = extension({
    sxx: error.sxxKm2,
    syy: error.syyKm2,
    szz: error.szzKm2,
    stt: error.sttSec2,
    sxy: error.sxyKm2,
    sxz: error.sxzKm2,
    syz: error.syzKm2,
    stx: error.stxKmSec,
    sty: error.styKmSec,
    stz: error.stzKmSec,
    sdobs: error.sdobs,
    confidence: error.confidence,
  });
  xml.within("originUncertainty", attributes, () => {
    xml.leaf("minHorizontalUncertainty", shifted(error.semiMinorKm, KILO));
    xml.leaf("maxHorizontalUncertainty", shifted(error.semiMajorKm, KILO));
    xml.leaf("azimuthMaxHorizontalUncertainty", error.strikeDeg);
    xml.leaf("preferredDescription", "uncertainty ellipse");
    xml.leaf("confidenceLevel", percent(error.confidence));
  });
}

function writeQuality(xml: XmlWriter, origin: Origin): void {
  const distances = origin.associations.map(({ deltaDeg }) => deltaDeg);
  xml.within("quality", {}, () => {
    xml.leaf("associatedPhaseCount", origin.associations.length);
    xml.leaf("usedPhaseCount", origin.definingCount);
    xml.leaf("usedStationCount", origin.stationCount);
    xml.leaf("standardError", origin.rmsResidualSec);
    xml.leaf("azimuthalGap", origin.azimuthGapDeg);
    if (distances.length === 0) return;
    xml.leaf(
      "minimumDistance",
      distances.reduce((a, b) => Math.min(a, b)),
    );
    xml.leaf(
      "maximumDistance",
      distances.reduce((a, b) => Math.max(a, b)),
    );
  });
}

function writeArrival(
  xml: XmlWriter,
  originKey: string,
  association: Association,
  index: number,
  stations: ReadonlyMap<string, string>,
): void {
  const { arrivalKey, station, weight, timeDefining, azimuthDefining, slownessDefining } = association;
  const defining = [timeDefining ? "T" : "_", azimuthDefining ? "A" : "_", slownessDefining ? "S" : "_"].join("");
  const attributes = {
    publicID: resourceId("arrival", `${originKey}/${index}`),
    ...extension({
      defining,
      weight,
      stationEventAzimuth: association.stationEventAzimuthDeg,
      station: stations.get(arrivalKey) === station ? null : station,
    }),
  };
  const weightOf = (isDefining: boolean) => (isDefining ? (weight ?? 1) : 0);
  xml.within("arrival", attributes, () => {
    xml.leaf("pickID", resourceId("pick", arrivalKey));
    xml.leaf("phase", association.phase);
    xml.leaf("azimuth", association.eventStationAzimuthDeg);
    xml.leaf("distance", association.deltaDeg);
    xml.leaf("timeResidual", association.timeResidualSec);
    xml.leaf("horizontalSlownessResidual", association.slownessResidualSecPerDeg);
    xml.leaf("backazimuthResidual", association.azimuthResidualDeg);
    xml.leaf("timeWeight", weightOf(timeDefining));
    xml.leaf("horizontalSlownessWeight", weightOf(slownessDefining));
    xml.leaf("backazimuthWeight", weightOf(azimuthDefining));
  });
}
