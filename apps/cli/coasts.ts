/** Coasts of the maps: Natural Earth at 1 : 110 million, as rings of longitude and latitude. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { feature } from "topojson-client";

type Topology = Parameters<typeof feature>[0];
type Ring = readonly (readonly [lonDeg: number, latDeg: number])[];

export function coasts(): Ring[] {
  const path = fileURLToPath(import.meta.resolve("world-atlas/land-110m.json"));
  const topology = JSON.parse(readFileSync(path, "utf8")) as Topology;
  const land = feature(topology, topology.objects["land"]!);
  const shapes = land.type === "FeatureCollection" ? land.features : [land];
  return shapes.flatMap(({ geometry }) => {
    if (geometry.type === "Polygon") return geometry.coordinates as unknown as Ring[];
    return geometry.type === "MultiPolygon" ? (geometry.coordinates.flat() as unknown as Ring[]) : [];
  });
}
