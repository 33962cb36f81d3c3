import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cheapestMatching, type Edge } from "./assignment.ts";

/** Every set of pairs, one by one: the slow twin. */
function exhaustive(lefts: number, edges: readonly Edge[]): { size: number; cost: number } {
  let best = { size: 0, cost: 0 };
  const walk = (left: number, used: ReadonlySet<number>, size: number, cost: number) => {
    if (size > best.size || (size === best.size && cost < best.cost)) best = { size, cost };
    if (left === lefts) return;
    walk(left + 1, used, size, cost);
    for (const edge of edges)
      if (edge.left === left && !used.has(edge.right))
        walk(left + 1, new Set([...used, edge.right]), size + 1, cost + edge.cost);
  };
  walk(0, new Set(), 0, 0);
  return best;
}

test("as many pairs as possible, and the cheapest of those: every choice tried one by one", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: 0, max: 50 })), { maxLength: 24 }),
      (lefts, rights, list) => {
        const seen = new Set<string>();
        const edges = list.flatMap(([left, right, cost]) => {
          const key = `${left} ${right}`;
          if (left >= lefts || right >= rights || seen.has(key)) return [];
          seen.add(key);
          return [{ left, right, cost }];
        });
        const pairs = cheapestMatching(lefts, rights, edges);
        const best = exhaustive(lefts, edges);
        assert.equal(pairs.length, best.size);
        assert.ok(Math.abs(pairs.reduce((sum, { cost }) => sum + cost, 0) - best.cost) < 1e-9);
        assert.equal(new Set(pairs.map(({ left }) => left)).size, pairs.length);
        assert.equal(new Set(pairs.map(({ right }) => right)).size, pairs.length);
      },
    ),
    { numRuns: 1000 },
  );
});

test("the nearest pair gives way where that makes two pairs of one", () => {
  const edges = [
    { left: 0, right: 0, cost: 0.1 },
    { left: 0, right: 1, cost: 5 },
    { left: 1, right: 0, cost: 4 },
  ];
  assert.deepEqual(
    cheapestMatching(2, 2, edges).map(({ left, right }) => [left, right]),
    [
      [0, 1],
      [1, 0],
    ],
  );
});
