import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { connectedGroups } from "./connected.ts";

test("two are in one group exactly when a walk over the pairs leads from one to the other", () => {
  const member = fc.integer({ min: 0, max: 14 });
  fc.assert(
    fc.property(fc.array(fc.tuple(member, member), { maxLength: 20 }), (pairs) => {
      const joined = connectedGroups(15);
      for (const [one, other] of pairs) joined.join(one, other);
      const groups = joined.groups();
      const reached = (start: number) => {
        const seen = new Set([start]);
        for (let round = 0; round < 15; round++)
          for (const [one, other] of pairs) if (seen.has(one) || seen.has(other)) seen.add(one).add(other);
        return [...seen].sort((a, b) => a - b);
      };
      assert.deepEqual(
        groups.flat().sort((a, b) => a - b),
        [...Array(15).keys()],
      );
      for (const group of groups) assert.deepEqual(group, reached(group[0]!));
      const firsts = groups.map(([first]) => first!);
      assert.deepEqual(
        firsts,
        firsts.toSorted((a, b) => a - b),
      );
    }),
  );
  assert.deepEqual(connectedGroups(0).groups(), []);
});
