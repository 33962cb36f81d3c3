/** `harken tune` as a user runs it: on recordings of a simulated event, and on those of a nuclear test with its published time and place. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { referenceTest } from "@harken/testing";
import type { StationYield } from "@harken/waveform";
import { harken, makeRecordings } from "./testCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-tune-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  readonly eventsFrom: "given" | "built";
  readonly studies: readonly {
    readonly factor: number;
    readonly events: number;
    readonly stations: readonly StationYield[];
    readonly all: StationYield;
  }[];
}

async function tune(...args: string[]): Promise<Answer> {
  const { status, stdout, stderr } = await harken("tune", ...args, "--json", "--quiet");
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Answer;
}

test("a simulated event at ten stations: fewer detections and more of them in events the higher the thresholds, no first wave missed", async () => {
  const { metadata, stations } = makeRecordings(folder);
  const data = join(folder, "data");
  const { eventsFrom, studies } = await tune(data, "--metadata", metadata, "--factors", "2,0.7,1");
  assert.equal(eventsFrom, "built");
  assert.deepEqual(
    studies.map(({ factor }) => factor),
    [0.7, 1, 2],
  );
  for (const { all, stations: own, events } of studies) {
    assert.equal(events, 1);
    assert.deepEqual(own.map(({ station }) => station).sort(), [...stations].sort());
    // 0.3 h each; every station of them sees the event.
    assert.ok(Math.abs(all.hours - 3) < 0.01, String(all.hours));
    assert.deepEqual([all.due, all.missed], [10, 0]);
    assert.equal(
      all.detections,
      own.reduce((sum, { detections }) => sum + detections, 0),
    );
  }
  const [low, usual, high] = studies.map(({ all }) => all) as [StationYield, StationYield, StationYield];
  assert.ok(low.detections > usual.detections && usual.detections > high.detections);
  assert.ok(low.associatedShare! < usual.associatedShare! && usual.associatedShare! < high.associatedShare!);
  const words = await harken("tune", data, "--metadata", metadata, "--factors", "1", "--quiet");
  assert.match(words.stdout, /^all +1\.00 +3\.0 /m);
  assert.match(words.stdout, /Events built: 1 \(x1\)/);
});

test("options that cannot be are refused with what to write, and a file without events is named", async () => {
  for (const factors of ["", "0.5,1", "1,x", "9"]) {
    const { status, stderr } = await harken("tune", folder, "--factors", factors);
    assert.equal(status, 2, factors);
    assert.match(stderr, /BAD_OPTION.*factors from 0\.6 to 4/);
  }
  const empty = join(folder, "empty.txt");
  writeFileSync(empty, "no bulletin");
  const { status, stderr } = await harken("tune", folder, "--events", empty, "--quiet");
  assert.equal(status, 3);
  assert.match(stderr, /NO_EVENTS.*empty\.txt/);
});

const set = "waveforms/dprk-2009-2016/2013-02-12-mb51-north-korea";
referenceTest(
  "the nuclear test of 2013-02-12 at open stations, by its time and place of Yang et al. 2021: none of the seven first waves missed as configured, some with thresholds four times as high",
  [set],
  async (t, [path]) => {
    const events = join(folder, "event.xml");
    writeFileSync(
      events,
      `<?xml version="1.0"?><q:quakeml xmlns:q="http://quakeml.org/xmlns/quakeml/1.2" xmlns="http://quakeml.org/xmlns/bed/1.2"><eventParameters publicID="smi:x/p"><event publicID="smi:x/e"><origin publicID="smi:x/o"><time><value>2013-02-12T02:57:51.283Z</value></time><latitude><value>41.2931</value></latitude><longitude><value>129.0745</value></longitude><depth><value>0</value></depth></origin></event></eventParameters></q:quakeml>`,
    );
    const { eventsFrom, studies } = await tune(path!, "--events", events, "--factors", "1,4");
    for (const { factor, all } of studies) t.diagnostic(`x${factor} ${JSON.stringify(all)}`);
    const [usual, high] = studies.map(({ all }) => all) as [StationYield, StationYield];
    assert.equal(eventsFrom, "given");
    assert.deepEqual([usual.due, usual.missed, high.due], [7, 0, 7]);
    assert.ok(high.missed > 0);
    assert.ok(high.detections < usual.detections / 2);
  },
);
