import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { distanceAzimuth, epoch } from "@harken/core";
import { fuzzDecoder, referencePath, referenceTest, schemaTest } from "@harken/testing";
import fc from "fast-check";
import { bulletins } from "../arbitraryBulletin.test.ts";
import { readWith } from "../read.ts";
import { shifted, unshifted } from "./decimal.ts";
import { decodeQuakeMl } from "./decode.ts";
import { encodeQuakeMl } from "./encode.ts";
import { quakeMl } from "./format.ts";
import { keyOf, resourceId } from "./resourceId.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("a bulletin reads back as it was written", () => {
  fc.assert(
    fc.property(bulletins, (bulletin) => {
      const { bulletin: back, problems } = decodeQuakeMl(bytesOf(encodeQuakeMl(bulletin)));
      assert.deepEqual(problems, []);
      assert.deepEqual(back, bulletin);
    }),
  );
});

test("times of today survive to the last bit of a float64", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e8, max: 4e9, noNaN: true }), (time) => {
      const [bulletin] = fc.sample(bulletins, { numRuns: 1, seed: 3 });
      const arrivals = bulletin!.arrivals.slice(0, 1).map((arrival) => ({ ...arrival, time }));
      const back = decodeQuakeMl(bytesOf(encodeQuakeMl({ list: "", events: [], arrivals }))).bulletin;
      assert.equal(back.arrivals[0]?.time, time);
    }),
    { numRuns: 300 },
  );
});

test("a change of unit by a power of ten keeps every digit", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), (value) => {
      assert.equal(unshifted(shifted(value, 3), 3), value + 0);
      assert.equal(unshifted(shifted(value, -9), -9), value + 0);
    }),
  );
  assert.equal(shifted(16.6, 3), "16600");
  assert.equal(shifted(0.1, -9), "1e-10");
});

test("identifiers follow from keys and lead back to them", () => {
  assert.equal(resourceId("pick", "SEL1 ARCES:7"), "smi:harken/pick/SEL1~20ARCES~3A7");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (key) => {
      const id = resourceId("event", key);
      assert.match(id, /^smi:harken\/event\/[A-Za-z0-9._~/-]*$/);
      assert.equal(keyOf("event", id), key);
    }),
  );
  assert.equal(keyOf("event", "quakeml:other/1"), "quakeml:other/1");
});

schemaTest("what is written keeps the schema of QuakeML 1.2", "formats/xsd/QuakeML-1.2.xsd", (complaints) => {
  fc.assert(
    fc.property(bulletins, (bulletin) => {
      assert.equal(complaints(encodeQuakeMl(bulletin)), "");
    }),
    { numRuns: 25 },
  );
  const broken = encodeQuakeMl(fc.sample(bulletins, { numRuns: 1, seed: 1 })[0]!).replace("<description>", "<when/>$&");
  assert.match(complaints(broken), /when/);
});

/** An event as other programs write it: names of their own, no extension. */
const foreign = `<?xml version="1.0" encoding="UTF-8"?>
<q:quakeml xmlns:q="http://quakeml.org/xmlns/quakeml/1.2" xmlns="http://quakeml.org/xmlns/bed/1.2" xmlns:catalog="http://anss.org/xmlns/catalog/0.1">
<eventParameters publicID="quakeml:earthquake.example/query">
 <event publicID="quakeml:earthquake.example/ev1" catalog:eventsource="us">
  <preferredOriginID>quakeml:earthquake.example/origin/2</preferredOriginID>
  <pick publicID="quakeml:earthquake.example/pick/1"><time><value>2016-09-09T00:33:40.12+00:00</value><uncertainty>0.1</uncertainty></time>
   <waveformID networkCode="IC" stationCode="MDJ" channelCode="BHZ" locationCode="00"/><phaseHint>Pn</phaseHint><polarity>positive</polarity></pick>
  <origin publicID="quakeml:earthquake.example/origin/1"><time><value>2016-09-09T00:30:00Z</value></time>
   <latitude><value>41</value></latitude><longitude><value>129</value></longitude></origin>
  <origin publicID="quakeml:earthquake.example/origin/2">
   <time><value>2016-09-09T00:30:01.44Z</value><uncertainty>0.5</uncertainty></time>
   <latitude><value>41.287</value></latitude><longitude><value>129.078</value></longitude>
   <depth><value>1000</value><uncertainty>200</uncertainty></depth><depthType>operator assigned</depthType>
   <originUncertainty><minHorizontalUncertainty>3000</minHorizontalUncertainty><maxHorizontalUncertainty>4000</maxHorizontalUncertainty>
    <azimuthMaxHorizontalUncertainty>75</azimuthMaxHorizontalUncertainty><confidenceLevel>95</confidenceLevel></originUncertainty>
   <quality><usedPhaseCount>40</usedPhaseCount><usedStationCount>38</usedStationCount><standardError>0.8</standardError><azimuthalGap>33</azimuthalGap></quality>
   <arrival publicID="quakeml:earthquake.example/arrival/1"><pickID>quakeml:earthquake.example/pick/1</pickID><phase>Pn</phase>
    <azimuth>6.3</azimuth><distance>3.33</distance><timeResidual>-0.4</timeResidual><timeWeight>1</timeWeight></arrival>
   <creationInfo><agencyID>us</agencyID></creationInfo>
  </origin>
  <stationMagnitude publicID="quakeml:earthquake.example/sm/1"><originID>quakeml:earthquake.example/origin/2</originID>
   <mag><value>5.1</value></mag><type>mb</type><waveformID networkCode="IC" stationCode="MDJ"/></stationMagnitude>
  <magnitude publicID="quakeml:earthquake.example/mag/1"><mag><value>5.3</value><uncertainty>0.04</uncertainty></mag><type>mb</type>
   <originID>quakeml:earthquake.example/origin/2</originID><stationCount>180</stationCount>
   <stationMagnitudeContribution><stationMagnitudeID>quakeml:earthquake.example/sm/1</stationMagnitudeID><weight>0</weight></stationMagnitudeContribution></magnitude>
  <magnitude publicID="quakeml:earthquake.example/mag/2"><mag><value>5.2</value></mag><type>Mw</type></magnitude>
 </event>
</eventParameters></q:quakeml>`;

test("another program's event: what it tells is taken, what it leaves out is derived", () => {
  const { bulletin, problems } = decodeQuakeMl(bytesOf(foreign));
  assert.deepEqual(problems, []);
  const [event] = bulletin.events;
  assert.equal(event?.preferredOriginKey, "quakeml:earthquake.example/origin/2");
  const origin = event.origins[1]!;
  assert.equal(origin.time, epoch(2016, 9, 9, 0, 30, 1.44));
  assert.deepEqual([origin.depthKm, origin.depthType, origin.author], [1, "analyst", "us"]);
  assert.deepEqual([origin.definingCount, origin.stationCount, origin.azimuthGapDeg], [40, 38, 33]);
  const { error } = origin;
  assert.deepEqual([error?.semiMajorKm, error?.semiMinorKm, error?.strikeDeg, error?.confidence], [4, 3, 75, 0.95]);
  assert.deepEqual([error?.depthErrorKm, error?.timeErrorSec], [0.2, 0.5]);
  const [association] = origin.associations;
  assert.deepEqual(
    [association?.station, association?.timeDefining, association?.slownessDefining],
    ["MDJ", true, false],
  );
  // MDJ stands at 44.617 N 129.591 E.
  const expected = distanceAzimuth(44.617, 129.591, 41.287, 129.078).azimuthDeg;
  assert.ok(Math.abs(association!.stationEventAzimuthDeg - expected) < 1);
  assert.deepEqual(
    origin.magnitudes.map(({ type, value, stationCount }) => [type, value, stationCount]),
    [
      ["mb", 5.3, 180],
      ["Mw", 5.2, 0],
    ],
  );
  const [member] = origin.magnitudes[0]!.stations;
  assert.deepEqual([member?.station, member?.deltaDeg, member?.defining], ["MDJ", 3.33, false]);
  const [arrival] = bulletin.arrivals;
  assert.deepEqual([arrival?.phase, arrival?.firstMotion, arrival?.timeErrorSec], ["Pn", "c", 0.1]);
});

referenceTest(
  "the stored event of 2012-08-14",
  ["waveforms/yka-2012-08-14/array_2012-08-14_event.xml"],
  (_t, [path]) => {
    const { format, bulletin, problems } = readWith([quakeMl], readFileSync(path!), "event.xml");
    assert.deepEqual([format, problems], ["quakeml", []]);
    const [origin] = bulletin!.events[0]!.origins;
    assert.equal(origin?.time, epoch(2012, 8, 14, 2, 59, 38.46));
    assert.deepEqual([origin.latitudeDeg, origin.longitudeDeg, origin.depthKm], [49.8, 145.064, 583.2]);
    assert.deepEqual(
      origin.magnitudes.map(({ type, value }) => [type, value]),
      [["MW", 7.7]],
    );
    assert.equal(origin.author, "NEIC");
  },
);

test("broken events are told and left out", () => {
  const codes = (text: string) => decodeQuakeMl(bytesOf(text)).problems.map(({ code }) => code);
  assert.deepEqual(codes(foreign.replaceAll("<latitude>", "<Latitude>").replaceAll("</latitude>", "</Latitude>")), [
    "quakeml.bad-origin",
    "quakeml.bad-origin",
    "quakeml.no-origin",
  ]);
  assert.deepEqual(codes(foreign.replace("2016-09-09T00:33:40.12", "yesterday")), ["quakeml.bad-pick"]);
  assert.deepEqual(codes("<kml/>"), ["quakeml.other-root"]);
  const dangling = decodeQuakeMl(bytesOf(foreign.replace("origin/2</preferred", "origin/9</preferred"))).bulletin;
  assert.equal(dangling.events[0]?.preferredOriginKey, "quakeml:earthquake.example/origin/1");
});

const stored = referencePath("waveforms/yka-2012-08-14/array_2012-08-14_event.xml");
fuzzDecoder(
  "decodeQuakeMl",
  (bytes) => decodeQuakeMl(bytes),
  [
    bytesOf(foreign),
    bytesOf(encodeQuakeMl(fc.sample(bulletins, { numRuns: 1, seed: 7 })[0]!)),
    ...(stored ? [readFileSync(stored)] : []),
  ],
  ({ bulletin }) => {
    for (const { preferredOriginKey, origins } of bulletin.events)
      assert.ok(origins.some(({ key }) => key === preferredOriginKey));
    for (const { time, latitudeDeg, depthKm } of bulletin.events.flatMap(({ origins }) => origins))
      assert.ok([time, latitudeDeg, depthKm].every(Number.isFinite));
  },
);
