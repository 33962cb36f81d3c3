import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type ChannelId, epoch, randomStream, type Samples, type WaveformSegment } from "@harken/core";
import { readFile } from "@harken/formats";
import { testScale } from "@harken/testing";
import fc from "fast-check";
import { openArchive, readWaveforms, repairArchive, sdsPath, splitByDay } from "./archive.ts";
import { openStore } from "./database.ts";
import { lockFolder } from "./folderLock.ts";
import { indexedFileSizes, putPieces, summariseIndex } from "./waveformIndex.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-archive-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const stamp = { runId: 1, now: 0 };
const shz: ChannelId = { network: "IM", station: "ARA0", location: "", channel: "SHZ" };

test("the path is that of the SDS definition (SeisComP documentation), and no code climbs out of the folder", () => {
  assert.deepEqual(sdsPath({ network: "IU", station: "ANMO", location: "00", channel: "BHZ" }, epoch(2018, 1, 1)), {
    folder: "2018/IU/ANMO/BHZ.D",
    file: "IU.ANMO.00.BHZ.D.2018.001",
  });
  const hostile = sdsPath({ network: "..", station: "../../etc", location: "/", channel: "a\0b" }, 0);
  assert.doesNotMatch(
    `${hostile.folder}/${hostile.file}`.replaceAll(".D", "").replaceAll(".1970.001", ""),
    /\.\.\/|\0/,
  );
  assert.equal(sdsPath({ ...shz, network: "" }, 0).folder, "1970/--/ARA0/SHZ.D");
});

test("segments are split so that every sample stands in its own day's file", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 86_400 * 3, noNaN: true }),
      fc.constantFrom(0.001, 0.1, 1, 20, 40.000001),
      fc.integer({ min: 1, max: 400 }),
      (startTime, sampleRateHz, count) => {
        const samples = Int32Array.from({ length: count }, (_, i) => i);
        const parts = splitByDay({ channel: shz, startTime, sampleRateHz, samples });
        assert.deepEqual(
          parts.flatMap((part) => [...part.samples]),
          [...samples],
        );
        for (const part of parts) {
          const last = part.startTime + (part.samples.length - 1) / sampleRateHz;
          // A sample within a microsecond of midnight may stand on either side.
          assert.ok(
            Math.floor(part.startTime / 86_400 + 1e-10) === Math.floor(last / 86_400 - 1e-10) ||
              last - part.startTime < 1e-6,
          );
        }
      },
    ),
  );
});

const samplesShape: fc.Arbitrary<Samples> = fc.oneof(
  fc
    .array(fc.integer({ min: -(2 ** 27), max: 2 ** 27 }), { minLength: 1, maxLength: 300 })
    .map((list) => Int32Array.from(list)),
  // Too far apart for Steim's differences.
  fc
    .array(fc.constantFrom(-(2 ** 31), -1, 0, 2 ** 30, 2 ** 31 - 1), { minLength: 1, maxLength: 300 })
    .map((list) => Int32Array.from(list)),
  fc
    .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 300 })
    .map((list) => Float32Array.from(list)),
);

test("what was appended is read back: any pieces, any window, contiguous pieces joined", async () => {
  const root = join(folder, "window");
  const archive = openArchive(root);
  let station = 0;
  const gap = fc.constantFrom(0, 0, 0, 5);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(samplesShape, gap), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 600 }),
      fc.integer({ min: 1, max: 600 }),
      async (parts, skip, length) => {
        const store = await openStore({ file: ":memory:" });
        const channel = { ...shz, station: `S${station++}` };
        let at = 86_400 - 200;
        const truth: { time: number; value: number }[] = [];
        for (const [samples, gapSamples] of parts) {
          const segment: WaveformSegment = { channel, startTime: at, sampleRateHz: 1, samples };
          samples.forEach((value, i) => {
            truth.push({ time: at + i, value });
          });
          const pieces = await archive.append([segment]);
          await store.transaction((writer) => putPieces(writer, pieces, stamp));
          at += samples.length + gapSamples;
        }
        const [from, to] = [86_400 - 200 + skip, 86_400 - 200 + skip + length];
        const read = await readWaveforms(store.db, archive, channel, from, to);
        const got = read.flatMap(({ startTime, samples }) =>
          Array.from(samples, (value, i) => ({ time: startTime + i, value })),
        );
        assert.deepEqual(
          got,
          truth.filter(({ time }) => time >= from && time < to),
        );
        for (const [i, { startTime }] of read.entries()) {
          const before = read[i - 1];
          if (!before || before.samples.constructor !== read[i]!.samples.constructor) continue;
          assert.ok(
            startTime - before.startTime - before.samples.length > 1,
            "two segments that follow each other were not joined",
          );
        }
        await store.close();
      },
    ),
    { numRuns: testScale(400, 40) },
  );
});

test("appending the same stretch twice gives one index row; the tail of a crash is cut off at the start", async () => {
  const root = join(folder, "repair");
  const archive = openArchive(root);
  const store = await openStore({ file: ":memory:" });
  const segment = { channel: shz, startTime: 1000, sampleRateHz: 20, samples: Int32Array.of(5, 6, 7) };
  const index = async () =>
    store.transaction(async (writer) => putPieces(writer, await archive.append([segment]), stamp));
  assert.equal(await index(), 1);
  const { folder: sub, file } = sdsPath(shz, 1000);
  const path = join(root, sub, file);
  const good = statSync(path).size;
  assert.equal(await index(), 0);
  assert.equal((await summariseIndex(store.db)).samples, 3);
  appendFileSync(path, "half a record");
  const first = readFileSync(path).subarray(0, 512);
  const aside = join(folder, "aside");
  const repair = async () => repairArchive(root, await indexedFileSizes(store.db), aside);
  assert.equal(await repair(), 512 + 13);
  assert.equal(statSync(path).size, good);
  assert.equal(await repair(), 0);
  // A file of which nothing is indexed, and the same tail again.
  const stray = join(root, sub, "stray");
  writeFileSync(stray, "of another program");
  appendFileSync(path, "again");
  assert.equal(await repair(), 18 + 5);
  assert.ok(!existsSync(stray));
  const kept = (name: string) => readFileSync(join(aside, name));
  assert.deepEqual(kept(`${file}.512.1`), Buffer.concat([first, Buffer.from("half a record")]));
  assert.deepEqual([String(kept(`${file}.512.2`)), String(kept("stray.0.1"))], ["again", "of another program"]);
  const [read] = await readWaveforms(store.db, archive, shz, 0, 1e9);
  assert.deepEqual([...read!.samples], [5, 6, 7]);
  await store.close();
});

test("a day's file is miniSEED that any reader takes whole: records of 512 bytes, the kinds of samples, times to a microsecond", async () => {
  const root = join(folder, "records");
  const archive = openArchive(root);
  const random = randomStream(1, "records");
  const noise = (length: number) => Array.from({ length }, () => Math.round(1000 * random.normal()));
  const kinds: [string, Samples, number, number][] = [
    ["BHZ", Int32Array.from(noise(5000)), 11, 40],
    ["BHN", Float32Array.from(noise(5000), (value) => value / 3), 4, 20],
    ["BHE", Float64Array.from(noise(5000), (value) => value / 3), 5, 0.1],
  ];
  for (const [code, samples, encoding, sampleRateHz] of kinds) {
    const channel = { ...shz, channel: code };
    const startTime = epoch(2026, 5, 25) + 0.123456;
    const half = { channel, startTime, sampleRateHz, samples: samples.slice(0, 2) };
    const rest = { ...half, startTime: startTime + 2 / sampleRateHz, samples: samples.slice(2) };
    const pieces = [...(await archive.append([half])), ...(await archive.append([rest]))];
    const path = join(root, pieces[0]!.folder, pieces[0]!.file);
    const bytes = readFileSync(path);
    assert.equal(pieces.length, 2);
    assert.equal(bytes.length % 512, 0);
    for (let at = 0; at < bytes.length; at += 512) {
      // SEED 2.4 manual, fixed section: number, quality, codes; blockette 1000 at 48 with encoding, order and length.
      const header = bytes.toString("latin1", at, at + 20);
      assert.match(header, /^\d{6}D ARA0 {3}BH.IM$/);
      assert.deepEqual([bytes.readUInt16BE(at + 48), bytes[at + 52], bytes[at + 54]], [1000, encoding, 9]);
    }
    const { format, segments, problems } = readFile(bytes, pieces[0]!.file);
    assert.deepEqual([format, problems], ["miniseed2", []]);
    assert.equal(segments.length, 1);
    assert.deepEqual(segments[0]!.channel, channel);
    assert.ok(Math.abs(segments[0]!.startTime - startTime) < 1.5e-6);
    assert.deepEqual(segments[0]!.samples, samples);
    assert.deepEqual(
      await Promise.all(pieces.map((piece) => archive.read(piece))),
      [half, rest],
      "the index keeps the times whole",
    );
  }
});

test("codes longer than miniSEED 2 has room for stand in miniSEED 3", async () => {
  const archive = openArchive(join(folder, "long"));
  const segment = {
    channel: { network: "NETWORK", station: "STATION9", location: "001", channel: "BHZ" },
    ...{ startTime: 1e9 + 0.5, sampleRateHz: 20, samples: Int32Array.of(1, -5, 9) },
  };
  const [piece] = await archive.append([segment]);
  assert.deepEqual(await archive.read(piece!), segment);
  const { format, segments } = readFile(readFileSync(join(folder, "long", piece!.folder, piece!.file)), piece!.file);
  assert.equal(format, "miniseed3");
  assert.deepEqual(segments[0]!.channel, segment.channel);
});

test("changed, shortened and missing files are named, never read as data", async () => {
  const root = join(folder, "damage");
  const archive = openArchive(root);
  const [piece] = await archive.append([
    { channel: shz, startTime: 0, sampleRateHz: 1, samples: Int32Array.of(1, 2, 3) },
  ]);
  const path = join(root, piece!.folder, piece!.file);
  const good = readFileSync(path);
  for (const bytes of [Buffer.concat([good.subarray(0, -1), Buffer.of(good.at(-1)! ^ 1)]), good.subarray(0, -1)]) {
    writeFileSync(path, bytes);
    await assert.rejects(archive.read(piece!), { code: "ARCHIVE_DAMAGED" });
  }
  rmSync(path);
  await assert.rejects(archive.read(piece!), { code: "ARCHIVE_DAMAGED" });
  assert.deepEqual(readdirSync(join(root, piece!.folder)), []);
});

test("a data folder has one user at a time", () => {
  const lock = lockFolder(folder);
  assert.throws(() => lockFolder(folder), { code: "FOLDER_IN_USE" });
  lock.release();
  lockFolder(folder).release();
});
