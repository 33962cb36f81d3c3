/** Where a signal came from and how steeply, as a station can tell it; null where it cannot. */
export interface Direction {
  readonly azimuthDeg: number | null;
  readonly azimuthErrorDeg: number | null;
  readonly slownessSecPerDeg: number | null;
  readonly slownessErrorSecPerDeg: number | null;
  readonly rectilinearity: number | null;
  readonly incidenceDeg: number | null;
  readonly horizontalToVertical: number | null;
  /** F statistic of the f-k peak. */
  readonly fkQuality: number | null;
}

export const noDirection: Direction = Object.freeze({
  azimuthDeg: null,
  azimuthErrorDeg: null,
  slownessSecPerDeg: null,
  slownessErrorSecPerDeg: null,
  rectilinearity: null,
  incidenceDeg: null,
  horizontalToVertical: null,
  fkQuality: null,
});
