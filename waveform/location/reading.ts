/**
 * What a locator is given and what it returns. A reading is one arrival under one phase name; each of its three quantities (onset time,
 * azimuth, slowness) takes part in the location or only shows its residual. Units: epoch seconds, deg, s/deg, km.
 */
import type { Origin, Station } from "@harken/core";

export interface Reading {
  /** Key of the arrival; one arrival gives one reading. */
  readonly arrivalKey: string;
  /** Only the code and the coordinates are used. */
  readonly station: Station;
  /** Phase by which the reading is predicted. */
  readonly phase: string;
  readonly time: number;
  /** Standard deviation of the onset alone; the earth model's own error is added to it. */
  readonly timeErrorSec: number;
  readonly timeDefining: boolean;
  /** Station to event azimuth. */
  readonly azimuthDeg: number | null;
  readonly azimuthErrorDeg: number | null;
  readonly azimuthDefining: boolean;
  readonly slownessSecPerDeg: number | null;
  readonly slownessErrorSecPerDeg: number | null;
  readonly slownessDefining: boolean;
}

export interface Hypocentre {
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly depthKm: number;
}

/** An origin without its name, author and magnitudes. Associations stand in the order of the arrivals' keys. */
export type LocatedOrigin = Omit<Origin, "key" | "author" | "magnitudes">;

export type LocationResult =
  | { readonly ok: true; readonly origin: LocatedOrigin }
  /** `reason` is one sentence for the reader without a full stop. */
  | { readonly ok: false; readonly reason: string };
