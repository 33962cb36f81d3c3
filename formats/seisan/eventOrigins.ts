/** The hypocentres of one event, one for each agency, with their magnitudes and errors. */
import { ellipseOf, type NetworkMagnitude, normalQuantile, type Origin, type OriginError } from "@harken/core";
import type { ErrorLine, HypocentreLine, NordicMagnitude, PreciseLine } from "./hypocentreLine.ts";

/** Far above what any agency collects for one event; each line is compared with them. */
const MAX_HYPOCENTRES = 200;
const MAX_MAGNITUDES = 200;
/** Confidence of the ellipse and intervals that are drawn from the standard deviations of the file. */
const CONFIDENCE = 0.9;

interface Hypocentre {
  readonly line: HypocentreLine;
  readonly magnitudes: NordicMagnitude[];
  precise: PreciseLine | null;
  errors: ErrorLine | null;
}

export class EventOrigins {
  readonly #hypocentres: Hypocentre[] = [];

  /** False when there are too many. */
  add(line: HypocentreLine): boolean {
    const same = this.#hypocentres.find((known) => continues(known.line, line));
    if (same) {
      for (const magnitude of line.magnitudes) addMagnitude(same.magnitudes, magnitude);
      return true;
    }
    if (this.#hypocentres.length >= MAX_HYPOCENTRES) return false;
    this.#hypocentres.push({ line, magnitudes: [...line.magnitudes], precise: null, errors: null });
    return true;
  }

  addPrecise(precise: PreciseLine): void {
    const hypocentre = this.#of(precise.agency);
    if (hypocentre) hypocentre.precise ??= precise;
  }

  addErrors(errors: ErrorLine): void {
    const hypocentre = this.#of(errors.agency);
    if (hypocentre) hypocentre.errors ??= errors;
  }

  /** Those with a place; the first is the preferred one. `remarks` of magnitudes whose agency gave no hypocentre go to it. */
  finish(eventKey: string): { readonly origins: readonly Origin[]; readonly remarks: readonly string[] } {
    const placed = this.#hypocentres.filter(({ line, precise }) => line.place ?? precise?.place);
    const remarks: string[] = [];
    const magnitudes = new Map<Hypocentre, NordicMagnitude[]>(placed.map((hypocentre) => [hypocentre, []]));
    for (const hypocentre of this.#hypocentres) {
      const own = placed.includes(hypocentre) ? hypocentre : undefined;
      for (const magnitude of hypocentre.magnitudes) {
        const { agency, type, value } = magnitude;
        const named = own && (agency === "" || own.line.agency === agency) ? own : undefined;
        const owner = named ?? placed.find(({ line }) => line.agency === agency) ?? own ?? placed[0];
        if (!owner) continue;
        if (agency !== "" && owner.line.agency !== agency)
          remarks.push(`Magnitude ${type || "of no type"} ${value.toFixed(1)} is by ${agency}.`);
        addMagnitude(magnitudes.get(owner)!, magnitude);
      }
    }
    const origins = placed.map((each, i) => originOf(each, `${eventKey}/o${i + 1}`, magnitudes.get(each)!));
    return { origins, remarks: [...new Set(remarks)] };
  }

  /** The last hypocentre of an agency so far; the first where the agency gave none. */
  #of(agency: string): Hypocentre | undefined {
    return this.#hypocentres.findLast(({ line }) => line.agency === agency) ?? this.#hypocentres[0];
  }
}

/** A line of the same agency and time that has no place, or the same, brings more magnitudes. */
function continues(known: HypocentreLine, line: HypocentreLine): boolean {
  if (known.agency !== line.agency || line.magnitudes.length === 0) return false;
  if (line.place === null) return known.day === line.day && (line.time === line.day || line.time === known.time);
  return (
    line.time === known.time &&
    line.place.latitudeDeg === known.place?.latitudeDeg &&
    line.place.longitudeDeg === known.place.longitudeDeg
  );
}

function addMagnitude(magnitudes: NordicMagnitude[], { type, value, agency }: NordicMagnitude): void {
  const isKnown = magnitudes.some((one) => one.type === type && one.value === value && one.agency === agency);
  if (!isKnown && magnitudes.length < MAX_MAGNITUDES) magnitudes.push({ type, value, agency });
}

function originOf({ line, precise, errors }: Hypocentre, key: string, magnitudes: readonly NordicMagnitude[]): Origin {
  const depthKm = precise?.depthKm ?? line.depthKm ?? 0;
  const isHeld = line.isDepthHeld || line.depthKm === null;
  const rmsResidualSec = precise?.rmsSec ?? line.rmsSec ?? 0;
  return {
    key,
    time: precise?.time ?? line.time,
    ...(precise?.place ?? line.place!),
    depthKm,
    depthType: isHeld ? (depthKm === 0 ? "surface" : "default") : "free",
    error: errors && errorOf(errors, rmsResidualSec, isHeld),
    associations: [],
    magnitudes: magnitudes.map(networkMagnitude),
    definingCount: 0,
    stationCount: line.stationCount ?? 0,
    azimuthGapDeg: errors?.gapDeg ?? 360,
    rmsResidualSec,
    author: line.agency,
    remarks: [],
  };
}

const networkMagnitude = ({ type, value }: NordicMagnitude): NetworkMagnitude => ({
  type,
  value,
  uncertainty: 0,
  stationCount: 0,
  stations: [],
});

/** The numbers are taken for standard deviations, as other programs read them; null where the epicentre has none. */
function errorOf(errors: ErrorLine, sdobs: number, isDepthHeld: boolean): OriginError | null {
  const { xKm, yKm, zKm, timeSec, xyKm2 } = errors;
  if (xKm === null || yKm === null || xKm < 0 || yKm < 0) return null;
  const line = normalQuantile((1 + CONFIDENCE) / 2);
  const hasDepth = !isDepthHeld && zKm !== null && zKm > 0;
  // Rounded numbers may correlate by more than one; the ellipse is then a line.
  const most = xKm * yKm;
  const sxyKm2 = Math.max(-most, Math.min(most, xyKm2));
  return {
    sxxKm2: xKm ** 2,
    syyKm2: yKm ** 2,
    szzKm2: hasDepth ? zKm ** 2 : 0,
    sttSec2: (timeSec ?? 0) ** 2,
    sxyKm2,
    sxzKm2: hasDepth ? errors.xzKm2 : 0,
    syzKm2: hasDepth ? errors.yzKm2 : 0,
    stxKmSec: 0,
    styKmSec: 0,
    stzKmSec: 0,
    sdobs,
    ...ellipseOf(xKm ** 2, yKm ** 2, sxyKm2, Math.sqrt(-2 * Math.log(1 - CONFIDENCE))),
    depthErrorKm: hasDepth ? line * zKm : null,
    timeErrorSec: line * Math.abs(timeSec ?? 0),
    confidence: CONFIDENCE,
  };
}
