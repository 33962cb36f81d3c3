/**
 * What a file of any format comes down to: waveforms, instruments, places, bulletins, weather fields, and pointers to samples that lie in another file.
 * Each format gives a `FormatDescriptor`; `read.ts` chooses among them.
 */
import type {
  Bulletin,
  Channel,
  ChannelId,
  DirectionCorrection,
  EllipticityTable,
  Limits,
  Problem,
  TravelTimeCorrection,
  TravelTimeTable,
  WaveformSegment,
  WeatherField,
} from "@harken/core";
import type { CssTables } from "./css/schema.ts";

/** Where a site stands, from tables that tell no more (CSS3.0 site, IMS STATION). `station` is the reporting array's code. */
export interface SiteRecord {
  readonly network: string;
  /** Site code (ARA0). */
  readonly code: string;
  /** Reporting station (ARCES); equal to `code` for a single site. */
  readonly station: string;
  readonly name: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly elevationKm: number;
  /** Offsets from the array's reference, km; null when the file does not give them. */
  readonly northKm: number | null;
  readonly eastKm: number | null;
  /** When it stood there, epoch seconds; absent or null where the file sets no end. */
  readonly startTime?: number | null;
  readonly endTime?: number | null;
  /** The file lists the stations that report, so this is no element of an array, whatever its neighbours are called (SEISAN). */
  readonly isStation?: true;
}

/** A row that describes samples in another file (CSS3.0 wfdisc). */
export interface WaveformReference {
  readonly channel: ChannelId;
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly sampleCount: number;
  readonly calibNmPerCount: number | null;
  readonly calperSec: number | null;
  /** CSS3.0 data type: s2 s3 s4 i2 i4 t4 f4 t8 f8 e1 cc ... */
  readonly dataType: string;
  readonly dir: string;
  readonly fileName: string;
  readonly byteOffset: number;
}

export interface FileContents {
  /** Name of the format such as "miniseed2"; "unknown" when none fits, "unreadable" when the file could not be opened. */
  readonly format: string;
  readonly segments: readonly WaveformSegment[];
  readonly channels: readonly Channel[];
  readonly sites: readonly SiteRecord[];
  readonly bulletin: Bulletin | null;
  readonly references: readonly WaveformReference[];
  /** Rows of a CSS3.0 table, which say more together with those of other files: `joinCss`. */
  readonly cssTables?: CssTables;
  /** Fields of numerical weather prediction. */
  readonly weather?: readonly WeatherField[];
  readonly directionCorrections?: readonly DirectionCorrection[];
  readonly travelTimeCorrections?: readonly TravelTimeCorrection[];
  readonly travelTimeTables?: readonly TravelTimeTable[];
  readonly ellipticityTables?: readonly EllipticityTable[];
  readonly problems: readonly Problem[];
}

/** The part of the contents that one decoder fills. */
export type PartialContents = Partial<Omit<FileContents, "format" | "problems">> & {
  readonly problems: readonly Problem[];
};

export interface FormatDescriptor {
  readonly name: string;
  readonly title: string;
  /**
   * How sure the format is that the bytes are its own, 0 (no) to 1 (a checked signature). Looks at the first kilobytes only; `name` is the
   * file's name without folder, for formats that bytes alone do not tell apart.
   */
  readonly sniff: (bytes: Uint8Array, name: string) => number;
  readonly read: (bytes: Uint8Array, name: string, limits: Limits) => PartialContents;
}
