/**
 * What a server of SeedLink answers in letters.
 *
 *     OK                                              both versions
 *     ERROR                                           version 3
 *     ERROR<CR>ARGUMENTS Invalid selector pattern     version 3 once EXTREPLY is asked for
 *     ERROR ARGUMENTS Invalid selector pattern        version 4
 */
import type { SeedLinkVersion } from "./command.ts";
import { LINE_END } from "./command.ts";

export const errorCodes = [
  "UNSUPPORTED",
  "UNEXPECTED",
  "UNAUTHORIZED",
  "LIMIT",
  "ARGUMENTS",
  "AUTH",
  "INTERNAL",
] as const;
export type SeedLinkErrorCode = (typeof errorCodes)[number];

export interface ErrorReply {
  readonly code: SeedLinkErrorCode;
  readonly message: string;
}

export const isErrorReply = (value: object): value is ErrorReply => "code" in value;

export const OK = `OK${LINE_END}`;

export function writeError({ code, message }: ErrorReply, version: SeedLinkVersion, isExtended = false): string {
  if (version === 4) return `ERROR ${code} ${message}${LINE_END}`;
  return isExtended ? `ERROR\r${code} ${message}${LINE_END}` : `ERROR${LINE_END}`;
}

/** What follows ERROR; the code is "INTERNAL" where none is told. */
export function parseError(text: string): ErrorReply {
  const [, word = "", rest = ""] = /^\s*(\S*)\s*(.*)$/s.exec(text)!;
  const code = errorCodes.find((known) => known === word);
  return code ? { code, message: rest } : { code: "INTERNAL", message: text.trim() };
}

/** Who a server is: the two lines after HELLO. */
export interface Hello {
  /** Name and version of the program, such as RingServer/4.5.3. */
  readonly software: string;
  readonly organization: string;
  /** Versions of the protocol, highest first, such as 4.0 and 3.1. */
  readonly protocols: readonly string[];
  /** All other flags. */
  readonly capabilities: readonly string[];
}

const PROTOCOL = "SLPROTO:";

/** The first line. */
export function softwareLine({ software, protocols, capabilities }: Omit<Hello, "organization">): string {
  const flags = [...protocols.map((version) => PROTOCOL + version), ...capabilities];
  return `SeedLink v${protocols[0]} (${software})${flags.length > 0 ? ` :: ${flags.join(" ")}` : ""}`;
}

export const writeHello = (hello: Hello): string => `${softwareLine(hello)}${LINE_END}${hello.organization}${LINE_END}`;

/** Servers of version 3 may tell no flags; theirs is the version after the name. */
export function parseHello(first: string, organization: string): Hello {
  const [name = "", flagText = ""] = first.split(" :: ");
  const flags = flagText.split(/\s+/).filter((flag) => flag !== "");
  const listed = flags.filter((flag) => flag.startsWith(PROTOCOL)).map((flag) => flag.slice(PROTOCOL.length));
  const [, version = "3.0", software] = /^SeedLink v(\d+\.\d+)\s*(?:\((.*)\))?/.exec(name) ?? [];
  const protocols = listed.length > 0 ? listed : [version];
  return {
    software: software ?? name,
    organization,
    protocols: protocols.toSorted((a, b) => Number(b) - Number(a)),
    capabilities: flags.filter((flag) => !flag.startsWith(PROTOCOL)),
  };
}
