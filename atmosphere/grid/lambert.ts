/** Places of the points of a Lambert conformal grid (Snyder 1987, USGS Professional Paper 1395, p. 106, on the sphere). */
import { type LambertWeatherGrid, RADIANS_PER_DEGREE, wrapLongitude } from "@harken/core";

const quarter = Math.PI / 4;

/** Latitude and longitude of each point, row after row from the grid's first, deg. */
export function lambertPlaces(grid: LambertWeatherGrid): { latitudeDeg: Float64Array; longitudeDeg: Float64Array } {
  const { rows, columns, stepXM, stepYM, radiusM } = grid;
  const [lat1, lat2] = grid.standardLatsDeg.map((lat) => lat * RADIANS_PER_DEGREE) as [number, number];
  const tangent = (lat: number) => Math.tan(quarter + lat / 2);
  const n =
    Math.abs(lat1 - lat2) < 1e-9
      ? Math.sin(lat1)
      : Math.log(Math.cos(lat1) / Math.cos(lat2)) / Math.log(tangent(lat2) / tangent(lat1));
  const scale = (radiusM * Math.cos(lat1) * tangent(lat1) ** n) / n;
  const rhoOf = (latDeg: number) => scale / tangent(latDeg * RADIANS_PER_DEGREE) ** n;
  const firstAngle = n * wrapLongitude(grid.firstLonDeg - grid.centralLonDeg) * RADIANS_PER_DEGREE;
  const [x0, y0] = [rhoOf(grid.firstLatDeg) * Math.sin(firstAngle), -rhoOf(grid.firstLatDeg) * Math.cos(firstAngle)];
  const latitudeDeg = new Float64Array(rows * columns);
  const longitudeDeg = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const [x, y] = [x0 + c * stepXM, y0 + r * stepYM];
      const rho = Math.sign(n) * Math.hypot(x, y);
      const angle = Math.atan2(Math.sign(n) * x, -Math.sign(n) * y);
      const i = r * columns + c;
      latitudeDeg[i] = (2 * Math.atan((scale / rho) ** (1 / n)) - Math.PI / 2) / RADIANS_PER_DEGREE;
      longitudeDeg[i] = wrapLongitude(grid.centralLonDeg + angle / n / RADIANS_PER_DEGREE);
    }
  return { latitudeDeg, longitudeDeg };
}
