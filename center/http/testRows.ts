/** A few rows of everything that the interface answers with, for the contract's test. */
import type { Status } from "@harken/api";
import type { Arrival, Origin, SeismicEvent, Station } from "@harken/core";

export const stamp = { runId: 1, now: 1_700_000_000 };
export const T0 = 1_700_000_000;

export const stations: Station[] = [0, 1, 2].map((i) => ({
  ...{ code: `ST${i}`, network: "XX", name: `Station ${i}`, technology: "seismic", kind: "1c", role: null },
  ...{ latitudeDeg: 10 * i, longitudeDeg: 20, elevationKm: 0.5, sites: [] },
  channels: [
    {
      id: { network: "XX", station: `ST${i}`, location: "", channel: "BHZ" },
      ...{
        startTime: null,
        endTime: null,
        latitudeDeg: 10 * i,
        longitudeDeg: 20,
        elevationKm: 0.5,
        depthKm: 0,
        hangDeg: -1,
        vangDeg: 0,
      },
      ...{ sampleRateHz: 20, instrument: "test", calibNmPerCount: 1, calperSec: 1, response: null },
    },
  ],
}));

export const arrivals: Arrival[] = [0, 1, 2, 3].map((i) => ({
  ...{
    key: `ST${i % 3}-x-${i}`,
    station: `ST${i % 3}`,
    channel: "BHZ",
    time: T0 + 100 + i,
    timeErrorSec: 0.2,
    phase: "P",
    author: "test",
  },
  ...{
    azimuthDeg: i % 3 === 0 ? 45 : null,
    azimuthErrorDeg: i % 3 === 0 ? 8 : null,
    slownessSecPerDeg: i % 3 === 0 ? 12 : null,
    slownessErrorSecPerDeg: i % 3 === 0 ? 1 : null,
    snr: 12,
  },
  amplitudes: [
    {
      type: "A5/2",
      channel: stations[i % 3]!.channels[0]!.id,
      time: T0 + 101,
      amplitude: 5,
      periodSec: 0.8,
      clipped: false,
    },
  ],
  ...{ firstMotion: i === 0 ? "c" : null, rectilinearity: null, incidenceDeg: null, frequencyHz: 2, fkQuality: null },
}));

export const origin: Origin = {
  ...{
    key: "o1",
    time: T0,
    latitudeDeg: 5,
    longitudeDeg: 25,
    depthKm: 0,
    depthType: "surface",
    author: "test",
    remarks: ["no Ms"],
  },
  error: {
    ...{
      sxxKm2: 1,
      syyKm2: 1,
      szzKm2: 0,
      sttSec2: 1,
      sxyKm2: 0,
      sxzKm2: 0,
      syzKm2: 0,
      stxKmSec: 0,
      styKmSec: 0,
      stzKmSec: 0,
    },
    ...{
      sdobs: 1,
      semiMajorKm: 20,
      semiMinorKm: 10,
      strikeDeg: 30,
      depthErrorKm: null,
      timeErrorSec: 0.7,
      confidence: 0.9,
    },
  },
  associations: arrivals.slice(0, 3).map(({ key, station }) => ({
    ...{ arrivalKey: key, station, phase: "P", deltaDeg: 7, stationEventAzimuthDeg: 1, eventStationAzimuthDeg: 181 },
    ...{ timeResidualSec: 0.1, timeDefining: true, azimuthResidualDeg: null, azimuthDefining: false },
    ...{ slownessResidualSecPerDeg: null, slownessDefining: false, weight: 1 },
  })),
  magnitudes: [
    {
      ...{ type: "mb", value: 4.2, uncertainty: 0.1, stationCount: 1 },
      stations: [
        {
          ...{ type: "mb", station: "ST0", arrivalKey: arrivals[0]!.key, deltaDeg: 7 },
          value: 4.2,
          uncertainty: 0.3,
          defining: false,
          reason: "too near",
        },
      ],
    },
  ],
  ...{ definingCount: 3, stationCount: 3, azimuthGapDeg: 200, rmsResidualSec: 0.4 },
};
export const event: SeismicEvent = {
  key: "SEL1-20231114T221320Z-1",
  preferredOriginKey: "o1",
  origins: [origin, { ...origin, key: "o2", depthKm: 30, depthType: "free", error: null }],
};

export const status = async (): Promise<Status> => ({
  ...{
    version: "0",
    mode: "archive",
    state: "caught-up",
    dataFrom: T0,
    dataTo: null,
    processedTo: null,
    startedAt: T0,
    firstEventAfterSec: null,
  },
  progress: { stage: "none", done: 0, total: 0, unit: "x", ratePerSec: null, etaSec: null, message: "" },
  counts: { stations: 3, channels: 3, segments: 1, samples: 1, arrivals: 4, events: 1 },
});
