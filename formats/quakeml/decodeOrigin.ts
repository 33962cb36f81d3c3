/** A QuakeML origin with its arrivals; magnitudes follow in the event. */
import {
  type Arrival,
  type Association,
  distanceAzimuth,
  type Origin,
  type OriginError,
  positionAt,
  wrapLongitude,
} from "@harken/core";
import { originErrorOf } from "../errorEllipse.ts";
import { attribute, child, childNumber, children, childText, type XmlElement } from "../xml/read.ts";
import { unshifted } from "./decimal.ts";
import { authorOf } from "./decodePick.ts";
import { extensionNumber } from "./extension.ts";
import { readTimeValue, readUncertainty, readValue } from "./quantity.ts";
import { keyOf } from "./resourceId.ts";

const KILO = 3;
const DEPTH_TYPES: readonly Origin["depthType"][] = ["free", "surface", "default", "depth-phase", "analyst"];

/** Null without time, latitude or longitude. */
export function readOrigin(
  element: XmlElement,
  arrivals: ReadonlyMap<string, Arrival>,
): Omit<Origin, "magnitudes"> | null {
  const time = readTimeValue(child(element, "time"));
  const latitudeDeg = readValue(child(element, "latitude"));
  const longitude = readValue(child(element, "longitude"));
  if (time === null || latitudeDeg === null || longitude === null) return null;
  if (Math.abs(latitudeDeg) > 90 || Math.abs(longitude) > 360) return null;
  const longitudeDeg = Math.abs(longitude) > 180 ? wrapLongitude(longitude) : longitude;
  const depth = child(element, "depth");
  const associations = children(element, "arrival").map((arrival) =>
    readAssociation(arrival, latitudeDeg, longitudeDeg, arrivals),
  );
  const quality = child(element, "quality");
  const stations = new Set(associations.filter(({ timeDefining }) => timeDefining).map(({ station }) => station));
  return {
    key: keyOf("origin", attribute(element, "publicID")),
    time,
    latitudeDeg,
    longitudeDeg,
    depthKm: unshifted(childText(depth, "value"), KILO) ?? 0,
    depthType: depthTypeOf(element, depth),
    error: readError(element, quality),
    associations,
    definingCount: childNumber(quality, "usedPhaseCount") ?? associations.filter((a) => a.timeDefining).length,
    stationCount: childNumber(quality, "usedStationCount") ?? stations.size,
    azimuthGapDeg: childNumber(quality, "azimuthalGap") ?? 360,
    rmsResidualSec: childNumber(quality, "standardError") ?? 0,
    author: authorOf(element),
    remarks: children(element, "comment").map((comment) => childText(comment, "text")),
  };
}

function depthTypeOf(element: XmlElement, depth: XmlElement | null): Origin["depthType"] {
  const own = DEPTH_TYPES.find((type) => type === attribute(element, "depthType"));
  if (own) return own;
  const stated = childText(element, "depthType");
  if (stated.startsWith("constrained by depth")) return "depth-phase";
  if (stated === "operator assigned") return "analyst";
  return depth === null ? "default" : "free";
}

/** Confidence of an ellipse that names none: the custom of the IDC and ISC. */
const USUAL_CONFIDENCE = 0.9;

function readError(element: XmlElement, quality: XmlElement | null): OriginError | null {
  const uncertainty = child(element, "originUncertainty");
  if (uncertainty === null) return null;
  const horizontal = unshifted(childText(uncertainty, "horizontalUncertainty"), KILO);
  const semiMajorKm = unshifted(childText(uncertainty, "maxHorizontalUncertainty"), KILO) ?? horizontal;
  const semiMinorKm = unshifted(childText(uncertainty, "minHorizontalUncertainty"), KILO) ?? horizontal;
  if (semiMajorKm === null || semiMinorKm === null) return null;
  const level = childNumber(uncertainty, "confidenceLevel");
  const stated = level !== null && level > 0 && level < 100 ? level / 100 : USUAL_CONFIDENCE;
  const depthError = readUncertainty(child(element, "depth"));
  const ellipse = {
    semiMajorKm,
    semiMinorKm,
    strikeDeg: childNumber(uncertainty, "azimuthMaxHorizontalUncertainty") ?? 0,
    depthErrorKm: depthError === null ? null : unshifted(childText(child(element, "depth"), "uncertainty"), KILO),
    timeErrorSec: readUncertainty(child(element, "time")) ?? 0,
    sdobs: extensionNumber(uncertainty, "sdobs") ?? childNumber(quality, "standardError") ?? 0,
    confidence: extensionNumber(uncertainty, "confidence") ?? stated,
  };
  const derived = originErrorOf(ellipse);
  const own = (name: string, otherwise: number) => extensionNumber(uncertainty, name) ?? otherwise;
  return {
    ...derived,
    sxxKm2: own("sxx", derived.sxxKm2),
    syyKm2: own("syy", derived.syyKm2),
    szzKm2: own("szz", derived.szzKm2),
    sttSec2: own("stt", derived.sttSec2),
    sxyKm2: own("sxy", derived.sxyKm2),
    sxzKm2: own("sxz", 0),
    syzKm2: own("syz", 0),
    stxKmSec: own("stx", 0),
    styKmSec: own("sty", 0),
    stzKmSec: own("stz", 0),
  };
}

function readAssociation(
  element: XmlElement,
  latitudeDeg: number,
  longitudeDeg: number,
  arrivals: ReadonlyMap<string, Arrival>,
): Association {
  const arrivalKey = keyOf("pick", childText(element, "pickID"));
  const deltaDeg = childNumber(element, "distance") ?? 0;
  const azimuth = childNumber(element, "azimuth") ?? 0;
  const ownDefining = attribute(element, "defining");
  const isDefining = (letter: string, residual: string, weight: string) =>
    ownDefining === ""
      ? childNumber(element, residual) !== null && (childNumber(element, weight) ?? 0) > 0
      : ownDefining.includes(letter);
  // A pick that has a residual and no weight at all was used.
  const timeWeight = childNumber(element, "timeWeight");
  const isTimed = ownDefining === "" && timeWeight === null && childNumber(element, "timeResidual") !== null;
  return {
    arrivalKey,
    station: attribute(element, "station") || (arrivals.get(arrivalKey)?.station ?? ""),
    phase: childText(element, "phase"),
    deltaDeg,
    stationEventAzimuthDeg:
      extensionNumber(element, "stationEventAzimuth") ?? backAzimuth(latitudeDeg, longitudeDeg, azimuth, deltaDeg),
    eventStationAzimuthDeg: azimuth,
    timeResidualSec: childNumber(element, "timeResidual"),
    timeDefining: isTimed || isDefining("T", "timeResidual", "timeWeight"),
    azimuthResidualDeg: childNumber(element, "backazimuthResidual"),
    azimuthDefining: isDefining("A", "backazimuthResidual", "backazimuthWeight"),
    slownessResidualSecPerDeg: childNumber(element, "horizontalSlownessResidual"),
    slownessDefining: isDefining("S", "horizontalSlownessResidual", "horizontalSlownessWeight"),
    weight: ownDefining === "" ? timeWeight : extensionNumber(element, "weight"),
  };
}

function backAzimuth(latitudeDeg: number, longitudeDeg: number, azimuthDeg: number, deltaDeg: number): number {
  const station = positionAt(latitudeDeg, longitudeDeg, azimuthDeg, deltaDeg);
  return distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg).backAzimuthDeg;
}
