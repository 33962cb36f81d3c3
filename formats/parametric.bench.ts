/** Bulletins as QuakeML and IMS text, stations as StationXML: written and read. */
import { type Bulletin, type Channel, randomStream, type Station } from "@harken/core";
import { decodeImsBulletin } from "./ims/bulletin/decode.ts";
import { encodeImsBulletin } from "./ims/bulletin/encode.ts";
import { decodeImsMessages } from "./ims/message.ts";
import { decodeQuakeMl } from "./quakeml/decode.ts";
import { encodeQuakeMl } from "./quakeml/encode.ts";
import { decodeStationXml } from "./stationxml/decode.ts";
import { encodeStationXml } from "./stationxml/encode.ts";

const EVENTS = 100;
const ARRIVALS_EACH = 20;
const CHANNELS = 60;
const COEFFICIENTS = 200;

const random = randomStream(1, "parametric benchmark");

/** A day's list: 100 events of 20 arrivals, each with an amplitude and a station magnitude. */
function bulletin(): Bulletin {
  const arrivals: Bulletin["arrivals"][number][] = [];
  const events = Array.from({ length: EVENTS }, (_, e) => {
    const time = 1.6e9 + 800 * e + random.uniform();
    const keys = Array.from({ length: ARRIVALS_EACH }, (_, a) => `SEL1 ${e}:${a}`);
    const deltas = keys.map((_, a) => 3 + 4 * a + random.uniform());
    keys.forEach((key, a) => {
      const station = `ST${String(a).padStart(2, "0")}`;
      const channel = { network: "IM", station, location: "", channel: "SHZ" };
      const at = time + 60 * a;
      arrivals.push({
        ...{ key, station, channel: "SHZ", time: at, timeErrorSec: 0.4, phase: "P", author: "harken" },
        ...{ azimuthDeg: 12.3, azimuthErrorDeg: 4, slownessSecPerDeg: 7.8, slownessErrorSecPerDeg: 0.5, snr: 5.6 },
        ...{ firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: 1.5, fkQuality: 3.2 },
        amplitudes: [{ type: "A5/2", channel, time: at, amplitude: 3.4, periodSec: 0.8, clipped: false }],
      });
    });
    const stations = keys.map((key, a) => ({
      ...{ type: "mb", station: `ST${String(a).padStart(2, "0")}`, arrivalKey: key, deltaDeg: deltas[a]! },
      ...{ value: 4.5, uncertainty: 0.3, defining: true, reason: "" },
    }));
    const origin = {
      ...{ key: `origin ${e}`, time, latitudeDeg: 40 + random.uniform(), longitudeDeg: 130, depthKm: 0 },
      ...{ depthType: "surface" as const, definingCount: ARRIVALS_EACH, stationCount: ARRIVALS_EACH },
      ...{ azimuthGapDeg: 120, rmsResidualSec: 0.8, author: "SEL1", remarks: [] },
      error: {
        ...{ sxxKm2: 12, syyKm2: 9, szzKm2: 0, sttSec2: 0.3, sxyKm2: 1, sxzKm2: 0, syzKm2: 0 },
        ...{ stxKmSec: 0.1, styKmSec: 0.1, stzKmSec: 0, sdobs: 0.9, semiMajorKm: 12.3, semiMinorKm: 7.8 },
        ...{ strikeDeg: 77, depthErrorKm: null, timeErrorSec: 0.9, confidence: 0.9 },
      },
      associations: keys.map((arrivalKey, a) => ({
        ...{ arrivalKey, station: `ST${String(a).padStart(2, "0")}`, phase: "P", deltaDeg: deltas[a]!, weight: 1 },
        ...{ stationEventAzimuthDeg: 10, eventStationAzimuthDeg: 190, timeResidualSec: 0.3, timeDefining: true },
        ...{ azimuthResidualDeg: 2, azimuthDefining: true, slownessResidualSecPerDeg: 0.2, slownessDefining: true },
      })),
      magnitudes: [{ type: "mb", value: 4.5, uncertainty: 0.1, stationCount: ARRIVALS_EACH, stations }],
    };
    return { key: `event ${e}`, preferredOriginKey: origin.key, origins: [origin] };
  });
  return { list: "SEL1", events, arrivals };
}

/** Stations of three channels, each with poles and zeros, a digitiser and a filter of 200 coefficients. */
function stations(): Station[] {
  const coefficients = Array.from({ length: COEFFICIENTS }, () => random.uniform() - 0.5);
  const poles = [0.037, -0.037].map((im) => ({ re: -0.037, im }));
  const place = { latitudeDeg: 10, longitudeDeg: 20, elevationKm: 0.5 };
  return Array.from({ length: CHANNELS / 3 }, (_, s) => {
    const code = `ST${String(s).padStart(2, "0")}`;
    const channels = ["BHZ", "BHN", "BHE"].map((channel, c): Channel => {
      const vertical = c === 0;
      return {
        ...{ id: { network: "XX", station: code, location: "", channel }, startTime: 1e9, endTime: null, ...place },
        ...{ depthKm: 0, hangDeg: vertical ? -1 : 90 * (c - 1), vangDeg: vertical ? 0 : 90, sampleRateHz: 40 },
        ...{ instrument: "STS-2", calibNmPerCount: null, calperSec: null },
        response: {
          stages: [
            {
              ...({ kind: "paz", domain: "laplace", inputUnit: "m/s", outputUnit: "V", poles } as const),
              ...{ zeros: poles.map(() => ({ re: 0, im: 0 })), normalization: 1, gain: 1500, gainFrequencyHz: 1 },
            },
            { kind: "gain", inputUnit: "V", outputUnit: "counts", gain: 4e5 },
            {
              ...({ kind: "fir", inputUnit: "counts", outputUnit: "counts", coefficients, inputRateHz: 200 } as const),
              ...{ decimation: 5, correctionSec: 0.5, gain: 1 },
            },
          ],
          ...{ sensitivity: 6e8, sensitivityFrequencyHz: 1, inputUnit: "m/s" },
        },
      };
    });
    const sites = [{ network: "XX", code, ...place, northKm: 0, eastKm: 0 }];
    const kind = { technology: "seismic", kind: "3c", role: null } as const;
    return { code, network: "XX", name: code, ...place, ...kind, sites, channels };
  });
}

const list = bulletin();
const quakeMl = new TextEncoder().encode(encodeQuakeMl(list));
const ims = new TextEncoder().encode(encodeImsBulletin(list));
const network = stations();
const stationXml = new TextEncoder().encode(encodeStationXml(network, { createdTime: 0 }));
const bulletinSize = `${EVENTS} events of ${ARRIVALS_EACH} arrivals`;
const stationSize = `${CHANNELS} channels with ${COEFFICIENTS} coefficients`;

export const benchmarks = [
  { name: `QuakeML written, ${bulletinSize}`, unit: "events", amount: EVENTS, run: () => void encodeQuakeMl(list) },
  { name: `QuakeML read, ${bulletinSize}`, unit: "events", amount: EVENTS, run: () => void decodeQuakeMl(quakeMl) },
  {
    name: `IMS bulletin written, ${bulletinSize}`,
    unit: "events",
    amount: EVENTS,
    run: () => void encodeImsBulletin(list),
  },
  {
    name: `IMS bulletin read, ${bulletinSize}`,
    unit: "events",
    amount: EVENTS,
    run: () => void decodeImsBulletin(ims, decodeImsMessages(ims).items),
  },
  {
    name: `StationXML written, ${stationSize}`,
    unit: "channels",
    amount: CHANNELS,
    run: () => void encodeStationXml(network, { createdTime: 0 }),
  },
  {
    name: `StationXML read, ${stationSize}`,
    unit: "channels",
    amount: CHANNELS,
    run: () => void decodeStationXml(stationXml),
  },
];
