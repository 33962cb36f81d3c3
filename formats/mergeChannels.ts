/**
 * Several records of one channel made one: the place from one file (a SAC header, a CSS3.0 site), the response from another (a pole-zero
 * file, an IMS RESPONSE).
 *
 *     const channels = mergeChannels([...sacHeaders, ...poleZeroFiles]);
 *
 * Records belong together when station, location and channel code agree, the networks do (or one tells none), and their times overlap.
 */
import { type Channel, hasPlace, type InstrumentResponse } from "@harken/core";
import { responseModulus } from "./responseModulus.ts";

/** Above the epochs of any real channel: so many are left as they are, since each is compared with each. */
const MOST_RECORDS = 2_000;

/** 2 for a response, 1 for a calibration alone. */
const knowledge = ({ response, calibNmPerCount }: Channel) => (response ? 2 : calibNmPerCount === null ? 0 : 1);

/** In the order of the records; a record that tells nothing beyond another is left out. */
export function mergeChannels(channels: readonly Channel[]): Channel[] {
  const groups = new Map<string, Channel[]>();
  for (const channel of channels) {
    const { station, location, channel: code } = channel.id;
    const key = `${station}.${location}.${code.toUpperCase()}`;
    const group = groups.get(key);
    if (group) group.push(channel);
    else groups.set(key, [channel]);
  }
  return [...groups.values()].flatMap(mergeGroup);
}

function mergeGroup(records: readonly Channel[]): readonly Channel[] {
  if (records.length > MOST_RECORDS) return records;
  const used = new Set<Channel>();
  const merged = new Map<Channel, readonly Channel[]>();
  for (const record of records) {
    if (!hasPlace(record)) continue;
    const partners = records.filter((other) => knowledge(other) > knowledge(record) && belongTogether(record, other));
    // A partner that tells its own place stands for itself.
    const toJoin = partners.filter((partner) => !hasPlace(partner));
    for (const partner of toJoin) used.add(partner);
    if (partners.length > 0)
      merged.set(
        record,
        toJoin.map((partner) => join(record, partner)),
      );
  }
  return records.flatMap((record) => merged.get(record) ?? (used.has(record) ? [] : [record]));
}

const startOf = ({ startTime }: Channel) => startTime ?? Number.NEGATIVE_INFINITY;
const endOf = ({ endTime }: Channel) => endTime ?? Number.POSITIVE_INFINITY;

function belongTogether(a: Channel, b: Channel): boolean {
  const [network, other] = [a.id.network, b.id.network];
  return (network === other || network === "" || other === "") && startOf(a) < endOf(b) && startOf(b) < endOf(a);
}

/** Place, orientation and name of the one, instrument of the other, in the time that both hold. */
function join(place: Channel, instrument: Channel): Channel {
  const start = Math.max(startOf(place), startOf(instrument));
  const end = Math.min(endOf(place), endOf(instrument));
  const calibNmPerCount = place.calibNmPerCount ?? instrument.calibNmPerCount;
  const calperSec = place.calperSec ?? instrument.calperSec;
  return {
    ...place,
    id: { ...place.id, network: place.id.network || instrument.id.network },
    startTime: Number.isFinite(start) ? start : null,
    endTime: Number.isFinite(end) ? end : null,
    sampleRateHz: place.sampleRateHz ?? instrument.sampleRateHz,
    instrument: place.instrument || instrument.instrument,
    calibNmPerCount,
    calperSec,
    response: calibrated(instrument.response, calibNmPerCount, calperSec),
  };
}

/** A response that tells its shape only becomes counts per nm where a calibration is known. */
function calibrated(
  response: InstrumentResponse | null,
  calibNmPerCount: number | null,
  calperSec: number | null,
): InstrumentResponse | null {
  if (response?.inputUnit !== "unknown" || !calibNmPerCount || !calperSec) return response;
  const size = responseModulus(response.stages, 1 / calperSec);
  const [first, ...others] = response.stages;
  if (!first || !(size > 0)) return response;
  const gain = 1 / (size * calibNmPerCount);
  return {
    stages: [
      { ...first, inputUnit: "nm" },
      ...others,
      { kind: "gain", inputUnit: "unknown", outputUnit: "counts", gain },
    ],
    sensitivity: 1 / calibNmPerCount,
    sensitivityFrequencyHz: 1 / calperSec,
    inputUnit: "nm",
  };
}
