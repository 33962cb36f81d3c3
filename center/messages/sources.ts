/** What the message service draws on, and what its sections are made of. */
import type { Station } from "@harken/core";
import type { ImsRequest } from "@harken/formats";
import type { ArchiveReader, Store } from "@harken/store";

export interface MessageSources {
  readonly store: Store;
  readonly archive: ArchiveReader;
  /** Name of the centre in its messages, 16 letters at most. */
  readonly name: string;
  /** The automatic list that arrivals count as unassociated in when a request names none. */
  readonly list: string;
  stations(): readonly Station[];
  /** Epoch seconds. */
  clock(): number;
}

/** Lines, or bytes where samples are in it; each begins with its DATA_TYPE. */
export type MessageSection = readonly string[] | Uint8Array;

/** Sections for a request line, or why there are none. */
export type SectionAnswer = readonly MessageSection[] | { readonly refused: string };

export type SectionMaker = (sources: MessageSources, request: ImsRequest) => Promise<SectionAnswer>;

export const refused = (reason: string): SectionAnswer => ({ refused: reason });

/** Safeguards of size: what one request line may ask for. */
export const sectionLimits = Object.freeze({
  events: 20_000,
  arrivals: 100_000,
  /** Samples by the channels' rates, before any is read. */
  samples: 10_000_000,
  radionuclideSamples: 200,
  /** Longest period of a status report, s. */
  statusSec: 31 * 86_400,
});
