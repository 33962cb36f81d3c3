/**
 * The demonstration that needs no other data: the six announced nuclear tests of the DPRK from published P and Pn onsets. Each is located by
 * itself at the surface, then all are placed relative to each other by double differences; both are set beside what others published.
 *
 * The readings alone decide: no correction is learned from the published places. The larger a test the longer its pulse, so correlation
 * aligns P and Pn a little differently; in the sixth, P and Pn alone each give a relative place half a kilometre from their joint one.
 */
import { type EarthModel, geodesicKm, localOffsetKm, parseTime, type Station } from "@harken/core";
import { locate } from "../../location/locate.ts";
import type { LocatedOrigin, Reading } from "../../location/reading.ts";
import { defaultLocationSettings } from "../../location/settings.ts";
import {
  type ClusterEvent,
  type ClusterReading,
  defaultRelocationSettings,
  type RelocatedCluster,
} from "../cluster.ts";
import { relocate } from "../doubleDifference.ts";
import { type RelativePosition, relativePosition } from "../uncertainty.ts";
import { type DprkPublished, dprkPublished } from "./published.ts";
import { dprkMinutes, dprkPaths } from "./readings.ts";

/** The source gives no figure. Beside the model's own error of a second and more it hardly counts. */
const ONSET_ERROR_SEC = 0.1;
/** Relative places count from this test, as in the publications. */
const REFERENCE = "DPRK2";

export interface Offset {
  readonly eastKm: number;
  readonly northKm: number;
}

export interface DprkTest {
  readonly published: DprkPublished;
  readonly origin: LocatedOrigin;
  /** From the published place, km, and later than the published time, s. */
  readonly distanceKm: number;
  readonly laterSec: number;
  /** From the second test by double differences, and as follows from the published places and as published by Gibbons. */
  readonly relative: RelativePosition;
  readonly relativePublished: { readonly yang: Offset; readonly gibbons: Offset };
  /** How far the relative place moves when P or Pn is used alone, the farther of the two, km: what the ellipse does not say. */
  readonly singlePhaseKm: number;
}

export interface DprkResult {
  readonly model: string;
  readonly tests: readonly DprkTest[];
  readonly rmsDoubleDifferenceSec: number;
}

function stationOf(code: string, latitudeDeg: number, longitudeDeg: number): Station {
  return {
    code,
    network: "",
    name: code,
    technology: "seismic",
    kind: "1c",
    role: null,
    latitudeDeg,
    longitudeDeg,
    elevationKm: 0,
    sites: [],
    channels: [],
  };
}

/** The readings of each test, in the order of the tests. */
export function dprkReadings(): Reading[][] {
  const readings: Reading[][] = dprkPublished.map(() => []);
  for (const [code, latitudeDeg, longitudeDeg, phase, ...onsets] of dprkPaths) {
    const station = stationOf(code, latitudeDeg, longitudeDeg);
    onsets.forEach((onset, test) => {
      if (onset === null) return;
      readings[test]!.push({
        arrivalKey: `${dprkPublished[test]!.key}/${code}/${phase}`,
        station,
        phase,
        time: parseTime(dprkMinutes[test]!)! + onset,
        timeErrorSec: ONSET_ERROR_SEC,
        timeDefining: true,
        azimuthDeg: null,
        azimuthErrorDeg: null,
        azimuthDefining: false,
        slownessSecPerDeg: null,
        slownessErrorSecPerDeg: null,
        slownessDefining: false,
      });
    });
  }
  return readings;
}

/** Locates and relocates the six tests. Throws when the model cannot place one of them, which no published model does. */
export function runDprkDemo(earth: EarthModel): DprkResult {
  const readings = dprkReadings();
  const settings = { ...defaultLocationSettings, depth: { fixedKm: 0, type: "surface" } } as const;
  const origins = dprkPublished.map(({ key }, test) => {
    const result = locate(readings[test]!, null, earth, settings);
    if (!result.ok) throw new Error(`${key}: ${result.reason}`);
    return result.origin;
  });
  const events = origins.map(({ time, latitudeDeg, longitudeDeg, depthKm }, test): ClusterEvent => {
    return { key: dprkPublished[test]!.key, time, latitudeDeg, longitudeDeg, depthKm };
  });
  const all = readings.flatMap((own, test) =>
    own.map((reading): ClusterReading => ({ ...reading, eventKey: dprkPublished[test]!.key })),
  );
  const clusterOf = (phases: readonly string[]): RelocatedCluster => {
    const chosen = all.filter(({ phase }) => phases.includes(phase));
    const [cluster] = relocate({ events, readings: chosen }, earth, defaultRelocationSettings).clusters;
    if (cluster?.events.length !== events.length) throw new Error(`${phases.join(" and ")} do not link all tests`);
    return cluster;
  };
  const cluster = clusterOf(["P", "Pn"]);
  const alone = [clusterOf(["P"]), clusterOf(["Pn"])];
  const reference = dprkPublished.find(({ key }) => key === REFERENCE)!;
  const tests = dprkPublished.map((published, test): DprkTest => {
    const origin = origins[test]!;
    const { latitudeDeg, longitudeDeg } = published;
    const relative = relativePosition(cluster, REFERENCE, published.key);
    if (!relative) throw new Error(`${published.key} has too few paths in common with ${REFERENCE}`);
    const moves = alone.map((single) => {
      const { eastKm, northKm } = relativePosition(single, REFERENCE, published.key)!;
      return Math.hypot(eastKm - relative.eastKm, northKm - relative.northKm);
    });
    return {
      published,
      origin,
      distanceKm: geodesicKm(latitudeDeg, longitudeDeg, origin.latitudeDeg, origin.longitudeDeg),
      laterSec: origin.time - parseTime(published.time)!,
      relative,
      relativePublished: {
        yang: localOffsetKm(reference.latitudeDeg, reference.longitudeDeg, latitudeDeg, longitudeDeg),
        gibbons: { eastKm: published.eastKm, northKm: published.northKm },
      },
      singlePhaseKm: Math.max(...moves),
    };
  });
  return { model: earth.model, tests, rmsDoubleDifferenceSec: cluster.rmsSec };
}
