/** Levels of constant height above ground that carry what is known on levels of pressure. */

/** Height over which pressure falls by e, m: only the choice of levels hangs on it. */
const SCALE_HEIGHT_M = 7400;
/** Below this the levels stand twice as dense: they lie elsewhere than the pressure levels, and interpolating twice smooths. */
const DENSE_BELOW_M = 12_000;
const LOWEST_M = 40;

/** From 0 upward; one for each pressure level that lies above sea level on average, and one between where the boundary layer is. */
export function layerHeights(pressuresHPa: Float64Array): Float64Array {
  const plain = Array.from(pressuresHPa, (p) => SCALE_HEIGHT_M * Math.log(1013.25 / p)).filter((z) => z > LOWEST_M);
  const heights = [0, ...plain];
  const dense = heights.flatMap((z, i) => {
    const next = heights[i + 1];
    return next !== undefined && z < DENSE_BELOW_M ? [z, 0.5 * (z + next)] : [z];
  });
  return Float64Array.from(dense);
}
