/** What the FDSN services draw on, and what each of them hands back to be written. */
import type { Station } from "@harken/core";
import type { ArchiveReader, Store } from "@harken/store";
import type { Logger } from "pino";

export interface FdsnSources {
  readonly store: Store;
  readonly archive: ArchiveReader;
  /** The list whose events are given when no catalog is named. */
  readonly list: string;
  stations(): readonly Station[];
  /** Epoch seconds. */
  clock(): number;
  readonly logger: Pick<Logger, "error">;
}

/** null: nothing fits. */
export type FdsnAnswer = {
  readonly type: string;
  readonly chunks: AsyncIterable<Uint8Array | string>;
  readonly file?: string;
} | null;

export function textAnswer(type: string, text: string): FdsnAnswer {
  const chunks = async function* () {
    yield text;
  };
  return { type: `${type}; charset=utf-8`, chunks: chunks() };
}
