/**
 * Channels, sites, stations and their instruments: who recorded a waveform, where, and with what response.
 *
 * The words are those of CSS3.0 and the IMS: a *station* (ARCES) is a facility's reporting unit; a *site* (ARA0) is one
 * place where a sensor stands, an array element; a *channel* (SHZ) is one component at one site.
 */

/** The four codes by which data name a channel, as SEED and CSS3.0 spell them. `station` is the site code (ARA0). */
export interface ChannelId {
  /** Network code, "" when the data give none. */
  readonly network: string;
  /** Code of the site that recorded it: the SEED station code, CSS `sta` of wfdisc. */
  readonly station: string;
  /** SEED location code or IMS auxiliary code, "" when blank. */
  readonly location: string;
  /** Channel code such as SHZ, BHN, BDF. */
  readonly channel: string;
}

/** One line that names a channel: `NET.STA.LOC.CHAN`. */
export function channelKey(id: ChannelId): string {
  return `${id.network}.${id.station}.${id.location}.${id.channel}`;
}

/** Reads `NET.STA.LOC.CHAN` back; missing parts become "". */
export function parseChannelKey(key: string): ChannelId {
  const [network = "", station = "", location = "", channel = ""] = key.split(".");
  return { network, station, location, channel };
}

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** Units at the two ends of a response stage. Displacement is in nm and pressure in Pa unless the name says otherwise. */
export type ResponseUnit = "nm" | "m" | "m/s" | "m/s**2" | "Pa" | "V" | "A" | "counts" | "unknown";

/** One stage of an instrument. Frequencies are Hz; poles and zeros are rad/s (`laplace`) or on the unit circle (`z`). */
export type ResponseStage =
  | {
      readonly kind: "paz";
      readonly domain: "laplace" | "z";
      readonly inputUnit: ResponseUnit;
      readonly outputUnit: ResponseUnit;
      readonly poles: readonly Complex[];
      readonly zeros: readonly Complex[];
      /** Factor that makes the poles and zeros' transfer function 1 at `gainFrequencyHz` (A0); 1 when folded into `gain`. */
      readonly normalization: number;
      readonly gain: number;
      readonly gainFrequencyHz: number;
      /** Rate after the stage for a `z` stage. */
      readonly sampleRateHz?: number;
    }
  | {
      readonly kind: "fap";
      readonly inputUnit: ResponseUnit;
      readonly outputUnit: ResponseUnit;
      readonly frequenciesHz: readonly number[];
      readonly amplitudes: readonly number[];
      readonly phasesDeg: readonly number[];
      readonly gain: number;
      readonly gainFrequencyHz: number;
    }
  | {
      readonly kind: "fir";
      readonly inputUnit: ResponseUnit;
      readonly outputUnit: ResponseUnit;
      /** All coefficients, symmetric halves written out. */
      readonly coefficients: readonly number[];
      readonly inputRateHz: number;
      readonly decimation: number;
      /** Seconds by which the recorder already moved the time stamps. */
      readonly correctionSec: number;
      readonly gain: number;
    }
  | {
      readonly kind: "polynomial";
      readonly inputUnit: ResponseUnit;
      readonly outputUnit: ResponseUnit;
      readonly coefficients: readonly number[];
      readonly lowerBound: number;
      readonly upperBound: number;
    }
  | {
      readonly kind: "gain";
      readonly inputUnit: ResponseUnit;
      readonly outputUnit: ResponseUnit;
      readonly gain: number;
    };

/** How ground motion (or pressure) becomes counts: the stages in order, plus the one-number calibration where that is all there is. */
export interface InstrumentResponse {
  readonly stages: readonly ResponseStage[];
  /** Overall counts per input unit at `sensitivityFrequencyHz`, when the metadata state it. */
  readonly sensitivity: number | null;
  readonly sensitivityFrequencyHz: number | null;
  readonly inputUnit: ResponseUnit;
}

/** Latitude and longitude of a record that names its channel but not its place (IMS RESPONSE, a bare SAC pole-zero file): CSS3.0's null. */
export const NO_PLACE_DEG = -999;

/** Whether a channel tells where it stands. */
export const hasPlace = ({ latitudeDeg }: Channel): boolean => latitudeDeg !== NO_PLACE_DEG;

/** One component at one site over one stretch of time. */
export interface Channel {
  readonly id: ChannelId;
  /** Epoch seconds; null when unknown or open. */
  readonly startTime: number | null;
  readonly endTime: number | null;
  /** `NO_PLACE_DEG` for both where the record does not tell. */
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Elevation of the surface above sea level, km. */
  readonly elevationKm: number;
  /** Depth of the sensor below the surface, km. */
  readonly depthKm: number;
  /** Horizontal angle, deg clockwise from north (CSS hang); -1 for vertical. */
  readonly hangDeg: number;
  /** Angle from the upward vertical: 0 up, 90 horizontal, 180 down (CSS vang). */
  readonly vangDeg: number;
  readonly sampleRateHz: number | null;
  readonly instrument: string;
  /** nm per count at `calperSec` (CSS calib, calper); null when only a full response is known, or none. */
  readonly calibNmPerCount: number | null;
  readonly calperSec: number | null;
  readonly response: InstrumentResponse | null;
}

/** One place where sensors stand: an array element, or the only place of a three-component station. */
export interface Site {
  readonly network: string;
  readonly code: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationKm: number;
  /** Offsets from the array's reference point, km, positive north and east; 0 for a single station. */
  readonly northKm: number;
  readonly eastKm: number;
}

export type Technology = "seismic" | "hydroacoustic" | "infrasound";

/** A reporting unit: an array with all its elements, or a single three-component site. */
export interface Station {
  readonly code: string;
  readonly network: string;
  readonly name: string;
  readonly technology: Technology;
  /** `array` when azimuth and slowness come from elements, `3c` from three components, `1c` when neither. */
  readonly kind: "array" | "3c" | "1c";
  /** Role in the monitoring system; null for other stations. */
  readonly role: "primary" | "auxiliary" | "hydroacoustic" | "infrasound" | null;
  /** Reference point, to which delays and travel times refer. */
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationKm: number;
  readonly sites: readonly Site[];
  readonly channels: readonly Channel[];
}

export interface Inventory {
  readonly stations: readonly Station[];
}
