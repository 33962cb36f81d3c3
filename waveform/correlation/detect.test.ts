import assert from "node:assert/strict";
import { test } from "node:test";
import { associateRepeats, impliedTime } from "./associate.ts";
import { detectRepeats } from "./detect.ts";
import { regionalRepeats } from "./settings.ts";
import { makeTemplate } from "./template.ts";
import { type Pulse, recordings, testArray, testOrigin } from "./testArray.ts";
import { levelFor } from "./threshold.ts";
import { openTraces } from "./traces.ts";

const START = 1_000_000_000;
const station = testArray();
const from = { northSecPerKm: 0.08, eastSecPerKm: 0.05 };
const master: Pulse = { atSec: 100, size: 3, shape: 1, ...from };

function search(pulses: readonly Pulse[], seconds = 1500) {
  const traces = openTraces(station, recordings(station, seconds, [master, ...pulses], START), regionalRepeats);
  const onset = { phase: "P", time: START + master.atSec, predicted: false };
  const made = makeTemplate({ key: "M", origin: testOrigin(START + 50) }, onset, traces, regionalRepeats);
  assert.ok(made.ok, made.ok ? "" : made.reason);
  return detectRepeats([made.template], traces, regionalRepeats.falseEventsPerDay, regionalRepeats);
}

test("repeats at sub-sample times and other sizes, one of them below the noise: found where and as large as they were made", () => {
  const truth = [
    { atSec: 400.013, size: 3 },
    { atSec: 700.037, size: 0.6 },
    { atSec: 1001.271, size: 0.25 },
  ];
  const { detections, rejected } = search(truth.map((pulse) => ({ ...pulse, shape: 1, ...from })));
  assert.equal(rejected, 0);
  // The first is the master itself.
  assert.equal(detections.length, 1 + truth.length);
  assert.ok(Math.abs(detections[0]!.coefficient - 1) < 1e-3 && Math.abs(detections[0]!.logAmplitude) < 1e-3);
  truth.forEach(({ atSec, size }, i) => {
    const { time, timeErrorSec, logAmplitude, logAmplitudeError, relativeSlownessSecPerKm } = detections[i + 1]!;
    assert.ok(Math.abs(time - START - atSec) < Math.max(0.002, 4 * timeErrorSec), `${time - START - atSec} s`);
    const off = logAmplitude - Math.log10(size / master.size);
    assert.ok(Math.abs(off) < Math.max(0.03, 4 * logAmplitudeError), `${off} of ${logAmplitudeError}`);
    assert.ok(relativeSlownessSecPerKm! <= regionalRepeats.greatestSlownessSecPerKm);
  });
});

test("the same pulse from another direction sweeps over the array and is no repeat, nor is another pulse from the same direction", () => {
  const elsewhere = { northSecPerKm: 0.0, eastSecPerKm: -0.02 };
  const { detections, rejected } = search([
    { atSec: 500, size: 5, shape: 1, ...elsewhere },
    { atSec: 900, size: 5, shape: 2, ...from },
  ]);
  assert.equal(detections.length, 1);
  assert.ok(Math.abs(detections[0]!.time - START - master.atSec) < 1e-3);
  assert.ok(rejected >= 2, "both are counted");
});

test("the mean coefficient is its definition, written out sample by sample", () => {
  const segments = recordings(station, 300, [master, { atSec: 200, size: 1, shape: 1, ...from }], START);
  const traces = openTraces(station, segments, regionalRepeats);
  const onset = { phase: "P", time: START + master.atSec, predicted: false };
  const made = makeTemplate({ key: "M", origin: testOrigin(START + 50) }, onset, traces, regionalRepeats);
  assert.ok(made.ok);
  const { template } = made;
  const { detections } = detectRepeats([template], traces, 1, regionalRepeats);
  const found = detections.find(({ time }) => Math.abs(time - START - 200) < 0.1)!;
  const piece = traces.piece(START, START + 300)!;
  const begin = (found.time - onset.time + template.startTime - piece.startTime) * piece.sampleRateHz;
  const meanAt = (lag: number) => {
    let sum = 0;
    for (const { channel, samples } of template.channels) {
      const x = piece.channels
        .find((own) => own.channel.station === channel.station)!
        .samples.slice(lag, lag + samples.length);
      const centred = (v: Float64Array) => v.map((value) => value - v.reduce((a, b) => a + b, 0) / v.length);
      const [a, b] = [centred(samples), centred(x)];
      const dot = (p: Float64Array, q: Float64Array) => p.reduce((s, value, i) => s + value * q[i]!, 0);
      sum += dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }
    return sum / template.channels.length;
  };
  const near = Math.max(...[-1, 0, 1].map((d) => meanAt(Math.round(begin) + d)));
  // Between samples the parabola stands a little above the highest of them.
  assert.ok(found.coefficient >= near - 1e-4 && found.coefficient < near + 0.05, `${found.coefficient} ${near}`);
});

test("an array alone makes an event only at the rate of events; without the master's own time nothing is left out", () => {
  const { detections } = search([{ atSec: 800, size: 2, shape: 1, ...from }]);
  const { events, unassociated } = associateRepeats(detections, regionalRepeats);
  assert.equal(events.length, 1);
  assert.equal(unassociated.length, 0);
  assert.ok(Math.abs(events[0]!.time - (START + 50 + 700)) < 0.01);
  const alone = levelFor(regionalRepeats.falseEventsPerDay, regionalRepeats.lowHz, regionalRepeats.highHz);
  const weak = detections.map((detection) => ({ ...detection, level: alone - 0.1 }));
  assert.equal(associateRepeats(weak, regionalRepeats).events.length, 0);
  const other = (code: string, sec: number) =>
    weak.map((d) => ({
      ...d,
      time: d.time + sec,
      template: { ...d.template, station: { ...d.template.station, code } },
    }));
  const { toleranceSec } = regionalRepeats;
  assert.equal(associateRepeats([...weak, ...other("TWO", toleranceSec - 0.1)], regionalRepeats).events.length, 1);
  assert.equal(associateRepeats([...weak, ...other("TWO", toleranceSec + 0.1)], regionalRepeats).events.length, 0);
  assert.ok(Math.abs(impliedTime(weak[1]!) - events[0]!.time) < 0.01);
});

test("gaps, dead channels and data shorter than a template make no detection and no error", () => {
  const segments = recordings(station, 600, [master], START);
  const short = segments.map((segment) => ({
    ...segment,
    startTime: START + 5000,
    samples: segment.samples.slice(0, 300),
  }));
  const dead = segments.map((s) => ({ ...s, startTime: START + 9000, samples: new Float64Array(s.samples.length) }));
  const traces = openTraces(station, [...segments, ...short, ...dead], regionalRepeats);
  const onset = { phase: "P", time: START + master.atSec, predicted: false };
  const made = makeTemplate({ key: "M", origin: testOrigin(START + 50) }, onset, traces, regionalRepeats);
  assert.ok(made.ok);
  const { detections } = detectRepeats([made.template], traces, 0.01, regionalRepeats);
  assert.deepEqual(
    detections.map(({ time }) => Math.round(time - START)),
    [100],
  );
  const none = makeTemplate(
    { key: "M", origin: testOrigin(START) },
    { ...onset, time: START + 7000 },
    traces,
    regionalRepeats,
  );
  assert.deepEqual(none, { ok: false, reason: "no data of the master" });
  const quiet = makeTemplate(
    { key: "M", origin: testOrigin(START) },
    { ...onset, time: START + 400 },
    traces,
    regionalRepeats,
  );
  assert.deepEqual(quiet, { ok: false, reason: "the master does not stand out of the noise" });
});
