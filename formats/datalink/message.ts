/**
 * What DataLink says (libdali, "DataLink protocol 1.0"; ringserver speaks 1.1): a header in letters, with data behind some.
 *
 *     "DL"  length of the header, one byte  header  data
 *
 * Times on the wire are microseconds; here they are epoch seconds UTC as everywhere.
 */
import { latin1Bytes } from "../latin1.ts";

/** What a client says. */
export type DataLinkCommand =
  /** `program:user:process:architecture`. */
  | { readonly kind: "id"; readonly client: string }
  | {
      readonly kind: "position";
      readonly to: "EARLIEST" | "LATEST" | bigint;
      /** Tells packets of one number apart, as numbers come round; null when not given. */
      readonly packetTime: number | null;
    }
  | { readonly kind: "position-after"; readonly time: number }
  /** Regular expressions on stream names; null takes one back. */
  | { readonly kind: "match" | "reject"; readonly pattern: string | null }
  | { readonly kind: "read"; readonly packet: bigint }
  | DataLinkWrite
  | { readonly kind: "stream" | "endstream" | "bye" }
  /** STATUS, STREAMS or CONNECTIONS. */
  | { readonly kind: "info"; readonly type: string; readonly match: string | null }
  /** No command, or one with wrong arguments. */
  | { readonly kind: "other"; readonly header: string };

export interface DataLinkWrite {
  readonly kind: "write";
  readonly stream: string;
  readonly startTime: number;
  readonly endTime: number;
  /** A: acknowledgement wanted; N: none. */
  readonly flags: string;
  readonly data: Uint8Array;
}

export interface DataLinkPacket {
  readonly kind: "packet";
  /** Such as FDSN:IU_ANMO_00_B_H_Z/MSEED. */
  readonly stream: string;
  readonly packet: bigint;
  /** When the server took it. */
  readonly packetTime: number;
  readonly startTime: number;
  readonly endTime: number;
  readonly data: Uint8Array;
}

/** What a server says. */
export type DataLinkReply =
  /** `DataLink <version> :: <capabilities>`. */
  | { readonly kind: "id"; readonly server: string }
  /** The value is a packet's number or a count, by the command. */
  | { readonly kind: "ok" | "error"; readonly value: bigint; readonly message: string }
  | { readonly kind: "info"; readonly type: string; readonly xml: string }
  | DataLinkPacket
  | { readonly kind: "endstream" }
  | { readonly kind: "other"; readonly header: string };

const LONGEST_HEADER = 255;
const MICROSECONDS = 1e6;
const micros = (time: number) => String(Math.round(time * MICROSECONDS));

export function writeDataLinkCommand(command: DataLinkCommand): Uint8Array<ArrayBuffer> {
  switch (command.kind) {
    case "id":
      return message(`ID ${command.client}`);
    case "position":
      return message(
        `POSITION SET ${command.to}${command.packetTime === null ? "" : ` ${micros(command.packetTime)}`}`,
      );
    case "position-after":
      return message(`POSITION AFTER ${micros(command.time)}`);
    case "match":
    case "reject": {
      const name = command.kind.toUpperCase();
      return command.pattern === null ? message(name) : sized(name, new TextEncoder().encode(command.pattern));
    }
    case "read":
      return message(`READ ${command.packet}`);
    case "write": {
      const { stream, startTime, endTime, flags, data } = command;
      return sized(`WRITE ${stream} ${micros(startTime)} ${micros(endTime)} ${flags}`, data);
    }
    case "info":
      return message(`INFO ${command.type}${command.match === null ? "" : ` ${command.match}`}`);
    case "other":
      return message(command.header);
    default:
      return message(command.kind.toUpperCase());
  }
}

export function writeDataLinkReply(reply: DataLinkReply): Uint8Array<ArrayBuffer> {
  switch (reply.kind) {
    case "id":
      return message(`ID ${reply.server}`);
    case "ok":
    case "error":
      return sized(`${reply.kind.toUpperCase()} ${reply.value}`, new TextEncoder().encode(reply.message));
    case "info":
      return sized(`INFO ${reply.type}`, new TextEncoder().encode(reply.xml));
    case "packet": {
      const { stream, packet, packetTime, startTime, endTime, data } = reply;
      return sized(`PACKET ${stream} ${packet} ${micros(packetTime)} ${micros(startTime)} ${micros(endTime)}`, data);
    }
    case "endstream":
      return message("ENDSTREAM");
    case "other":
      return message(reply.header);
  }
}

const sized = (header: string, data: Uint8Array) => message(`${header} ${data.length}`, data);

function message(header: string, data: Uint8Array = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  if (header.length > LONGEST_HEADER)
    throw new RangeError(`A header of ${header.length} letters does not fit DataLink's ${LONGEST_HEADER}.`);
  const bytes = new Uint8Array(3 + header.length + data.length);
  bytes.set([0x44, 0x4c, header.length]);
  bytes.set(latin1Bytes(header), 3);
  bytes.set(data, 3 + header.length);
  return bytes;
}
