import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Channel, Complex, InstrumentResponse, ResponseStage, ResponseUnit, Station } from "@harken/core";
import { referenceTest, schemaTest } from "@harken/testing";
import fc from "fast-check";
import { stationsFromRecords } from "../stations.ts";
import { decodeStationXml } from "./decode.ts";
import { encodeStationXml } from "./encode.ts";

const options = { createdTime: 1.6e9, source: "A & B" };
const decode = (xml: string) => decodeStationXml(new TextEncoder().encode(xml));

const real = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
const complex: fc.Arbitrary<Complex> = fc.tuple(real, real).map(([re, im]) => ({ re, im }));
const roots = fc.array(complex, { maxLength: 4 });
const rows = fc.array(fc.tuple(positive, positive, fc.integer({ min: -360, max: 360 })), { maxLength: 5 });

/** A stage of each kind between given units, as far as StationXML keeps them. */
function stageOf(inputUnit: ResponseUnit, outputUnit: ResponseUnit): fc.Arbitrary<ResponseStage> {
  const ends = { inputUnit, outputUnit };
  const shared = fc.record({ gain: positive, gainFrequencyHz: positive });
  return fc.oneof(
    fc.tuple(shared, roots, roots, positive).map(([rest, poles, zeros, normalization]) => ({
      ...{ kind: "paz" as const, domain: "laplace" as const, poles, zeros, normalization },
      ...rest,
      ...ends,
    })),
    fc.tuple(shared, roots, roots, positive, positive).map(([rest, poles, zeros, normalization, sampleRateHz]) => ({
      ...{ kind: "paz" as const, domain: "z" as const, poles, zeros, normalization, sampleRateHz },
      ...rest,
      ...ends,
    })),
    fc.tuple(shared, rows).map(([rest, list]) => {
      const sorted = list.toSorted(([a], [b]) => a - b);
      return {
        kind: "fap" as const,
        frequenciesHz: sorted.map(([frequency]) => frequency),
        amplitudes: sorted.map(([, amplitude]) => amplitude),
        phasesDeg: sorted.map(([, , phase]) => phase),
        ...rest,
        ...ends,
      };
    }),
    fc
      .tuple(fc.array(real, { minLength: 1, maxLength: 9 }), positive, fc.integer({ min: 1, max: 20 }), positive)
      .map(([coefficients, inputRateHz, decimation, gain]) => ({
        ...{ kind: "fir" as const, coefficients, inputRateHz, decimation, correctionSec: 0.25, gain },
        ...ends,
      })),
    fc
      .tuple(fc.array(real, { minLength: 1, maxLength: 5 }), real, real)
      .map(([coefficients, lowerBound, upperBound]) => ({
        ...{ kind: "polynomial" as const, coefficients, lowerBound, upperBound },
        ...ends,
      })),
    positive.map((gain) => ({ kind: "gain" as const, gain, ...ends })),
  );
}

const responses: fc.Arbitrary<InstrumentResponse> = fc
  .constantFrom<ResponseUnit>("nm", "m", "m/s", "m/s**2", "Pa")
  .chain((inputUnit) =>
    fc.record({
      stages: fc
        .tuple(stageOf(inputUnit, "V"), stageOf("V", "counts"), fc.array(stageOf("counts", "counts"), { maxLength: 3 }))
        .map(([sensor, digitiser, filters]) => [sensor, digitiser, ...filters]),
      sensitivity: fc.option(positive),
      inputUnit: fc.constant(inputUnit),
    }),
  )
  .map((response) => ({ ...response, sensitivityFrequencyHz: response.sensitivity === null ? null : 1.5 }));

const names = fc.constantFrom("Yellowknife", 'Tromsø "north" <b> & co', "]]>", "");
const codes = fc.stringMatching(/^[A-Z0-9]{1,5}$/);
const seconds = fc.option(fc.integer({ min: -2e9, max: 4e9 }));
const metres = fc.integer({ min: -5_000, max: 8_000 }).map((m) => m / 1000);
const degrees = (most: number) => fc.integer({ min: -most * 1e4, max: most * 1e4 }).map((d) => d / 1e4);

const channels: fc.Arbitrary<Channel> = fc
  .record({
    id: fc.record({ channel: fc.stringMatching(/^[A-Z]{3}$/), location: fc.constantFrom("", "00", "10") }),
    startTime: seconds,
    endTime: seconds,
    latitudeDeg: degrees(89),
    longitudeDeg: degrees(180),
    elevationKm: metres,
    depthKm: metres,
    hangDeg: fc.integer({ min: 0, max: 359 }),
    vangDeg: fc.integer({ min: 1, max: 179 }),
    sampleRateHz: fc.option(positive),
    instrument: names,
    response: fc.option(responses),
  })
  .map(({ id, ...rest }) => ({
    ...rest,
    id: { network: "", station: "", ...id },
    calibNmPerCount: null,
    calperSec: null,
  }));

const stations: fc.Arbitrary<Station> = fc
  .record({
    code: codes,
    name: names,
    network: fc.constantFrom("IM", "NO"),
    latitudeDeg: degrees(89),
    longitudeDeg: degrees(180),
    elevationKm: metres,
    channels: fc.array(channels, { maxLength: 3 }),
  })
  .map(({ channels: list, ...station }) => {
    const { network, code, latitudeDeg, longitudeDeg, elevationKm } = station;
    const site = { network, code, latitudeDeg, longitudeDeg, elevationKm, northKm: 0, eastKm: 0 };
    return {
      ...station,
      ...{ technology: "seismic" as const, kind: "3c" as const, role: null, sites: [site] },
      channels: list.map((channel) => ({ ...channel, id: { ...channel.id, network, station: code } })),
    };
  });

const networks = fc.uniqueArray(stations, { minLength: 1, maxLength: 3, selector: ({ code }) => code });

test("what is written reads back the same", () => {
  fc.assert(
    fc.property(networks, (list) => {
      const back = decode(encodeStationXml(list, options));
      assert.deepEqual(
        back.problems.filter(({ code }) => code !== "stationxml.gains-contradict"),
        [],
      );
      const byNetwork = list.toSorted(
        (a, b) => list.findIndex((s) => s.network === a.network) - list.findIndex((s) => s.network === b.network),
      );
      assert.deepEqual(
        back.channels,
        byNetwork.flatMap((station) => station.channels),
      );
      assert.deepEqual(
        back.sites.map(({ network, code, name, latitudeDeg, longitudeDeg, elevationKm }) => ({
          ...{ network, code, name, latitudeDeg, longitudeDeg, elevationKm },
        })),
        byNetwork.map(({ network, code, name, latitudeDeg, longitudeDeg, elevationKm }) => ({
          ...{ network, code, name: name || code, latitudeDeg, longitudeDeg, elevationKm },
        })),
      );
    }),
  );
});

schemaTest("what is written keeps the FDSN's schema", "formats/xsd/fdsn-station.xsd", (complaints) => {
  fc.assert(
    fc.property(networks, (list) => {
      assert.equal(complaints(encodeStationXml(list, options)), "");
    }),
    { numRuns: 25 },
  );
  assert.match(complaints("<FDSNStationXML/>"), /No matching global declaration/);
});

referenceTest(
  "the Yellowknife array comes back the same after writing",
  ["waveforms/yka-2012-08-14/array_yellowknife.xml"],
  (_t, [path]) => {
    const { channels: original, sites } = decodeStationXml(readFileSync(path!));
    const back = decode(encodeStationXml(stationsFromRecords(original, sites), options));
    assert.deepEqual(back.channels, original);
    assert.equal(back.sites.length, sites.length);
  },
);
