/**
 * What a client of SeedLink may say, in version 3 (as SeisComP and ringserver speak it) and version 4 (FDSN,
 * https://docs.fdsn.org/projects/seedlink). A command is a line that ends with CR LF.
 */
import type { ErrorReply } from "./reply.ts";

export type SeedLinkVersion = 3 | 4;

/** Where a station's packets are to begin: with the next new one, with the oldest there is, or with a number. */
export type StartSequence = "next" | "all" | bigint;

export type SeedLinkCommand =
  | { readonly name: "HELLO" | "CAT" | "BATCH" | "END" | "ENDFETCH" | "BYE" }
  | { readonly name: "SLPROTO"; readonly version: string }
  /** `program/version`, more of them with spaces between. */
  | { readonly name: "USERAGENT"; readonly agent: string }
  /** Version 3: what the server is asked to do beyond the usual, such as EXTREPLY. */
  | { readonly name: "CAPABILITIES"; readonly capabilities: readonly string[] }
  /** USERPASS with user and password, or JWT with a token. */
  | { readonly name: "AUTH"; readonly method: string; readonly credentials: readonly string[] }
  /** `NET_STA`, with * and ? for any letters and any letter, in both versions. */
  | { readonly name: "STATION"; readonly station: string }
  /** As the version writes them: see `selector.ts`. Version 3 takes all back when there are none. */
  | { readonly name: "SELECT"; readonly patterns: readonly string[] }
  | {
      readonly name: "DATA" | "FETCH";
      /** A number has 24 bits in version 3. */
      readonly sequence: StartSequence;
      readonly startTime: number | null;
      readonly endTime: number | null;
    }
  | { readonly name: "TIME"; readonly startTime: number; readonly endTime: number | null }
  /** ID, CAPABILITIES, STATIONS, STREAMS, CONNECTIONS; FORMATS in version 4, GAPS and ALL in version 3. */
  | { readonly name: "INFO"; readonly item: string; readonly station: string | null; readonly stream: string | null }
  | { readonly name: "OTHER"; readonly line: string };

export type CommandName = SeedLinkCommand["name"];

/** Whether a line was understood, or what to answer. */
export type ParsedCommand = SeedLinkCommand | ErrorReply;

/** Letters of a line, its end not counted. */
export const LONGEST_LINE = 255;
export const LINE_END = "\r\n";
/** Version 3 counts packets to here. */
export const MASK_24 = 0xff_ffffn;
