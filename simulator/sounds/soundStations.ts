/**
 * The stations of a simulated world that listen: infrasound arrays of four microbarometers, and triplets of hydrophones in the ocean's channel, at
 * the places of the treaty's table.
 */
import {
  type Channel,
  geodesicPosition,
  type InstrumentResponse,
  RADIANS_PER_DEGREE,
  type Site,
  type Station,
} from "@harken/core";
import { type Facility, stationsOfRole } from "@harken/treaty";
import type { WorldConfig } from "../world/config.ts";

const NETWORK = "IM";

interface Listening {
  readonly technology: "infrasound" | "hydroacoustic";
  readonly channel: string;
  readonly sampleRateHz: number;
  readonly instrument: string;
  readonly countsPerPa: number;
  /** Letter between the station's code and the number of its element. */
  readonly letter: string;
  /** Offsets of the elements, km north and east. */
  readonly elements: readonly (readonly [northKm: number, eastKm: number])[];
}

/** A microbarometer of 20 mV/Pa and a hydrophone of 1 mV/Pa, each flat over its band, before a digitizer of 0.24 microvolt. */
const listening: Readonly<Record<Listening["technology"], Listening>> = {
  infrasound: {
    ...{ technology: "infrasound", channel: "BDF", sampleRateHz: 20, instrument: "microbarometer", letter: "H" },
    countsPerPa: 80_000,
    elements: [
      [0, 0],
      [1, 0.1],
      [-0.6, 0.9],
      [-0.5, -0.85],
    ],
  },
  hydroacoustic: {
    ...{ technology: "hydroacoustic", channel: "EDH", sampleRateHz: 100, instrument: "hydrophone", letter: "N" },
    countsPerPa: 4000,
    elements: [
      [1.15, 0.05],
      [-0.6, 1],
      [-0.55, -1.05],
    ],
  },
};

/** How a station of this world listens. */
export const listeningOf = ({ technology }: Pick<Station, "technology">): Listening =>
  listening[technology === "infrasound" ? "infrasound" : "hydroacoustic"];

/** The stations that a configuration names. Throws for a code that is no infrasound array or hydrophone station with a known position. */
export function soundStations({ soundCodes = [] }: WorldConfig): Station[] {
  const located = [...stationsOfRole("infrasound"), ...stationsOfRole("hydroacoustic")].filter(
    ({ latitudeDeg, kind }) => latitudeDeg !== null && kind !== "t-phase",
  );
  return soundCodes.map((code) => {
    const facility = located.find(({ stationCode }) => stationCode === code);
    if (!facility)
      throw new RangeError(`no infrasound array or hydrophone station of the treaty's network has the code ${code}`);
    return stationOf(facility);
  });
}

function stationOf(facility: Facility): Station {
  const role = facility.role === "infrasound" ? "infrasound" : "hydroacoustic";
  const { letter, elements, technology, ...sensor } = listening[role];
  const place = {
    latitudeDeg: facility.latitudeDeg!,
    longitudeDeg: facility.longitudeDeg!,
    elevationKm: facility.elevationKm ?? 0,
  };
  const stem = facility.stationCode.slice(0, 3);
  const sites = elements.map(([northKm, eastKm], i): Site => {
    const azimuth = Math.atan2(eastKm, northKm) / RADIANS_PER_DEGREE;
    const at = geodesicPosition(place.latitudeDeg, place.longitudeDeg, azimuth, Math.hypot(northKm, eastKm));
    return {
      network: NETWORK,
      code: `${stem}${letter}${i + 1}`,
      ...at,
      elevationKm: place.elevationKm,
      northKm,
      eastKm,
    };
  });
  const { stationCode: code, name } = facility;
  return {
    ...{ code, network: NETWORK, name, technology, kind: "array", role, ...place, sites },
    channels: sites.map((site) => channelOf(site, sensor)),
  };
}

function channelOf(
  site: Site,
  { channel, sampleRateHz, instrument, countsPerPa }: Omit<Listening, "letter" | "elements" | "technology">,
): Channel {
  const { latitudeDeg, longitudeDeg, elevationKm } = site;
  const response: InstrumentResponse = {
    stages: [{ kind: "gain", inputUnit: "Pa", outputUnit: "counts", gain: countsPerPa }],
    ...{ sensitivity: countsPerPa, sensitivityFrequencyHz: 1, inputUnit: "Pa" },
  };
  return {
    id: { network: NETWORK, station: site.code, location: "", channel },
    ...{ startTime: null, endTime: null, latitudeDeg, longitudeDeg, elevationKm, depthKm: 0, hangDeg: -1, vangDeg: 0 },
    ...{ sampleRateHz, instrument, response, calibNmPerCount: null, calperSec: null },
  };
}
