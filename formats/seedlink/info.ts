/** What a server of SeedLink tells about itself in answer to INFO: JSON in version 4, XML in version 3, one and the same here. */

export interface SeedLinkStreamInfo {
  /** `LOC_B_S_SS`. */
  readonly id: string;
  /** As in a packet's header. */
  readonly format: string;
  readonly subformat: string;
  /** Epoch seconds of the data that are held. */
  readonly startTime: number;
  readonly endTime: number;
}

export interface SeedLinkStationInfo {
  /** `NET_STA`. */
  readonly id: string;
  readonly description: string;
  /** Numbers of packets that are held; exact below 2^53. */
  readonly startSequence: number;
  readonly endSequence: number;
  readonly streams?: readonly SeedLinkStreamInfo[];
}

export interface SeedLinkFormatInfo {
  readonly mimetype: string;
  /** Descriptions by letter, in the order in which they are told. */
  readonly subformats: ReadonlyMap<string, string>;
}

export interface SeedLinkInfo {
  /** The first line of the answer to HELLO, and the second. */
  readonly software: string;
  readonly organization: string;
  /** Epoch seconds. */
  readonly startedAt?: number;
  readonly dataLinkProtocols?: readonly string[];
  readonly seedLinkProtocols?: readonly string[];
  /** By letter. */
  readonly formats?: ReadonlyMap<string, SeedLinkFormatInfo>;
  /** Descriptions by name. */
  readonly filters?: ReadonlyMap<string, string>;
  readonly capabilities?: readonly string[];
  readonly stations?: readonly SeedLinkStationInfo[];
  readonly error?: { readonly code: string; readonly message: string };
}
