/** `harken convert` as a user runs it: every format that is written, what is said to be lost, and refusals. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { type Bulletin, preferredOrigin, type WaveformSegment } from "@harken/core";
import { encodeSac, readFile, writeMiniSeed2, writeMiniSeed3 } from "@harken/formats";
import { combineBulletins } from "./combine.ts";
import { lossesOf } from "./convert/losses.ts";
import type { Material } from "./convert/targets.ts";
import { listFiles, loadFile } from "./input.ts";
import { harken, makeRecordings } from "./testCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-convert-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const recordings = makeRecordings(folder);
const source = recordings.files[0]!;
const original = loadFile(source).contents.segments;

async function convert(...args: string[]) {
  const { status, stdout, stderr } = await harken("convert", ...args, "--quiet");
  assert.equal(status, 0, stderr);
  const lines = stdout.trimEnd().split("\n");
  const after = (start: string) =>
    lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
  return { wrote: after("Wrote ").map((line) => line.split(" (")[0]!), lost: after("Not carried over: ") };
}

const byChannel = (segments: readonly WaveformSegment[]) =>
  segments
    .map(({ channel, startTime, sampleRateHz, samples }) => ({
      code: channel.channel,
      startTime,
      sampleRateHz,
      samples,
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));

const withMetadata = ["--metadata", recordings.metadata];
const waveformTargets: [ending: string, options: string[], written: string[], lost: RegExp[]][] = [
  ["ms3", [], ["x.ms3"], []],
  ["mseed", withMetadata, ["x.mseed"], [/does not carry places of sites/, /does not carry instrument responses/]],
  ["cm6", withMetadata, ["x.cm6"], [/does not carry instrument responses \(\d+\)/]],
  ["int", [], ["x.int"], [/does not carry network codes/]],
  ["wfdisc", [], ["x.wfdisc", "x.w"], [/does not carry network codes \(3\)/]],
  [
    "sac",
    withMetadata,
    ["x.IM.MJAR..BHZ.1.sac", "x.IM.MJAR..BHN.2.sac", "x.IM.MJAR..BHE.3.sac"],
    [/instrument responses/],
  ],
];

for (const [ending, options, written, lost] of waveformTargets) {
  test(`waveforms to .${ending}: the same samples come back, and what is lost is said`, async () => {
    const target = join(folder, ending);
    const { wrote, lost: said } = await convert(source, join(target, `x.${ending}`), ...options);
    assert.deepEqual(
      wrote.map((path) => basename(path)),
      written,
    );
    assert.deepEqual(readdirSync(target).sort(), written.toSorted());
    const files = wrote.filter((path) => !path.endsWith(".w")).map((path) => loadFile(path).contents);
    const found = byChannel(files.flatMap(({ segments }) => segments));
    for (const [i, expected] of byChannel(original).entries()) {
      assert.equal(found[i]!.code, expected.code);
      assert.ok(Math.abs(found[i]!.startTime - expected.startTime) < 1e-3);
      assert.deepEqual(Array.from(found[i]!.samples), Array.from(expected.samples));
    }
    for (const words of lost)
      assert.ok(
        said.some((line) => words.test(line)),
        `${words} in ${said.join("; ")}`,
      );
    if (lost.length === 0) assert.deepEqual(said, []);
  });
}

test("station metadata: StationXML to SAC pole-zero files, to CSS3.0 tables, and back", async () => {
  const inventory = loadFile(recordings.metadata).contents;
  const sacpz = join(folder, "stations.sacpz");
  assert.deepEqual((await convert(recordings.metadata, sacpz)).wrote, [sacpz]);
  assert.equal(loadFile(sacpz).contents.channels.length, inventory.channels.length);
  const { wrote, lost } = await convert(recordings.metadata, join(folder, "tables", "net.site"));
  assert.deepEqual(wrote.map((path) => basename(path)).sort(), ["net.site", "net.sitechan"]);
  assert.ok(lost.some((line) => /instrument responses/.test(line)));
  const again = join(folder, "again.xml");
  await convert(join(folder, "tables"), again);
  const places = (path: string) =>
    new Map(loadFile(path).contents.channels.map(({ id, ...place }) => [`${id.station} ${id.channel}`, place]));
  const [expected, found] = [places(recordings.metadata), places(again)];
  assert.deepEqual([...found.keys()].sort(), [...expected.keys()].sort());
  for (const [name, { latitudeDeg, longitudeDeg }] of expected) {
    // The columns of the table site have four decimals.
    assert.ok(Math.abs(found.get(name)!.latitudeDeg - latitudeDeg) <= 5.1e-5, name);
    assert.ok(Math.abs(found.get(name)!.longitudeDeg - longitudeDeg) <= 5.1e-5, name);
  }
});

const bulletin = join(folder, "bulletin");
before(async () => {
  const { status, stderr } = await harken(
    "process",
    join(folder, "data"),
    ...withMetadata,
    "--out",
    bulletin,
    "--quiet",
  );
  assert.equal(status, 0, stderr);
});

test("bulletins: QuakeML, IMS and CSS3.0 tables into each other, the event the same", async () => {
  const tables = join(folder, "css");
  mkdirSync(tables);
  for (const name of readdirSync(bulletin).filter((file) => !/\.(ims|xml)$/.test(file)))
    writeFileSync(join(tables, name), readFileSync(join(bulletin, name)));
  const origin = preferredOrigin(loadFile(join(bulletin, "bulletin.xml")).contents.bulletin!.events[0]!);
  for (const [name, from] of Object.entries({
    xml: join(bulletin, "bulletin.xml"),
    ims: join(bulletin, "bulletin.ims"),
    css: tables,
  })) {
    for (const to of ["quakeml", "ims", "origin"]) {
      const target = join(folder, `${name}-${to}`);
      const { wrote, lost } = await convert(from, join(target, `b.${to}`));
      const found = preferredOrigin(readBulletin(target).events[0]!);
      assert.ok(Math.abs(found.time - origin.time) < 0.02, `${name} to ${to}`);
      assert.ok(Math.abs(found.latitudeDeg - origin.latitudeDeg) < 1e-3, `${name} to ${to}`);
      assert.equal(found.associations.length, origin.associations.length, `${name} to ${to}`);
      if (to === "quakeml")
        assert.deepEqual(
          lost.filter((line) => /events|origins|arrivals\./.test(line)),
          [],
        );
      assert.ok(wrote.length >= 1);
    }
  }
  const { lost } = await convert(join(bulletin, "bulletin.xml"), join(folder, "short.ims"));
  assert.ok(
    lost.some((line) => /^\d+ of \d+ arrivals are not in the output/.test(line)),
    "arrivals of no event",
  );
});

test("the files of one bulletin in several formats are one bulletin, and strangers of the same names are refused", () => {
  const files = listFiles([bulletin]).map((file) => loadFile(file).contents);
  const alone = files.find(({ format }) => format === "quakeml")!;
  assert.deepEqual(combineBulletins(files), alone.bulletin);
  const moved = { ...alone.bulletin!, arrivals: alone.bulletin!.arrivals.map((a) => ({ ...a, time: a.time + 60 })) };
  assert.match(String(combineBulletins([{ ...alone, format: "ims", bulletin: moved }, alone])), /for different things/);
});

/** The bulletin in the files of a folder. */
function readBulletin(target: string): Bulletin {
  const bulletin = combineBulletins(listFiles([target]).map((file) => loadFile(file).contents));
  assert.ok(bulletin !== null && typeof bulletin !== "string");
  return bulletin;
}

test("--json", async () => {
  const { status, stdout } = await harken("convert", source, join(folder, "j.ms3"), "--json", "--quiet");
  assert.equal(status, 0);
  const { format, written, notCarriedOver, inputs } = JSON.parse(stdout);
  assert.deepEqual([format, written, notCarriedOver, inputs.length], ["miniseed3", [join(folder, "j.ms3")], [], 1]);
});

test("samples that lose digits are counted", () => {
  const material = (samples: WaveformSegment["samples"]): Material => ({
    segments: [{ channel: original[0]!.channel, startTime: 0, sampleRateHz: 1, samples }],
    ...{ channels: [], stations: [], bulletin: null },
  });
  const before = material(Int32Array.of(1, 2 ** 24 + 1, 2 ** 30 + 3));
  const { segments } = readFile(encodeSac(before.segments[0]!), "x.sac");
  assert.deepEqual(lossesOf(before, { ...before, segments }, "SAC"), [
    "2 samples lost their last digits: SAC keeps fewer.",
  ]);
});

test("refusals say why and what else could be done", async () => {
  const floats = join(folder, "floats.mseed");
  const long = join(folder, "long.ms3");
  const segment = { ...original[0]!, samples: Float32Array.of(0.5, 1.5) };
  writeFileSync(floats, writeMiniSeed2([segment]));
  const channel = { ...segment.channel, station: "LONGSTATION" };
  writeFileSync(long, writeMiniSeed3([{ ...segment, channel }]));
  const text = join(folder, "plain.txt");
  writeFileSync(text, "text");
  const cases: [string[], number, RegExp][] = [
    [
      [floats, join(folder, "o.cm6")],
      3,
      /^CANNOT_CONVERT: .*floats.mseed cannot be written as IMS2.0 waveform, CM6\..*miniseed2/,
    ],
    [[long, join(folder, "o.mseed")], 3, /^CANNOT_CONVERT: .*LONGSTATION.*miniseed3/],
    [
      [source, join(folder, "o.qml")],
      3,
      /^CANNOT_CONVERT: .*QuakeML 1\.2\. That format holds a bulletin; the input holds waveforms/,
    ],
    [
      [recordings.metadata, join(folder, "o.sac")],
      3,
      /^CANNOT_CONVERT: .*holds waveforms; the input holds station metadata/,
    ],
    [[text, join(folder, "o.mseed")], 3, /^CANNOT_CONVERT: .*nothing that could be read/],
    [
      [source, join(folder, "o.png")],
      3,
      /^CANNOT_CONVERT: .*ending \.png tells no format; name one with --to: miniseed2, /,
    ],
    [[source, join(folder, "o"), "--to", "gif"], 2, /^BAD_OPTION: --to cannot be gif\. The formats are miniseed2, /],
    [[source, join(text, "o.mseed")], 4, /^NOT_WRITABLE: /],
    [[join(folder, "none"), join(folder, "o.mseed")], 2, /^NOT_FOUND: /],
    [[source], 2, /missing required argument/],
  ];
  for (const [args, status, words] of cases) {
    const ran = await harken("convert", ...args, "--quiet");
    assert.equal(ran.status, status, `${args.join(" ")}: ${ran.stderr}`);
    assert.match(ran.stderr, words);
  }
});
