/**
 * The stations of a world of arrivals, with what nobody tells the associator: their noise through time, their outages, and what is wrong with
 * them. Arrays hear better than three components, primary stations better than auxiliary ones; levels are such that, at the real rate of
 * earthquakes, about a hundred events a day are seen by three stations, as in the bulletins of the IDC.
 */
import { type RandomStream, randomStream, type Station } from "@harken/core";
import { type Facility, stationsOfRole } from "@harken/treaty";
import type { ArrivalWorldConfig } from "./config.ts";

const DAY_SEC = 86_400;
const HOUR_SEC = 3600;
/** log10 of A/T of the noise (nm/s) that a signal must exceed by the detection threshold: mean and standard deviation over stations. */
const NOISE = { array: [-0.42, 0.2], primary: [0.22, 0.2], auxiliary: [0.42, 0.25] } as const;
/** Noise by day over noise by night, log10, at the most. */
const DAY_NOISE = 0.15;
/** Hours over which noise and the rate of chance detections keep their level: share kept from one hour to the next. */
const KEPT_PER_HOUR = 0.85;
/** Mean length of an outage, s; a share of them lasts for the whole world. */
const OUTAGE_SEC = 30_000;
const GONE_SHARE = 0.3;

export interface Habit {
  readonly azimuthDeg: number;
  readonly slownessSecPerDeg: number;
}

export interface Listener {
  readonly station: Station;
  readonly timeTermSec: number;
  readonly magnitudeTerm: number;
  /** What is added to every slowness vector, s/deg. */
  readonly slownessTerm: readonly [east: number, north: number];
  /** SNR at which it detects. */
  readonly threshold: number;
  /** log10 A/T of the noise at a time. */
  noise(time: number): number;
  isUp(time: number): boolean;
  /** Chance detections an hour around a time. */
  falsePerHour(time: number): number;
  readonly habits: readonly Habit[];
}

/** Every located seismic station of the treaty, as the associators know it. */
export function seismicNetwork(): Station[] {
  return [...stationsOfRole("primary"), ...stationsOfRole("auxiliary")]
    .filter(({ latitudeDeg, stationCode }) => latitudeDeg !== null && stationCode !== "")
    .map(stationOf);
}

function stationOf(facility: Facility): Station {
  return {
    ...{ code: facility.stationCode, network: "IM", name: facility.name, technology: "seismic" },
    kind: facility.kind === "array" ? "array" : "3c",
    role: facility.role as "primary" | "auxiliary",
    ...{ latitudeDeg: facility.latitudeDeg!, longitudeDeg: facility.longitudeDeg! },
    ...{ elevationKm: facility.elevationKm ?? 0, sites: [], channels: [] },
  };
}

export function listenersOf(config: ArrivalWorldConfig): Listener[] {
  return seismicNetwork().map((station) => listener(station, config));
}

function listener(station: Station, config: ArrivalWorldConfig): Listener {
  const { seed, startTime, days, stationTerms, noiseDrift, falseBursts, falsePerDay } = config;
  // What a station is like does not change with the seed of the days: only with the kind of world.
  const nature = randomStream(0, "nature", station.code);
  const terms = randomStream(0, "terms", config.name, station.code);
  const hours = randomStream(seed, "hours", station.code);
  const isArray = station.kind === "array";
  const [mean, spread] = isArray ? NOISE.array : station.role === "primary" ? NOISE.primary : NOISE.auxiliary;
  const level = mean + spread * nature.normal();
  const busy = Math.exp(0.5 * nature.normal());
  const dayNoise = DAY_NOISE * nature.uniform();
  const threshold = 3.2 + nature.uniform();
  const habits = Array.from({ length: 1 + nature.integer(3) }, () => ({
    azimuthDeg: 360 * nature.uniform(),
    slownessSecPerDeg: nature.uniform() < 0.6 ? 11 + 18 * nature.uniform() : 3 + 6 * nature.uniform(),
  }));
  const count = Math.ceil(days * 24) + 2;
  const drift = wandering(hours, count, noiseDrift);
  const bursts = wandering(hours, count, falseBursts);
  const outages = outagesOf(hours, config);
  const hourOf = (time: number) => Math.min(count - 2, Math.max(0, (time - startTime) / HOUR_SEC));
  const between = (values: Float64Array, time: number) => {
    const at = hourOf(time);
    const i = Math.floor(at);
    return values[i]! + (at - i) * (values[i + 1]! - values[i]!);
  };
  const rate = ((isArray ? falsePerDay.array : falsePerDay.single) * busy) / 24 / Math.exp(falseBursts ** 2 / 2);
  return {
    station,
    timeTermSec: stationTerms.timeSec * terms.normal(),
    magnitudeTerm: stationTerms.magnitude * terms.normal(),
    slownessTerm: [stationTerms.slownessSecPerDeg * terms.normal(), stationTerms.slownessSecPerDeg * terms.normal()],
    threshold,
    habits,
    noise: (time) => {
      const localNoon = Math.cos(2 * Math.PI * ((time % DAY_SEC) / DAY_SEC + station.longitudeDeg / 360 - 0.5));
      return level + dayNoise * localNoon + between(drift, time);
    },
    isUp: (time) => !outages.some(([from, to]) => time >= from && time < to),
    falsePerHour: (time) => rate * Math.exp(between(bursts, time)),
  };
}

/** An hourly autoregressive process of a standard deviation. */
function wandering(random: RandomStream, count: number, spread: number): Float64Array {
  const values = new Float64Array(count);
  const fresh = Math.sqrt(1 - KEPT_PER_HOUR ** 2);
  for (let i = 0; i < count; i++) {
    const before =
      i === 0 ? random.normal() : KEPT_PER_HOUR * (values[i - 1]! / (spread || 1)) + fresh * random.normal();
    values[i] = spread * before;
  }
  return values;
}

function outagesOf(
  random: RandomStream,
  { startTime, days, outageShare }: ArrivalWorldConfig,
): (readonly [from: number, to: number])[] {
  const span = days * DAY_SEC;
  if (random.uniform() < GONE_SHARE * outageShare) return [[startTime, startTime + span + DAY_SEC]];
  const rest = outageShare * (1 - GONE_SHARE);
  return Array.from({ length: random.poisson((rest * span) / OUTAGE_SEC) }, () => {
    const from = startTime + span * random.uniform();
    return [from, from + OUTAGE_SEC * random.exponential()] as const;
  });
}
