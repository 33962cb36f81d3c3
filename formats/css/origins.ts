/** Origins with their associations, errors and magnitudes from the tables origin, assoc, origerr, netmag and stamag. */
import {
  type Arrival,
  type Association,
  azimuthGapDeg,
  distanceAzimuth,
  type NetworkMagnitude,
  type Origin,
  type OriginError,
  type StationMagnitude,
  wrapAzimuth,
} from "@harken/core";
import { arrivalKey } from "./arrivals.ts";
import { depthTypeOf, isDefining } from "./letters.ts";
import type { CssRow, CssTables } from "./schema.ts";

/** Confidence of the ellipse where the table does not say. */
const CUSTOMARY_CONFIDENCE = 0.9;

export const originKey = (orid: number) => `orid-${orid}`;

export interface ReadOrigin {
  readonly orid: number;
  readonly evid: number | null;
  readonly origin: Origin;
}

type Place = { readonly lat: number; readonly lon: number };

export class OriginReader {
  readonly #arrivals: ReadonlyMap<number, Arrival>;
  readonly #assocs: ReadonlyMap<number | null, readonly CssRow<"assoc">[]>;
  readonly #errors: ReadonlyMap<number | null, readonly CssRow<"origerr">[]>;
  readonly #netmags: ReadonlyMap<number | null, readonly CssRow<"netmag">[]>;
  readonly #stamags: ReadonlyMap<number | null, readonly CssRow<"stamag">[]>;
  readonly #sites = new Map<string, Place>();
  /** Associations whose arrival no table has. */
  withoutArrival = 0;

  constructor(tables: CssTables, arrivals: ReadonlyMap<number, Arrival>) {
    this.#arrivals = arrivals;
    this.#assocs = Map.groupBy(tables.assoc ?? [], (row) => row.orid);
    this.#errors = Map.groupBy(tables.origerr ?? [], (row) => row.orid);
    this.#netmags = Map.groupBy(tables.netmag ?? [], (row) => row.orid);
    this.#stamags = Map.groupBy(tables.stamag ?? [], (row) => row.magid);
    for (const { sta, lat, lon } of tables.site ?? [])
      if (sta !== null && lat !== null && lon !== null) this.#sites.set(sta, { lat, lon });
  }

  /** null when the row has no number, place or time. */
  read(row: CssRow<"origin">): ReadOrigin | null {
    const { orid, lat, lon, time } = row;
    if (orid === null || lat === null || lon === null || time === null) return null;
    const depthKm = row.depth ?? 0;
    const error = errorOf(this.#errors.get(orid)?.[0]);
    const associations = (this.#assocs.get(orid) ?? []).flatMap((assoc) => this.#association(assoc, { lat, lon }));
    const defining = associations.filter((a) => a.timeDefining || a.azimuthDefining || a.slownessDefining);
    const azimuths = new Map(defining.map((a) => [a.station, a.eventStationAzimuthDeg]));
    const origin: Origin = {
      key: originKey(orid),
      time,
      latitudeDeg: lat,
      longitudeDeg: lon,
      depthKm,
      depthType: depthTypeOf(row.dtype, depthKm, error?.depthErrorKm != null),
      error,
      associations,
      magnitudes: this.#magnitudes(row, orid),
      definingCount: row.ndef ?? defining.length,
      stationCount: azimuths.size,
      azimuthGapDeg: azimuthGapDeg([...azimuths.values()]),
      rmsResidualSec: rms(associations.flatMap((a) => (a.timeDefining ? (a.timeResidualSec ?? []) : []))),
      author: row.auth ?? "",
      remarks: [],
    };
    return { orid, evid: row.evid, origin };
  }

  #association(row: CssRow<"assoc">, source: Place): readonly Association[] {
    const arrival = row.arid === null ? undefined : this.#arrivals.get(row.arid);
    if (row.arid === null || !arrival) {
      this.withoutArrival++;
      return [];
    }
    const station = row.sta ?? arrival.station;
    return [
      {
        arrivalKey: arrivalKey(row.arid),
        station,
        phase: row.phase ?? arrival.phase,
        ...this.#path(row, station, source),
        timeResidualSec: row.timeres,
        timeDefining: isDefining(row.timedef),
        azimuthResidualDeg: row.azres,
        azimuthDefining: isDefining(row.azdef),
        slownessResidualSecPerDeg: row.slores,
        slownessDefining: isDefining(row.slodef),
        weight: row.wgt,
      },
    ];
  }

  /** What the row leaves out is computed from the station's place; without one, the station sees the event where it is seen from. */
  #path({ delta, seaz, esaz }: CssRow<"assoc">, station: string, source: Place) {
    const site = this.#sites.get(station);
    const path = site && distanceAzimuth(source.lat, source.lon, site.lat, site.lon);
    const eventStationAzimuthDeg = esaz ?? path?.azimuthDeg ?? (seaz === null ? 0 : wrapAzimuth(seaz + 180));
    return {
      deltaDeg: delta ?? path?.deltaDeg ?? 0,
      stationEventAzimuthDeg: seaz ?? path?.backAzimuthDeg ?? wrapAzimuth(eventStationAzimuthDeg + 180),
      eventStationAzimuthDeg,
    };
  }

  #magnitudes(row: CssRow<"origin">, orid: number): readonly NetworkMagnitude[] {
    const stated = (this.#netmags.get(orid) ?? []).flatMap((netmag): NetworkMagnitude[] => {
      if (netmag.magnitude === null) return [];
      const stations = netmag.magid === null ? [] : (this.#stamags.get(netmag.magid) ?? []);
      return [
        {
          type: netmag.magtype ?? "",
          value: netmag.magnitude,
          uncertainty: netmag.uncertainty ?? 0,
          stationCount: netmag.nsta ?? 0,
          stations: stations.flatMap((stamag) => this.#stationMagnitude(stamag)),
        },
      ];
    });
    if (stated.length > 0) return stated;
    return (["mb", "ms", "ml"] as const).flatMap((type) => {
      const value = row[type];
      return value === null ? [] : { type, value, uncertainty: 0, stationCount: 0, stations: [] };
    });
  }

  /** The table as published has no magdef: every station magnitude defines. */
  #stationMagnitude(row: CssRow<"stamag">): readonly StationMagnitude[] {
    if (row.sta === null || row.magnitude === null) return [];
    const known = row.arid !== null && this.#arrivals.has(row.arid);
    return [
      {
        type: row.magtype ?? "",
        station: row.sta,
        arrivalKey: known ? arrivalKey(row.arid!) : null,
        deltaDeg: row.delta ?? 0,
        value: row.magnitude,
        uncertainty: row.uncertainty ?? 0,
        defining: row.magdef === null || isDefining(row.magdef),
        reason: "",
      },
    ];
  }
}

function errorOf(row: CssRow<"origerr"> | undefined): OriginError | null {
  if (!row || row.smajax === null || row.sminax === null || row.strike === null) return null;
  return {
    sxxKm2: row.sxx ?? 0,
    syyKm2: row.syy ?? 0,
    szzKm2: row.szz ?? 0,
    sttSec2: row.stt ?? 0,
    sxyKm2: row.sxy ?? 0,
    sxzKm2: row.sxz ?? 0,
    syzKm2: row.syz ?? 0,
    stxKmSec: row.stx ?? 0,
    styKmSec: row.sty ?? 0,
    stzKmSec: row.stz ?? 0,
    sdobs: row.sdobs ?? 0,
    semiMajorKm: row.smajax,
    semiMinorKm: row.sminax,
    strikeDeg: row.strike,
    depthErrorKm: row.sdepth,
    timeErrorSec: row.stime ?? 0,
    confidence: row.conf ?? CUSTOMARY_CONFIDENCE,
  };
}

const rms = (values: readonly number[]) =>
  values.length === 0 ? 0 : Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
