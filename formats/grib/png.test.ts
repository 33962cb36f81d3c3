import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { decodePng, type PngIntegers } from "./png.ts";

const u32 = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
// Checksums of chunks are not looked at.
const chunk = (name: string, body: Iterable<number>) => {
  const bytes = [...body];
  return [...u32(bytes.length), ...Buffer.from(name), ...bytes, 0, 0, 0, 0];
};

const [WIDTH, HEIGHT] = [19, 15];
const pixel = (x: number, y: number) => Math.round(30_000 + 20_000 * Math.sin(x / 4 + y / 3) + ((x * y) % 7));

/** A grey image of 16 bits whose rows take the five filters in turn, as the standard defines them. */
function encode(): Uint8Array {
  const rows = Array.from({ length: HEIGHT }, (_, y) =>
    Array.from({ length: WIDTH }, (_, x) => [pixel(x, y) >> 8, pixel(x, y) & 255]).flat(),
  );
  const filtered = rows.flatMap((row, y) => {
    const filter = y % 5;
    const predicted = row.map((_, i) => {
      const [a, b, c] = [row[i - 2] ?? 0, rows[y - 1]?.[i] ?? 0, rows[y - 1]?.[i - 2] ?? 0];
      const p = a + b - c;
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
      return [0, a, b, Math.floor((a + b) / 2), pa <= pb && pa <= pc ? a : pb <= pc ? b : c][filter]!;
    });
    return [filter, ...row.map((value, i) => (value - predicted[i]! + 256) % 256)];
  });
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", [...u32(WIDTH), ...u32(HEIGHT), 16, 0, 0, 0, 0]),
    ...chunk("tEXt", Buffer.from("Comment")),
    ...chunk("IDAT", deflateSync(Uint8Array.from(filtered))),
    ...chunk("IEND", []),
  ]);
}

function decoded(bytes: Uint8Array, maxSamples: number): PngIntegers {
  const image = decodePng(bytes, maxSamples);
  if (typeof image === "string") assert.fail(image);
  return image;
}

test("rows of every filter come out as the image that went in", () => {
  const image = decoded(encode(), 1000);
  assert.deepEqual([image.width, image.height, image.bits], [WIDTH, HEIGHT, 16]);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const at = y * image.rowBytes + 2 * x;
      assert.equal(image.rows[at]! * 256 + image.rows[at + 1]!, pixel(x, y), `${x}, ${y}`);
    }
  assert.match(String(decodePng(encode(), 100)), /19 by 15 pixels/);
  assert.match(String(decodePng(encode().subarray(0, 200), 1000)), /reaches beyond the data/);
});

referenceTest(
  "real GFS wind in PNG: red and green, scaled to the extremes, reach both ends of their range",
  ["atmosphere/gfs10m_2016"],
  (_t, [folder]) => {
    const names = readdirSync(folder!).filter((name) => name.endsWith(".png"));
    assert.equal(names.length, 9);
    for (const name of names) {
      const image = decoded(readFileSync(join(folder!, name)), 100_000);
      assert.deepEqual([image.width, image.height], [360, 180]);
      for (const channel of [0, 1]) {
        const values = image.rows.filter((_, i) => i % (image.bits / 8) === channel);
        const [least, most] = [values.reduce((m, v) => Math.min(m, v)), values.reduce((m, v) => Math.max(m, v))];
        // The greatest value is rounded up in the description, and so may just miss its end.
        assert.ok(least === 0 && most >= 254, `${name}: ${least} to ${most}`);
      }
    }
  },
);

fuzzDecoder("decodePng", (bytes) => decodePng(bytes, 10_000), [encode()]);
