/** Largest angle, seen from the source, without a station. */
export function azimuthGapDeg(eventStationAzimuthsDeg: readonly number[]): number {
  if (eventStationAzimuthsDeg.length < 2) return 360;
  const sorted = [...eventStationAzimuthsDeg].sort((one, other) => one - other);
  const last = sorted.at(-1)!;
  return sorted.reduce((gap, azimuth, i) => Math.max(gap, azimuth - (i === 0 ? last - 360 : sorted[i - 1]!)), 0);
}
