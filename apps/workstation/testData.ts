/** Made-up data for the tests of the page: a network, hidden events, and a list that found most of them. Not a simulation. */
import type {
  ArrivalRecord,
  EventDetail,
  HiddenEvent,
  PredictedArrival,
  SlownessPicture,
  StationSummary,
  Status,
  TimetableStates,
  TruthReport,
} from "@harken/api";
import { distanceAzimuth, geodesicKm, randomStream } from "@harken/core";

export interface MadeCentre {
  status: Status;
  stations: StationSummary[];
  details: EventDetail[];
  /** Those of the events, and one of nobody's at each station every twenty minutes. */
  arrivals: ArrivalRecord[];
  predictions: Map<string, PredictedArrival[]>;
  truth: TruthReport;
  timetable: TimetableStates;
}

const START = 1_767_225_600;
const HOURS = 6;
const RATE_HZ = 20;
/** Distance deg, P s, S s: rough points of a travel-time curve. */
const curve = [
  [0, 0, 0],
  [10, 145, 258],
  [20, 276, 500],
  [40, 456, 820],
  [60, 606, 1096],
  [80, 731, 1334],
  [98, 815, 1502],
] as const;

function travelSec(deltaDeg: number, column: 1 | 2): number | null {
  const index = curve.findIndex(([delta]) => delta >= deltaDeg);
  if (index < 1) return index === 0 ? 0 : null;
  const [low, high] = [curve[index - 1]!, curve[index]!];
  return low[column] + ((deltaDeg - low[0]) / (high[0] - low[0])) * (high[column] - low[column]);
}

/** Code, latitude, longitude, a for array or 3 for three components, technology. */
const sites =
  `ARCES 69.5 25.5 a s,FINES 61.4 26.1 a s,NOA 61 11 a s,GERES 48.8 13.7 a s,ESDC 39.7 -4 a s,MKAR 46.8 82.3 a s,
CMAR 18.5 99 a s,WRA -19.9 134.3 a s,ASAR -23.7 133.9 a s,YKA 62.5 -114.6 a s,ILAR 64.8 -147 a s,TXAR 29.3 -103.7 a s,
PDAR 42.8 -109.6 a s,USRK 44.2 132 a s,KSRS 37.4 127.9 a s,MJAR 36.5 138.2 a s,SONM 47.8 106.4 a s,TORD 13.1 1.7 a s,
AKASG 50.7 29.2 a s,BRTR 39.7 33.6 a s,BOSA -28.6 25.3 3 s,CPUP -26.3 -57.3 3 s,LPAZ -16.3 -68.1 3 s,PLCA -40.7 -70.6 3 s,
STKA -31.9 141.6 3 s,VNDA -77.5 161.9 3 s,MAW -67.6 62.9 3 s,DBIC 6.7 -4.9 3 s,BGCA 5.2 18.4 3 s,NVAR 38.4 -118.3 a s,
H01W -34.9 114.1 3 h,H10N -7.8 -14.5 3 h,I53US 64.9 -147.9 a i,I26DE 48.9 13.7 a i,I07AU -19.9 134.3 a i`
    .split(",")
    .map((line) => line.trim().split(" "));

const technologies = { s: "seismic", h: "hydroacoustic", i: "infrasound" } as const;

function makeStations(): StationSummary[] {
  return sites.map(([code, latitude, longitude, kind, letter]) => {
    const technology = technologies[letter as keyof typeof technologies];
    const element = kind === "a" ? `${code!.slice(0, 2)}01` : code!;
    const codes = { seismic: ["BHE", "BHN", "BHZ"], hydroacoustic: ["EDH"], infrasound: ["BDF"] }[technology];
    return {
      code: code!,
      network: "IM",
      name: `Station ${code}`,
      technology,
      kind: kind === "a" ? "array" : "3c",
      role: "primary",
      latitudeDeg: Number(latitude),
      longitudeDeg: Number(longitude),
      elevationKm: 0.2,
      sites: kind === "a" ? 9 : 1,
      channels: codes.map((channel) => ({ key: `IM.${element}..${channel}`, sampleRateHz: RATE_HZ })),
      lastDataTime: START + HOURS * 3600,
      arrivals: 12,
    };
  });
}

const places: readonly (readonly [number, number, string])[] = [
  [-17.9, -178.4, "FIJI ISLANDS REGION"],
  [38.2, 142.6, "NEAR EAST COAST OF HONSHU, JAPAN"],
  [36.5, 70.9, "HINDU KUSH REGION, AFGHANISTAN"],
  [-31.4, -71.8, "NEAR COAST OF CENTRAL CHILE"],
  [51.9, -174.2, "ANDREANOF ISLANDS, ALEUTIAN ISLANDS"],
  [41.3, 129.1, "NORTH KOREA"],
  [-6.1, 149.8, "NEW BRITAIN REGION, PAPUA NEW GUINEA"],
  [37.9, 28.8, "TURKEY"],
  [0.4, 122.1, "MINAHASA PENINSULA, SULAWESI"],
  [16.2, -95.1, "OAXACA, MEXICO"],
];

export function makeCentre(hiddenCount = 24): MadeCentre {
  const random = randomStream(7, "workstation test");
  const stations = makeStations();
  const predictions = new Map<string, PredictedArrival[]>();
  const details: EventDetail[] = [];
  const hidden: HiddenEvent[] = [];
  for (let index = 0; index < hiddenCount; index++) {
    const [latitude, longitude, regionName] = places[index % places.length]!;
    const found = index % 6 !== 4;
    const one: HiddenEvent = {
      key: `hidden-${index}`,
      time: START + 300 + (index * (HOURS - 0.5) * 3600) / hiddenCount + random.uniform() * 300,
      latitudeDeg: latitude + random.normal(),
      longitudeDeg: longitude + random.normal(),
      depthKm: index % 3 === 0 ? 10 : 40 + 200 * random.uniform(),
      magnitude: 3.6 + 2 * random.uniform(),
      kind: index % 10 === 5 ? "explosion" : "earthquake",
      regionName,
      matchedEventKey: found ? `SEL1-${index}` : null,
    };
    hidden.push(one);
    if (!found) continue;
    const due = stations
      .filter(({ technology }) => technology === "seismic")
      .flatMap((station): PredictedArrival[] => {
        const path = distanceAzimuth(station.latitudeDeg, station.longitudeDeg, one.latitudeDeg, one.longitudeDeg);
        return ([1, 2] as const).flatMap((column) => {
          const sec = travelSec(path.deltaDeg, column);
          const common = { slownessSecPerDeg: 8, deltaDeg: path.deltaDeg, azimuthDeg: path.azimuthDeg };
          return sec === null
            ? []
            : [{ station: station.code, phase: column === 1 ? "P" : "S", time: one.time + sec, ...common }];
        });
      });
    predictions.set(`SEL1-${index}`, due);
    details.push(makeDetail(one, due, stations, random));
  }
  const matched = details.map((event) => ({ eventKey: event.key, match: event.matchedTruth! }));
  const missed = hidden.filter(({ matchedEventKey }) => matchedEventKey === null).map(({ key }) => key);
  const truth: TruthReport = {
    available: true,
    list: "SEL1",
    comparedFrom: START,
    comparedTo: START + 4 * 3600,
    hidden,
    matched,
    missed,
    false: [],
    counts: { hidden: hidden.length, matched: matched.length, missed: missed.length, false: 0 },
    medians: { distanceKm: 14.2, absTimeErrorSec: 0.81, absDepthErrorKm: 12, absMagnitudeError: 0.14 },
  };
  const own = details.flatMap(({ origins }) => origins.flatMap(({ associations }) => associations));
  const arrivals = [...own.flatMap(({ arrival }) => arrival ?? []), ...makeNoise(stations, own[0]!.arrival!)];
  const status = makeStatus(stations.length, details.length);
  return { status, stations, details, arrivals, predictions, truth, timetable: makeTimetable() };
}

const INTERVAL_SEC = 1200;

/** SEL1 of three hours made in time but one interval late, one failed, one opened again; SEL2 not due before the last hour; no SEL3. */
function makeTimetable(): TimetableStates {
  const intervals = Array.from({ length: 12 }, (_, index) => {
    const from = START + index * INTERVAL_SEC;
    const to = from + INTERVAL_SEC;
    const common = { attempts: 1, arrivals: 40, events: 2, problem: "" };
    const made = (list: string, dueAt: number) => ({ list, state: "done" as const, dueAt, madeAt: dueAt, ...common });
    const sel1 = made("SEL1", to + 3600);
    const special: Record<number, object> = {
      3: { madeAt: to + 3 * 3600 },
      5: { state: "failed", attempts: 2, problem: "The disk is full." },
      7: { state: "queued" },
    };
    const sel2 = {
      ...made("SEL2", to + 4 * 3600),
      state: "queued" as const,
      madeAt: null,
      arrivals: null,
      events: null,
    };
    return { from, to, stations: 35, stationsDone: 34, lists: [{ ...sel1, ...special[index] }, sel2] };
  });
  return { lists: ["SEL1", "SEL2", "SEL3"], intervals };
}

function makeNoise(stations: readonly StationSummary[], pattern: ArrivalRecord): ArrivalRecord[] {
  return stations.flatMap(({ code, channels }) =>
    Array.from({ length: HOURS * 3 }, (_, index): ArrivalRecord => {
      const time = START + 1200 * index + 600;
      const channel = channels.at(-1)!.key;
      return { ...pattern, key: `noise-${code}-${index}`, station: code, channel, time, phase: "tx", eventKey: null };
    }),
  );
}

function makeDetail(
  one: HiddenEvent,
  due: readonly PredictedArrival[],
  stations: readonly StationSummary[],
  random: ReturnType<typeof randomStream>,
): EventDetail {
  const [latitudeDeg, longitudeDeg] = [
    one.latitudeDeg + 0.1 * random.normal(),
    one.longitudeDeg + 0.1 * random.normal(),
  ];
  const time = one.time + random.normal() * 0.8;
  const picked = due.filter(({ phase }) => random.uniform() < (phase === "P" ? 0.45 : 0.12)).slice(0, 18);
  const associations = picked.map((prediction) => {
    const residual = random.normal() * 0.7;
    const channel = stations.find(({ code }) => code === prediction.station)!.channels.at(-1)!.key;
    const key = `${prediction.station}-${prediction.phase}-${one.key}`;
    return {
      phase: prediction.phase,
      station: prediction.station,
      deltaDeg: prediction.deltaDeg,
      stationEventAzimuthDeg: prediction.azimuthDeg,
      eventStationAzimuthDeg: (prediction.azimuthDeg + 180) % 360,
      timeResidualSec: residual,
      timeDefining: Math.abs(residual) < 1.5,
      azimuthResidualDeg: random.normal() * 6,
      azimuthDefining: prediction.phase === "P",
      slownessResidualSecPerDeg: random.normal(),
      slownessDefining: prediction.phase === "P",
      weight: 1,
      arrivalKey: key,
      arrival: {
        key,
        station: prediction.station,
        channel,
        time: prediction.time + residual,
        timeErrorSec: 0.4,
        phase: prediction.phase,
        azimuthDeg: prediction.azimuthDeg,
        azimuthErrorDeg: 5,
        slownessSecPerDeg: 8,
        slownessErrorSecPerDeg: 1,
        snr: 4 + 30 * random.uniform(),
        amplitudes: [],
        firstMotion: null,
        rectilinearity: null,
        incidenceDeg: null,
        frequencyHz: 1.2,
        fkQuality: null,
        author: "station",
        eventKey: one.matchedEventKey,
      },
    };
  });
  const stationCount = new Set(picked.map(({ station }) => station)).size;
  const magnitude = one.magnitude + 0.15 * random.normal();
  const [semiMajorKm, semiMinorKm, strikeDeg] = [12 + 20 * random.uniform(), 8, 180 * random.uniform()];
  const shared = {
    time,
    latitudeDeg,
    longitudeDeg,
    depthKm: one.depthKm < 30 ? 0 : one.depthKm + 10 * random.normal(),
    depthType: one.depthKm < 30 ? ("surface" as const) : ("free" as const),
    definingCount: associations.filter(({ timeDefining }) => timeDefining).length * 2,
    stationCount,
    azimuthGapDeg: 60 + 100 * random.uniform(),
  };
  return {
    ...shared,
    key: one.matchedEventKey!,
    regionName: one.regionName,
    magnitudes: [{ type: "mb", value: magnitude, stationCount: 6 }],
    semiMajorKm,
    semiMinorKm,
    strikeDeg,
    timeErrorSec: 0.9,
    matchedTruth: {
      truthKey: one.key,
      distanceKm: geodesicKm(latitudeDeg, longitudeDeg, one.latitudeDeg, one.longitudeDeg),
      timeErrorSec: time - one.time,
      depthErrorKm: shared.depthKm - one.depthKm,
      magnitudeError: magnitude - one.magnitude,
    },
    list: "SEL1",
    version: 1,
    screening: {
      ...{ status: "not screened out", score: -0.4, mbMsLine: { slope: 1, intercept: -0.64 } },
      criteria: [
        {
          name: "depth",
          status: "insufficient data",
          score: null,
          reason: "The depth of 10 km is held, not measured.",
        },
        { name: "mb:Ms", status: "not screened out", score: -0.4, reason: "Ms 3.60 is 0.26 below mb - 0.64 = 3.86." },
      ],
    },
    origins: [
      {
        ...shared,
        key: `${one.matchedEventKey}-origin`,
        preferred: true,
        error: {
          ...{ sxxKm2: 40, syyKm2: 50, szzKm2: 90, sttSec2: 0.3, sxyKm2: 1, sxzKm2: 1, syzKm2: 1 },
          ...{ stxKmSec: 0, styKmSec: 0, stzKmSec: 0, sdobs: 0.9, semiMajorKm, semiMinorKm, strikeDeg },
          ...{ depthErrorKm: 12, timeErrorSec: 0.9, confidence: 0.9 },
        },
        associations,
        magnitudes: [
          {
            type: "mb",
            value: magnitude,
            uncertainty: 0.1,
            stationCount: 6,
            stations: picked.slice(0, 6).map(({ station, deltaDeg }, index) => ({
              ...{ type: "mb", station, arrivalKey: null, deltaDeg, value: magnitude + 0.3 * random.normal() },
              ...{ uncertainty: 0.3, defining: index !== 2, reason: index === 2 ? "outside 20 to 105 degrees" : "" },
            })),
          },
        ],
        rmsResidualSec: 0.74,
        author: "network",
        remarks: ["Depth is not resolved by the data of this event."],
      },
    ],
  };
}

function makeStatus(stationCount: number, eventCount: number): Status {
  return {
    version: "0.1.0",
    mode: "simulation",
    state: "processing",
    progress: {
      ...{ stage: "station", done: 142, total: 210, unit: "station hours", ratePerSec: 2.4, etaSec: 28 },
      message: "Detecting signals",
    },
    dataFrom: START,
    dataTo: START + HOURS * 3600,
    processedTo: START + 4 * 3600,
    counts: {
      ...{ stations: stationCount, channels: 105, segments: 4120, samples: 45_360_000 },
      ...{ arrivals: 812, events: eventCount },
    },
    startedAt: START,
    firstEventAfterSec: 41,
  };
}

/** Noise, and a decaying wave train at each arrival of the channel's station. */
export function madeSamples(centre: MadeCentre, channel: string, filter: string, from: number, to: number) {
  const station = centre.stations.find(({ channels }) => channels.some(({ key }) => key === channel));
  const low = filter.startsWith("bp:") ? Number(filter.slice(3).split("-")[0]) : 0.3;
  const samples = new Float64Array(Math.max(0, Math.ceil((to - from) * RATE_HZ)));
  const random = randomStream(Math.floor(from), `${channel}${filter}`);
  let noise = 0;
  for (let i = 0; i < samples.length; i++) {
    noise = 0.7 * noise + random.normal();
    samples[i] = noise * (20 / (1 + low));
  }
  const waves = [...centre.predictions.values()].flat().filter((due) => due.station === station?.code);
  for (const { time, phase } of waves) {
    const first = Math.max(0, Math.ceil((time - from) * RATE_HZ));
    for (let i = first; i < samples.length; i++) {
      const age = from + i / RATE_HZ - time;
      if (age > 120) break;
      samples[i]! += (phase === "P" ? 300 : 180) * Math.sin(2 * Math.PI * (low + 0.6) * age) * Math.exp(-age / 15);
    }
  }
  return { startTime: from, sampleRateHz: RATE_HZ, samples };
}

/** A picture with one peak to the north-east, for whatever is asked. */
export function madePicture(query: URLSearchParams): SlownessPicture {
  const number = (name: string) => Number(query.get(name));
  const time = number("time");
  const gridCount = 41;
  const most = number("max");
  const at = { northSecPerDeg: 5, eastSecPerDeg: 5, azimuthDeg: 45, slownessSecPerDeg: 7.07 };
  const semblance = Array.from({ length: gridCount ** 2 }, (_, i) => {
    const [north, east] = [Math.floor(i / gridCount), i % gridCount].map(
      (k) => (2 * k * most) / (gridCount - 1) - most,
    );
    return Math.hypot(north!, east!) > most ? 0 : 0.1 + 0.8 * Math.exp(-(((north! - 5) ** 2 + (east! - 5) ** 2) / 60));
  });
  const peak = { ...at, semblance: 0.9, fStatistic: 72 };
  return {
    ...{ station: query.get("station")!, time, lowHz: number("low"), highHz: number("high"), gridCount, semblance },
    ...{ windowFrom: time - number("lead"), windowTo: time - number("lead") + number("length") },
    ...{ maxSlownessSecPerDeg: most, elements: ["A0", "A1", "A2", "A3"] },
    peak: { ...peak, azimuthErrorDeg: 2, slownessErrorSecPerDeg: 0.3 },
    beam: { startTime: time - 30, sampleRateHz: 20, samples: Array.from({ length: 1200 }, (_, i) => Math.sin(i / 3)) },
    track: Array.from({ length: 60 }, (_, i) => ({ time: time - 30 + i, ...peak })),
  };
}
