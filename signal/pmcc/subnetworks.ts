/**
 * The triangles that progressive correlation begins with: small, so that no cycle is skipped, and not too flat, so that they tell a direction.
 */
import type { ElementOffset } from "../fk.ts";

export type Triangle = readonly [number, number, number];

/** Least altitude of a triangle as a share of its longest side. */
const LEAST_SHAPE = 0.2;

export const distanceKm = (a: ElementOffset, b: ElementOffset): number =>
  Math.hypot(a.northKm - b.northKm, a.eastKm - b.eastKm);

/** For each element the smallest well-shaped triangle with it, each once, the smallest first, at most `most`. */
export function initialTriangles(elements: readonly ElementOffset[], most: number): Triangle[] {
  const all = triangles(elements.length)
    .map((corners) => ({ corners, ...measure(corners, elements) }))
    .filter(({ shape }) => shape >= LEAST_SHAPE)
    .sort((a, b) => a.longest - b.longest);
  const chosen = new Set(elements.map((_, i) => all.find(({ corners }) => corners.includes(i))));
  return all
    .filter((triangle) => chosen.has(triangle))
    .slice(0, most)
    .map(({ corners }) => corners);
}

function* pairsBelow(count: number): Generator<readonly [number, number]> {
  for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) yield [a, b];
}

function triangles(count: number): Triangle[] {
  const found: Triangle[] = [];
  for (const [a, b] of pairsBelow(count)) for (let c = b + 1; c < count; c++) found.push([a, b, c]);
  return found;
}

function measure([a, b, c]: Triangle, elements: readonly ElementOffset[]): { longest: number; shape: number } {
  const [p, q, r] = [elements[a]!, elements[b]!, elements[c]!];
  const longest = Math.max(distanceKm(p, q), distanceKm(q, r), distanceKm(r, p));
  const twiceArea = Math.abs(
    (q.northKm - p.northKm) * (r.eastKm - p.eastKm) - (q.eastKm - p.eastKm) * (r.northKm - p.northKm),
  );
  return { longest, shape: longest > 0 ? twiceArea / longest ** 2 : 0 };
}
