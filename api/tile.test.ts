import assert from "node:assert/strict";
import { test } from "node:test";
import { testScale } from "@harken/testing";
import fc from "fast-check";
import { buildEnvelope } from "./envelope.ts";
import { decodeTile, type EnvelopeTile, encodeTile, type SamplesTile, tileColumn } from "./tile.ts";

const channel = { network: "", station: "ARA0", location: "", channel: "SHZ" };
const only = (bytes: Uint8Array) => {
  const { items, problems, consumed } = decodeTile(bytes);
  assert.deepEqual(problems, []);
  assert.equal(consumed, bytes.length);
  return items[0]!;
};

test("the header stands at the documented offsets", () => {
  const tile: EnvelopeTile = {
    kind: "envelope",
    startTime: 1_263_000_000.5,
    endTime: 1_263_000_060.5,
    stepSec: 30,
    scale: 0.25,
    offset: -7,
    unit: "counts",
    columns: Int16Array.of(-3, 4, -32768, -32768),
  };
  const view = new DataView(encodeTile(tile).buffer);
  assert.equal(String.fromCharCode(...new Uint8Array(view.buffer, 0, 4)), "HKT1");
  assert.deepEqual(
    [view.getUint16(4, true), view.getUint16(6, true), view.getUint32(8, true), view.getUint32(12, true)],
    [1, 1, 64, 2],
  );
  assert.deepEqual(
    [16, 24, 32, 40, 48].map((at) => view.getFloat64(at, true)),
    [1_263_000_000.5, 30, 0.25, -7, 1_263_000_060.5],
  );
  assert.equal(String.fromCharCode(...new Uint8Array(view.buffer, 56, 8)), "counts\0\0");
  assert.deepEqual([view.getInt16(64, true), view.getInt16(66, true)], [-3, 4]);
  const back = only(new Uint8Array(view.buffer)) as EnvelopeTile;
  assert.deepEqual(back, tile);
  assert.deepEqual(tileColumn(back, 0), { min: -7.75, max: -6 });
  assert.equal(tileColumn(back, 1), null);
});

test("an envelope holds the smallest and largest sample of every column within half a quantum, by a direct count", () => {
  const sample = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(
      fc.array(sample, { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: -50, max: 50 }),
      (values, columnCount, shift) => {
        const segment = { channel, startTime: 1000 + shift, sampleRateHz: 1, samples: Int32Array.from(values) };
        const [from, to] = [1000.5, 1000.5 + 5 * columnCount];
        const tile = only(encodeTile(buildEnvelope([segment], from, to, columnCount))) as EnvelopeTile;
        for (let column = 0; column < columnCount; column++) {
          const inside = values.filter((_, i) => {
            const time = 1000 + shift + i;
            return time >= from + 5 * column && time < from + 5 * (column + 1);
          });
          const drawn = tileColumn(tile, column);
          if (inside.length === 0) {
            assert.equal(drawn, null);
            continue;
          }
          assert.ok(drawn);
          const tolerance = tile.scale * 0.5000001 + 1e-6;
          assert.ok(Math.abs(drawn.min - Math.min(...inside)) <= tolerance);
          assert.ok(Math.abs(drawn.max - Math.max(...inside)) <= tolerance);
        }
      },
    ),
    { numRuns: testScale(5000, 300) },
  );
});

test("zoomed in beyond the sample rate, the columns lie on the straight line between the samples", () => {
  const segment = { channel, startTime: 0, sampleRateHz: 1, samples: Float64Array.of(0, 100, 50) };
  const tile = buildEnvelope([segment], 0, 2, 40);
  for (let column = 1; column < 20; column++) {
    const drawn = tileColumn(tile, column)!;
    assert.ok(Math.abs(drawn.min - 100 * ((column + 0.5) / 20)) < 0.01, `column ${column}`);
  }
});

test("samples come back bit for bit, gaps as separate segments", () => {
  const values = fc.array(fc.float({ noNaN: true }), { maxLength: 50 }).map((list) => Float32Array.from(list));
  fc.assert(
    fc.property(fc.array(values, { maxLength: 5 }), (parts) => {
      const tile: SamplesTile = {
        kind: "samples",
        startTime: 5,
        endTime: 90,
        unit: "nm",
        segments: parts.map((samples, i) => ({ startTime: 5 + 10 * i, sampleRateHz: 40, samples })),
      };
      assert.deepEqual(only(encodeTile(tile)), tile);
    }),
  );
});

test("hostile bytes give a tile or a named problem, never an exception", () => {
  const good = [
    encodeTile(
      buildEnvelope(
        [{ channel, startTime: 0, sampleRateHz: 10, samples: Int32Array.of(1, 2, 3, 4) } as never],
        0,
        1,
        4,
      ),
    ),
    encodeTile({
      kind: "samples",
      startTime: 0,
      endTime: 1,
      unit: "counts",
      segments: [{ startTime: 0, sampleRateHz: 4, samples: Float32Array.of(1, 2, 3) }],
    }),
  ];
  const mutation = fc.tuple(
    fc.integer({ min: 0, max: 1 }),
    fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
    fc.nat(120),
  );
  fc.assert(
    fc.property(mutation, ([which, changes, length]) => {
      const bytes = good[which]!.slice(0, length);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      const { items, problems, consumed } = decodeTile(bytes);
      assert.ok(items.length === 1 || problems.length > 0);
      assert.ok(consumed <= bytes.length);
    }),
    { numRuns: testScale(100_000, 2_000) },
  );
});
