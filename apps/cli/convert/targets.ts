/**
 * The formats that `harken convert` writes. A target takes what it can hold from the input; what is left over is found afterwards by reading
 * the output back (`losses.ts`).
 */
import type { Bulletin, Channel, Station, WaveformSegment } from "@harken/core";
import { regionName } from "@harken/earth";
import {
  encodeCssBulletin,
  encodeCssTable,
  encodeImsBulletin,
  encodeNordic,
  encodeQuakeMl,
  encodeSac,
  encodeSacPoleZero,
  encodeStationXml,
  writeCssWaveforms,
  writeImsWaveform,
  writeMiniSeed2,
  writeMiniSeed3,
} from "@harken/formats";

export interface Material {
  readonly segments: readonly WaveformSegment[];
  readonly channels: readonly Channel[];
  readonly stations: readonly Station[];
  readonly bulletin: Bulletin | null;
}

export interface OutputFile {
  readonly path: string;
  readonly content: Uint8Array | string;
}

export interface Target {
  readonly name: string;
  readonly title: string;
  /** Endings of a file's name, without the point, that ask for it. */
  readonly endings: readonly string[];
  /** Without any of these in the input there is nothing to write. */
  readonly needs: readonly (keyof Material)[];
  /** Throws RangeError for what the format cannot hold. `now` is epoch seconds. */
  readonly write: (material: Material, path: string, now: number) => OutputFile[];
}

export const targets: readonly Target[] = [
  {
    name: "miniseed2",
    title: "miniSEED 2",
    endings: ["mseed", "miniseed", "msd", "ms", "seed", "mseed2"],
    needs: ["segments"],
    write: ({ segments }, path) => [{ path, content: writeMiniSeed2(segments) }],
  },
  {
    name: "miniseed3",
    title: "miniSEED 3",
    endings: ["mseed3", "ms3"],
    needs: ["segments"],
    write: ({ segments }, path) => [{ path, content: writeMiniSeed3(segments) }],
  },
  {
    name: "sac",
    title: "SAC",
    endings: ["sac"],
    needs: ["segments"],
    write: writeSac,
  },
  ...(["CM6", "INT"] as const).map(
    (format): Target => ({
      name: `ims-${format.toLowerCase()}`,
      title: `IMS2.0 waveform, ${format}`,
      endings: format === "CM6" ? ["cm6", "ims", "gse", "msg"] : ["int"],
      needs: ["segments"],
      write: ({ segments, channels }, path) => [
        { path, content: writeImsWaveform(segments, { format, messageId: messageIdOf(segments), channels }) },
      ],
    }),
  ),
  {
    name: "css-waveform",
    title: "CSS3.0 wfdisc with .w",
    endings: ["wfdisc", "w"],
    needs: ["segments"],
    write: writeCss,
  },
  {
    name: "stationxml",
    title: "FDSN StationXML 1.2",
    endings: ["stationxml", "xml"],
    needs: ["stations"],
    write: ({ stations }, path, now) => [{ path, content: encodeStationXml(stations, { createdTime: now }) }],
  },
  {
    name: "sacpz",
    title: "SAC poles and zeros",
    endings: ["sacpz", "pz", "paz"],
    needs: ["channels"],
    write: ({ channels }, path) => [{ path, content: encodeSacPoleZero(channels) }],
  },
  {
    name: "quakeml",
    title: "QuakeML 1.2",
    endings: ["quakeml", "qml", "xml"],
    needs: ["bulletin"],
    write: ({ bulletin }, path) => [{ path, content: encodeQuakeMl(bulletin!) }],
  },
  {
    name: "ims-bulletin",
    title: "IMS1.0:short bulletin",
    endings: ["ims", "gse", "msg", "isf", "txt"],
    needs: ["bulletin"],
    write: ({ bulletin, stations }, path) => [
      { path, content: encodeImsBulletin(bulletin!, { stations, region: regionName }) },
    ],
  },
  {
    name: "nordic",
    title: "SEISAN bulletin (Nordic)",
    endings: ["nordic", "nor", "sfile", "out"],
    needs: ["bulletin"],
    write: ({ bulletin }, path) => [{ path, content: encodeNordic(bulletin!) }],
  },
  {
    name: "css-tables",
    title: "CSS3.0 tables",
    endings: [
      ...["arrival", "assoc", "origin", "origerr", "netmag", "stamag", "amplitude", "event"],
      "site",
      "sitechan",
    ],
    needs: ["bulletin", "stations"],
    write: writeTables,
  },
];

/** `x.sac` for one segment; for more `x.NET.STA.LOC.CHAN.N.sac`, since a file holds one. */
function writeSac({ segments, channels }: Material, path: string): OutputFile[] {
  const stem = withoutEnding(path);
  return segments.map((segment, i) => {
    const { network, station, location, channel: code } = segment.channel;
    const channel = channels.find(
      ({ id }) => id.station === station && id.channel === code && (id.network === network || id.network === ""),
    );
    const name = [network, station, location, code].join(".").replace(/[^\w.-]/g, "_");
    const content = encodeSac(segment, channel ? { channel } : {});
    return { path: segments.length === 1 ? path : `${stem}.${name}.${i + 1}.sac`, content };
  });
}

function writeCss({ segments }: Material, path: string): OutputFile[] {
  const stem = withoutEnding(path);
  const samples = `${stem}.w`;
  const { bytes, rows } = writeCssWaveforms(segments, samples.slice(samples.lastIndexOf("/") + 1));
  return [
    { path: `${stem}.wfdisc`, content: encodeCssTable("wfdisc", rows) },
    { path: samples, content: bytes },
  ];
}

function writeTables({ bulletin, stations }: Material, path: string): OutputFile[] {
  const files = encodeCssBulletin(bulletin ?? { list: "", events: [], arrivals: [] }, { stations });
  return Object.entries(files)
    .filter(([, text]) => text !== "")
    .map(([table, content]) => ({ path: `${withoutEnding(path)}.${table}`, content }));
}

export const endingOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
const withoutEnding = (path: string): string => path.replace(/\.[^./]+$/, "");

function messageIdOf(segments: readonly WaveformSegment[]): string {
  return (segments[0]?.channel.station ?? "HARKEN").replace(/\W/g, "").slice(0, 20) || "HARKEN";
}
