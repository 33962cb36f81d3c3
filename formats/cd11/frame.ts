/**
 * What a CD-1.1 frame holds (IDC-3.4.3, Rev. 0.3). Texts and times stay as the bytes have them, but for the NULs that fill a field up, so
 * that a frame written again is the same bytes; `timeStamp.ts` reads the times.
 *
 * Every frame type is one kind of payload here:
 *
 *     1 connection request   4 option response   7 alert              13 CD-1 encapsulation
 *     2 connection response  5 data              8 command request
 *     3 option request       6 acknack           9 command response
 */
import type { ByteRange, Cd11Authentication } from "./authentication.ts";
import type { Cd11ChannelSubframe } from "./subframe.ts";

export interface Cd11Frame {
  /** Name of who made the frame, such as a station's: at most 8 letters. */
  readonly creator: string;
  /** Of whom it is for; stations write "0". */
  readonly destination: string;
  /** Unsigned. Counts the frames of one creator and destination, by tens of seconds or by anything that grows. */
  readonly sequence: bigint;
  readonly series: number;
  readonly payload: Cd11Payload;
  readonly authentication: Cd11Authentication;
}

/** A frame as it came. `signed` is what its signature covers: header and body. */
export interface ReceivedCd11Frame extends Cd11Frame {
  readonly length: number;
  readonly signed: ByteRange;
}

export type Cd11Payload =
  | Cd11Connection
  | Cd11Options
  | Cd11Data
  | Cd11Acknack
  | Cd11Alert
  | Cd11CommandRequest
  | Cd11CommandResponse
  | Cd11Encapsulation
  | Cd11OtherPayload;

/** A station asks where to send its data; the answer names the address and port to connect to. */
export interface Cd11Connection {
  readonly kind: "connection-request" | "connection-response";
  readonly majorVersion: number;
  readonly minorVersion: number;
  /** Station in a request, responder in a response: at most 8 letters. */
  readonly name: string;
  /** IMS, IDC, NDC...: at most 4 letters. */
  readonly organization: string;
  /** TCP or UDP. */
  readonly service: string;
  /** IPv4, dotted. */
  readonly address: string;
  readonly port: number;
  readonly secondAddress: string;
  readonly secondPort: number;
}

export interface Cd11Option {
  /** 1: the name of the connection. */
  readonly type: number;
  /** As long as its stated size, which may or may not count the NULs that fill it up. */
  readonly value: Uint8Array;
}

export interface Cd11Options {
  readonly kind: "option-request" | "option-response";
  readonly options: readonly Cd11Option[];
  /** False where a writer left out what fills a value up to a multiple of four bytes. Default true. */
  readonly padded?: boolean;
}

export interface Cd11Data {
  readonly kind: "data";
  /** Milliseconds of data time that the frame spans. */
  readonly lengthMs: number;
  readonly nominalTime: string;
  /** Site, channel and location of each channel in 10 letters. Left out, it is made of the subframes; stations write other locations here. */
  readonly channelString?: string;
  readonly channels: readonly Cd11ChannelSubframe[];
}

/** A stretch of sequence numbers that have not come: the first one missing, and the first after it that has come. */
export interface Cd11Gap {
  readonly start: bigint;
  readonly end: bigint;
}

/** Says which frames have come, at least once a minute. Sequence numbers are signed here: an empty set is 0 to -1. */
export interface Cd11Acknack {
  readonly kind: "acknack";
  /** `CREATOR:DESTINATION`, at most 20 letters. */
  readonly frameSet: string;
  readonly lowest: bigint;
  readonly highest: bigint;
  readonly gaps: readonly Cd11Gap[];
}

/** Sent before a connection is closed. */
export interface Cd11Alert {
  readonly kind: "alert";
  readonly message: string;
  /** Stated size of the message, where that counts NULs after it. */
  readonly messageSize?: number;
  /** See `Cd11Options`. */
  readonly padded?: boolean;
}

export interface Cd11Command {
  readonly station: string;
  readonly site: string;
  readonly channel: string;
  readonly location: string;
  readonly timeStamp: string;
  readonly message: string;
  readonly messageSize?: number;
  /** See `Cd11Options`. */
  readonly padded?: boolean;
}

export interface Cd11CommandRequest extends Cd11Command {
  readonly kind: "command-request";
}

export interface Cd11CommandResponse extends Cd11Command {
  readonly kind: "command-response";
  readonly response: string;
  readonly responseSize?: number;
}

/** A frame of CD-1. No open source tells its layout; Edge (USGS) reads it as the body of a data frame, and so does the reading of files. */
export interface Cd11Encapsulation {
  readonly kind: "cd1-encapsulation";
  readonly body: Uint8Array;
}

/** A type that is not known here. */
export interface Cd11OtherPayload {
  readonly kind: "other";
  readonly type: number;
  readonly body: Uint8Array;
}

/** Frame types by the kind of payload. */
export const frameTypes: Readonly<Record<Exclude<Cd11Payload["kind"], "other">, number>> = Object.freeze({
  "connection-request": 1,
  "connection-response": 2,
  "option-request": 3,
  "option-response": 4,
  data: 5,
  acknack: 6,
  alert: 7,
  "command-request": 8,
  "command-response": 9,
  "cd1-encapsulation": 13,
});

/** `CREATOR:DESTINATION` of a frame, which names the set that its sequence number counts in. */
export const frameSetOf = ({ creator, destination }: Pick<Cd11Frame, "creator" | "destination">): string =>
  `${creator.trim()}:${destination.trim()}`;
