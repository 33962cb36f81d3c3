/**
 * The simulated network: the real seismic stations of the treaty's table, each with the sensors of an array (vertical GS-13s, three
 * components at the centre) or of a three-component station (STS-2).
 *
 *     const { stations } = simulatedInventory(demoWorldConfig);
 */
import {
  type Channel,
  geodesicPosition,
  type Inventory,
  RADIANS_PER_DEGREE,
  type Site,
  type Station,
} from "@harken/core";
import { type Facility, stationsOfRole } from "@harken/treaty";
import { CALPER_SEC, calibNmPerCount, gs13, type Seismometer, sts2 } from "../instruments.ts";
import { soundStations } from "../sounds/soundStations.ts";
import { arrayElements } from "./arrayElements.ts";
import type { WorldConfig } from "./config.ts";

const NETWORK = "IM";

/** Component letter, azimuth and angle from the vertical (CSS hang, vang). */
const components = [
  ["Z", -1, 0],
  ["N", 0, 90],
  ["E", 90, 90],
] as const;

/** Seismometer of a channel of the simulated network. */
export function seismometerOf(channel: Channel): Seismometer {
  return channel.instrument === gs13.name ? gs13 : sts2;
}

/** The stations of a configuration. Throws for a code that is no seismic station with a known position, or an array without elements. */
export function simulatedInventory(config: WorldConfig): Inventory {
  const located = [...stationsOfRole("primary"), ...stationsOfRole("auxiliary")].filter(
    ({ latitudeDeg, stationCode }) => latitudeDeg !== null && stationCode !== "",
  );
  const codes = config.stationCodes ?? located.filter(({ role }) => role === "primary").map((f) => f.stationCode);
  const stations = codes.map((code) => {
    const facility = located.find(({ stationCode }) => stationCode === code);
    if (!facility) throw new RangeError(`no seismic station of the treaty's network has the code ${code}`);
    return config.arrayCodes.includes(code) ? arrayStation(facility, config) : singleStation(facility, config);
  });
  return { stations: [...stations, ...soundStations(config)] };
}

interface Place {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationKm: number;
}

const placeOf = ({ latitudeDeg, longitudeDeg, elevationKm }: Facility): Place => ({
  latitudeDeg: latitudeDeg!,
  longitudeDeg: longitudeDeg!,
  elevationKm: elevationKm ?? 0,
});

function station(facility: Facility, kind: Station["kind"], sites: Site[], channels: Channel[]): Station {
  const role = facility.role as "primary" | "auxiliary";
  const { stationCode: code, name } = facility;
  return { code, network: NETWORK, name, technology: "seismic", kind, role, ...placeOf(facility), sites, channels };
}

function singleStation(facility: Facility, { sampleRateHz }: WorldConfig): Station {
  const place = placeOf(facility);
  const site: Site = { network: NETWORK, code: facility.stationCode, ...place, northKm: 0, eastKm: 0 };
  return station(
    facility,
    "3c",
    [site],
    components.map((component) => channel(site, "BH", component, sts2, sampleRateHz)),
  );
}

function arrayStation(facility: Facility, { sampleRateHz }: WorldConfig): Station {
  const elements = arrayElements[facility.stationCode];
  if (!elements) throw new RangeError(`the elements of ${facility.stationCode} are not in the simulator's table`);
  const place = placeOf(facility);
  const sites = elements.map(([code, northKm, eastKm]): Site => {
    const azimuthDeg = Math.atan2(eastKm, northKm) / RADIANS_PER_DEGREE;
    const at = geodesicPosition(place.latitudeDeg, place.longitudeDeg, azimuthDeg, Math.hypot(northKm, eastKm));
    return { network: NETWORK, code, ...at, elevationKm: place.elevationKm, northKm, eastKm };
  });
  const verticals = sites.map((site) => channel(site, "SH", components[0], gs13, sampleRateHz));
  const centre = components.map((component) => channel(sites[0]!, "BH", component, sts2, sampleRateHz));
  return station(facility, "array", sites, [...verticals, ...centre]);
}

function channel(
  site: Site,
  band: "SH" | "BH",
  [letter, hangDeg, vangDeg]: (typeof components)[number],
  seismometer: Seismometer,
  sampleRateHz: number,
): Channel {
  const { latitudeDeg, longitudeDeg, elevationKm } = site;
  return {
    id: { network: NETWORK, station: site.code, location: "", channel: `${band}${letter}` },
    ...{ startTime: null, endTime: null, latitudeDeg, longitudeDeg, elevationKm, depthKm: 0, hangDeg, vangDeg },
    ...{ sampleRateHz, instrument: seismometer.name, response: seismometer.response },
    ...{ calibNmPerCount: calibNmPerCount(seismometer), calperSec: CALPER_SEC },
  };
}
