import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { fuzzDecoder, mutate, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { anyFrame } from "./arbitraryFrame.test.ts";
import { notSigned } from "./authentication.ts";
import { encodeCd11Frame } from "./encode.ts";
import { Cd11Splitter, splitCd11Frames } from "./split.ts";

const alert = (message: string) =>
  encodeCd11Frame({
    creator: "TST01",
    destination: "IDC",
    sequence: 1n,
    series: 0,
    payload: { kind: "alert", message },
    authentication: notSigned,
  });

/** What a splitter gives for pieces of the given lengths, over and over. */
function pieces(bytes: Uint8Array, lengths: readonly number[]) {
  const splitter = new Cd11Splitter();
  const frames: Uint8Array[] = [];
  const problems: { readonly code: string; readonly offset?: number }[] = [];
  const take = (found: ReturnType<Cd11Splitter["push"]>) => {
    frames.push(...found.frames);
    problems.push(...found.problems);
  };
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const length = Math.max(1, lengths[i % lengths.length]!);
    take(splitter.push(bytes.subarray(at, at + length)));
    at += length;
  }
  take(splitter.end());
  return { frames, problems, waiting: splitter.waiting };
}

const concat = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const same = (found: readonly Uint8Array[], expected: readonly Uint8Array[]) =>
  assert.deepEqual(found.map(String), expected.map(String));

const frames = fc.array(
  anyFrame.map((frame) => encodeCd11Frame(frame)),
  { maxLength: 6 },
);
const lengths = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });

test("frames come out as they went in, wherever the stream is cut", () => {
  fc.assert(
    fc.property(frames, lengths, (sent, cuts) => {
      const { frames: found, problems, waiting } = pieces(concat(sent), cuts);
      same(found, sent);
      assert.deepEqual(problems, []);
      assert.equal(waiting, 0);
      same(splitCd11Frames(concat(sent)).items, sent);
    }),
    { numRuns: 200 },
  );
});

test("garbage between frames is passed over and told, and every frame is found", () => {
  const garbage = fc.uint8Array({ maxLength: 90 });
  const stream = fc.array(
    fc.tuple(
      garbage,
      anyFrame.map((frame) => encodeCd11Frame(frame)),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(stream, garbage, lengths, (parts, tail, cuts) => {
      const bytes = concat([...parts.flat(), tail]);
      const { frames: found, problems } = pieces(bytes, cuts);
      same(
        found,
        parts.map(([, frame]) => frame),
      );
      const told = [...parts.map(([before]) => before), tail].filter(({ length }) => length > 0);
      assert.deepEqual(
        problems.map(({ code }) => code),
        told.map(() => "cd11.skipped-bytes"),
      );
      const whole = splitCd11Frames(bytes);
      same(whole.items, found);
      assert.deepEqual(whole.problems, problems);
    }),
    { numRuns: 200 },
  );
});

test("a damaged frame is told by its checksum, and the next is found", () => {
  const [first, second, third] = ["one", "two", "three"].map(alert) as [Uint8Array, Uint8Array, Uint8Array];
  const damaged = second.slice();
  damaged[40]! ^= 0x10;
  const { frames: found, problems } = pieces(concat([first, damaged, third]), [7]);
  same(found, [first, third]);
  assert.deepEqual(
    problems.map(({ code, offset }) => [code, offset]),
    [["cd11.crc-mismatch", first.length]],
  );
});

test("a header that claims megabytes does not hold up the frames behind it", () => {
  const good = alert("still here");
  const liar = good.slice(0, 60);
  new DataView(liar.buffer).setInt32(4, 9_000_000);
  const splitter = new Cd11Splitter();
  assert.deepEqual(splitter.push(liar).frames, []);
  assert.deepEqual(splitter.push(good.subarray(0, 30)).frames, []);
  const { frames: found, problems } = splitter.push(good.subarray(30));
  same(found, [good]);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["cd11.skipped-bytes"],
  );
  assert.equal(splitter.waiting, 0);
});

test("headers that all claim to end beyond each other cost linear time and bounded memory", () => {
  const header = alert("x").slice(0, 36);
  const spam = new Uint8Array(4_000_000);
  const view = new DataView(spam.buffer);
  for (let at = 0; at + 36 <= spam.length; at += 36) {
    spam.set(header, at);
    view.setInt32(at + 4, Math.max(36, spam.length - at - 40));
  }
  const before = process.cpuUsage();
  const splitter = new Cd11Splitter();
  for (let at = 0; at < spam.length; at += 65_536) {
    splitter.push(spam.subarray(at, at + 65_536));
    assert.ok(splitter.waiting <= 10_000_000 + 65_536);
  }
  splitter.end();
  splitCd11Frames(spam);
  // Of the processor: 111 000 headers would take minutes if each were tried against all that follow.
  assert.ok(process.cpuUsage(before).user < 20e6);
});

test("a stream without end that holds no frame is told now and then and not kept", () => {
  const random = randomStream(1, "noise");
  const noise = Uint8Array.from({ length: 100_000 }, () => random.integer(256));
  const splitter = new Cd11Splitter();
  let told = 0;
  for (let i = 0; i < 35; i++) {
    told += splitter.push(noise).problems.length;
    assert.ok(splitter.waiting < 36);
  }
  assert.equal(told, 3);
  const { problems } = splitter.end();
  assert.match(problems[0]!.message, /^\d+ bytes belong to no frame/);
});

test("a stream that ends within a frame says so", () => {
  const bytes = concat([alert("one"), alert("two").slice(0, 50)]);
  const { frames: found, problems } = pieces(bytes, [11]);
  same(found, [alert("one")]);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["cd11.truncated"],
  );
});

referenceTest("real frames one after the other, cut anywhere", ["formats/cd11/frames"], (_t, [folder]) => {
  const sent = readdirSync(folder!).map((name) => new Uint8Array(readFileSync(`${folder}/${name}`)));
  for (const length of [1, 2, 36, 37, 1_000, 65_536]) {
    const { frames: found, problems } = pieces(concat(sent), [length]);
    same(found, sent);
    assert.deepEqual(problems, []);
  }
});

const seeds = [concat(["one", "a second message", "three"].map(alert))];
fuzzDecoder(
  "the CD-1.1 splitter, cut at random",
  (bytes) => {
    const random = randomStream(bytes.length, "cuts");
    const cuts = Array.from({ length: 8 }, () => 1 + random.integer(80));
    return { found: pieces(bytes, cuts), whole: splitCd11Frames(bytes) };
  },
  seeds,
  ({ found, whole }) => {
    same(found.frames, whole.items);
    // A header that lies is given up sooner in pieces than in a whole, and told in other words.
    assert.equal(found.problems.length > 0, whole.problems.length > 0);
  },
);
test("mutated frames never pass for good ones", () => {
  const good = new Set(["one", "a second message", "three"].map((message) => String(alert(message))));
  for (let i = 0; i < 500; i++)
    for (const frame of splitCd11Frames(mutate(seeds[0]!, randomStream(i, "pass"))).items) {
      const hasChecksum = frame.subarray(-8).some((byte) => byte !== 0);
      assert.ok(good.has(String(frame)) || !hasChecksum);
    }
});
