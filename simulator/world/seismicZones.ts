/**
 * Where the simulated world has its earthquakes: belts along the plate boundaries, each a line of points with a width, a range of depths and
 * a share of the world's activity. The lines follow the well-known map of seismicity and plate boundaries (Gutenberg and Richter 1954,
 * Seismicity of the Earth; Bird 2003, doi:10.1029/2001GC000252) to about a degree; the shares are of the right order and no more.
 */

export interface SeismicZone {
  readonly name: string;
  /** Points of the belt's middle line: latitude, longitude, deg. */
  readonly line: readonly (readonly [latitudeDeg: number, longitudeDeg: number])[];
  /** Standard deviation of the distance from the line, deg. */
  readonly widthDeg: number;
  readonly minDepthKm: number;
  readonly maxDepthKm: number;
  /** Relative count of earthquakes. */
  readonly weight: number;
  /** How a typical earthquake moves: thrust, normal fault or sideways. */
  readonly style: "thrust" | "normal" | "strike-slip";
}

export const seismicZones: readonly SeismicZone[] = [
  {
    ...{ name: "Aleutian and Alaskan arc", widthDeg: 0.8, minDepthKm: 5, maxDepthKm: 120, weight: 8, style: "thrust" },
    line: [
      [52, 172],
      [51.3, -178],
      [52.5, -170],
      [54.5, -161],
      [57, -154],
      [61, -149],
    ],
  },
  {
    ...{ name: "Kamchatka and Kurils", widthDeg: 0.8, minDepthKm: 8, maxDepthKm: 180, weight: 9, style: "thrust" },
    line: [
      [55, 162],
      [51, 158.5],
      [47, 154],
      [44, 148],
    ],
  },
  {
    ...{ name: "Japan", widthDeg: 0.9, minDepthKm: 8, maxDepthKm: 150, weight: 9, style: "thrust" },
    line: [
      [42, 144],
      [38, 142.5],
      [35, 141],
    ],
  },
  {
    ...{ name: "Izu, Bonin, Mariana", widthDeg: 0.8, minDepthKm: 10, maxDepthKm: 450, weight: 6, style: "thrust" },
    line: [
      [33, 140.5],
      [27, 142],
      [20, 146],
      [13, 145],
    ],
  },
  {
    ...{ name: "Philippines", widthDeg: 0.9, minDepthKm: 10, maxDepthKm: 200, weight: 7, style: "thrust" },
    line: [
      [22, 121.5],
      [16, 120],
      [10, 126],
      [4, 127],
    ],
  },
  {
    ...{ name: "Sumatra and Java", widthDeg: 0.9, minDepthKm: 10, maxDepthKm: 180, weight: 9, style: "thrust" },
    line: [
      [5, 94.5],
      [-1, 98.5],
      [-6, 103],
      [-9, 112],
      [-9, 120],
    ],
  },
  {
    ...{ name: "New Guinea and Solomons", widthDeg: 0.9, minDepthKm: 8, maxDepthKm: 120, weight: 8, style: "thrust" },
    line: [
      [-3, 139],
      [-5.5, 146],
      [-5.5, 152],
      [-8.5, 158],
      [-11, 164],
    ],
  },
  {
    ...{ name: "Tonga and Kermadec", widthDeg: 1.2, minDepthKm: 10, maxDepthKm: 600, weight: 10, style: "thrust" },
    line: [
      [-15, -174],
      [-20, -175.5],
      [-26, -177],
      [-32, -178.5],
    ],
  },
  {
    ...{ name: "Chile and Peru", widthDeg: 0.9, minDepthKm: 10, maxDepthKm: 200, weight: 9, style: "thrust" },
    line: [
      [-8, -79],
      [-16, -73],
      [-23, -69.5],
      [-33, -71.5],
    ],
  },
  {
    ...{ name: "Middle America", widthDeg: 0.7, minDepthKm: 10, maxDepthKm: 120, weight: 6, style: "thrust" },
    line: [
      [18, -103],
      [15.5, -96],
      [13, -90],
      [9, -84],
    ],
  },
  {
    ...{ name: "Himalaya and Pamir", widthDeg: 1, minDepthKm: 5, maxDepthKm: 150, weight: 5, style: "thrust" },
    line: [
      [37.5, 71.5],
      [34, 75],
      [29, 83],
      [27, 92],
    ],
  },
  {
    ...{ name: "Iran and Caucasus", widthDeg: 1.2, minDepthKm: 5, maxDepthKm: 30, weight: 4, style: "strike-slip" },
    line: [
      [41, 46],
      [35, 47],
      [29, 52],
      [27.5, 57],
    ],
  },
  {
    ...{ name: "Aegean and Anatolia", widthDeg: 0.9, minDepthKm: 5, maxDepthKm: 40, weight: 3, style: "normal" },
    line: [
      [38, 21],
      [36, 27],
      [40.5, 30],
      [39.5, 40],
    ],
  },
  {
    ...{ name: "California", widthDeg: 0.5, minDepthKm: 3, maxDepthKm: 15, weight: 2, style: "strike-slip" },
    line: [
      [40.3, -124.5],
      [36, -120.5],
      [32.5, -115.5],
    ],
  },
  {
    ...{ name: "Mid-Atlantic Ridge", widthDeg: 0.3, minDepthKm: 5, maxDepthKm: 12, weight: 5, style: "normal" },
    line: [
      [60, -29],
      [35, -36],
      [15, -46],
      [0, -18],
      [-30, -13.5],
    ],
  },
  {
    ...{ name: "Indian Ocean ridges", widthDeg: 0.3, minDepthKm: 5, maxDepthKm: 12, weight: 4, style: "strike-slip" },
    line: [
      [10, 57],
      [-12, 66],
      [-26, 70],
      [-41, 88],
    ],
  },
];
