/**
 * Arrivals, origins and events: what the processing finds. Names and meanings follow CSS3.0 (arrival, assoc, origin,
 * origerr, stamag, netmag). `null` means "measured: none"; NaN never appears.
 *
 * Identity is a text key (stage, interval, ordinal); integer arid, orid, evid are allotted when rows are committed or written.
 */
import type { ChannelId } from "./channel.ts";

/** One amplitude measurement. `A5/2` and `ALR/2` are the IDC's rules: half the largest trough-to-peak, in nm. */
export interface Amplitude {
  readonly type: "A5/2" | "ALR/2" | "ANP/2" | "ANL/2" | "ML" | "pressure";
  readonly channel: ChannelId;
  readonly time: number;
  /** nm (ground displacement; `ML`: the Wood-Anderson trace's half peak-to-peak in nm), or Pa for `pressure`. */
  readonly amplitude: number;
  readonly periodSec: number;
  readonly clipped: boolean;
}

/**
 * The noise of a station in a stretch of time [startTime, endTime), measured as its signals are: ANP/2 beside A5/2, ANL/2 beside ALR/2. What an event
 * that was not seen cannot have exceeded.
 */
export interface NoiseLevel {
  readonly station: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly amplitude: Amplitude;
}

/** What is known of a sound in the air beside its direction. */
export interface InfrasoundFeatures {
  readonly kind: "infrasound";
  readonly durationSec: number;
  /** For how long sound of this kind was heard without pause around it, s. */
  readonly lastingSec: number;
  readonly traceVelocityKmPerSec: number;
  /** Bands in which it was coherent, Hz. */
  readonly lowHz: number;
  readonly highHz: number;
  /** Largest ratio of the beam's power to that of the residual. */
  readonly fisherRatio: number;
  /** Means over the windows and bands in which it was found: correlation of the pairs, and sums of delays round triangles, s. */
  readonly correlation: number;
  readonly consistencySec: number;
  readonly pixelCount: number;
  readonly elementCount: number;
  /** Why it counts as noise (N); "" when it may come from an event (I). */
  readonly noise: "" | "weak" | "lasting" | "microbarom" | "recurrent";
}

/** What is known of a sound in the ocean beside its direction. */
export interface HydroacousticFeatures {
  readonly kind: "hydroacoustic";
  readonly durationSec: number;
  /** From the onset to the loudest second. */
  readonly riseSec: number;
  /** Power of its last fifth over its mean: near 1 for what does not end. */
  readonly endRatio: number;
  /** Centre of its spectrum, and the octaves that the strong part of it covers. */
  readonly centreHz: number;
  readonly widthOctaves: number;
  /** Shares of the energy in octaves from 2 Hz up. */
  readonly bandShares: readonly number[];
  /** Delay of the echo that a bubble makes, s, null for none; its height over the scatter of the cepstrum. */
  readonly bubblePeriodSec: number | null;
  readonly bubbleStrength: number;
  /** Probability of the phase that was given. */
  readonly probability: number;
}

/** A detection at one station: onset, direction and size of one signal. */
export interface Arrival {
  readonly key: string;
  /** Reporting station (ARCES, not ARA0). */
  readonly station: string;
  /** Channel or beam on which the onset was timed. */
  readonly channel: string;
  /** Epoch seconds. */
  readonly time: number;
  /** Standard deviation of `time` (deltim), s. */
  readonly timeErrorSec: number;
  /** Initial phase name given by the station: P, S, Pn, Pg, Sn, Sg, Lg, Rg, tx, N, I, T, H. */
  readonly phase: string;
  /** Back-azimuth, deg clockwise from north at the station. */
  readonly azimuthDeg: number | null;
  readonly azimuthErrorDeg: number | null;
  readonly slownessSecPerDeg: number | null;
  readonly slownessErrorSecPerDeg: number | null;
  readonly snr: number | null;
  readonly amplitudes: readonly Amplitude[];
  /** First motion: "c" compression, "d" dilatation, null when not clear. */
  readonly firstMotion: "c" | "d" | null;
  readonly rectilinearity: number | null;
  /** Incidence angle at the surface, deg from vertical (ema). */
  readonly incidenceDeg: number | null;
  /** Dominant frequency of the detection, Hz. */
  readonly frequencyHz: number | null;
  /** F statistic or semblance-like quality of the f-k peak. */
  readonly fkQuality: number | null;
  readonly author: string;
  /** What belongs to one technology alone; not given where nothing was measured. */
  readonly features?: InfrasoundFeatures | HydroacousticFeatures;
}

/** How one arrival takes part in one origin. Residuals are observed minus predicted; weights as used in the last iteration. */
export interface Association {
  readonly arrivalKey: string;
  readonly station: string;
  /** Phase under this hypothesis; may differ from the arrival's own. */
  readonly phase: string;
  readonly deltaDeg: number;
  /** Station to event azimuth (seaz), deg. */
  readonly stationEventAzimuthDeg: number;
  /** Event to station azimuth (esaz), deg. */
  readonly eventStationAzimuthDeg: number;
  readonly timeResidualSec: number | null;
  readonly timeDefining: boolean;
  readonly azimuthResidualDeg: number | null;
  readonly azimuthDefining: boolean;
  readonly slownessResidualSecPerDeg: number | null;
  readonly slownessDefining: boolean;
  readonly weight: number | null;
}

/** Covariance of (x east km, y north km, z depth km, t s) and the ellipse and intervals drawn from it (origerr). */
export interface OriginError {
  readonly sxxKm2: number;
  readonly syyKm2: number;
  readonly szzKm2: number;
  readonly sttSec2: number;
  readonly sxyKm2: number;
  readonly sxzKm2: number;
  readonly syzKm2: number;
  readonly stxKmSec: number;
  readonly styKmSec: number;
  readonly stzKmSec: number;
  /** Residual standard error, s. */
  readonly sdobs: number;
  readonly semiMajorKm: number;
  readonly semiMinorKm: number;
  /** Strike of the major axis, deg clockwise from north. */
  readonly strikeDeg: number;
  readonly depthErrorKm: number | null;
  readonly timeErrorSec: number;
  /** Confidence of the ellipse and intervals, 0.9 by custom. */
  readonly confidence: number;
}

export interface StationMagnitude {
  readonly type: string;
  readonly station: string;
  readonly arrivalKey: string | null;
  readonly deltaDeg: number;
  readonly value: number;
  readonly uncertainty: number;
  readonly defining: boolean;
  /** Why it does not define the network magnitude; "" when it does. */
  readonly reason: string;
}

export interface NetworkMagnitude {
  readonly type: string;
  readonly value: number;
  readonly uncertainty: number;
  readonly stationCount: number;
  readonly stations: readonly StationMagnitude[];
}

/** A hypothesis of time and place. */
export interface Origin {
  readonly key: string;
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly depthKm: number;
  /** How the depth came to be: free solution, fixed by default at the surface, by a region's default, or by depth phases. */
  readonly depthType: "free" | "surface" | "default" | "depth-phase" | "analyst";
  readonly error: OriginError | null;
  readonly associations: readonly Association[];
  readonly magnitudes: readonly NetworkMagnitude[];
  /** Count of defining arrivals (ndef), of stations, largest gap in azimuth. */
  readonly definingCount: number;
  readonly stationCount: number;
  readonly azimuthGapDeg: number;
  readonly rmsResidualSec: number;
  readonly author: string;
  /** Why a magnitude one would expect is absent, and other remarks for the reader. */
  readonly remarks: readonly string[];
}

/** An event: competing origins, one of them preferred. `key` stays the same through SEL1, SEL2, SEL3 and on. */
export interface SeismicEvent {
  readonly key: string;
  readonly preferredOriginKey: string;
  readonly origins: readonly Origin[];
}

/** A list of events with every arrival that was considered. */
export interface Bulletin {
  readonly list: string;
  readonly events: readonly SeismicEvent[];
  readonly arrivals: readonly Arrival[];
}

/** The preferred origin of an event. */
export function preferredOrigin(event: SeismicEvent): Origin {
  const origin = event.origins.find((candidate) => candidate.key === event.preferredOriginKey);
  if (!origin) throw new Error(`event ${event.key} has no origin ${event.preferredOriginKey}`);
  return origin;
}
