import assert from "node:assert/strict";
import { test } from "node:test";
import { StreamPlaces } from "./streamPlaces.ts";

test("places of each server, kept as texts since they may have 64 bits; only what changed is given out", () => {
  const places = new StreamPlaces();
  places.safe("one:18000", "XX_AAA", 2n ** 63n + 5n);
  places.safe("one:18000", "XX_BBB", 7n);
  places.safe("one:18000", "XX_BBB", 8n);
  const kept = places.takeChanged();
  assert.deepEqual(kept, [{ name: "one:18000", state: { XX_AAA: "9223372036854775813", XX_BBB: "8" } }]);
  assert.deepEqual(places.takeChanged(), []);
  const again = new StreamPlaces();
  again.restore("one:18000", JSON.parse(JSON.stringify(kept[0]!.state)));
  assert.deepEqual([...again.of("one:18000")], [...places.of("one:18000")]);
  assert.deepEqual(again.takeChanged(), [], "what was restored is kept already");
  assert.equal(again.of("two:18000").size, 0);
});
