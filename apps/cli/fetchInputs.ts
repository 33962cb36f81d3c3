/** What `harken process --fdsn` works on: files fetched from a public server, in a folder that is kept or deleted afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchFdsn } from "@harken/center";
import { isoTime } from "@harken/core";
import { cliErrors } from "./errors.ts";

export interface FetchOptions {
  readonly fdsn?: string;
  readonly channels: readonly string[];
  readonly fetched?: string;
  readonly from?: number;
  readonly to?: number;
  readonly quiet?: boolean;
}

export interface FetchedInputs {
  readonly files: readonly string[];
  /** Deletes the files unless they were to be kept. */
  discard(): void;
}

/** null when nothing is to be fetched. */
export async function fetchInputs(options: FetchOptions): Promise<FetchedInputs | null> {
  const { fdsn: server, channels, from, to, fetched, quiet } = options;
  if (server === undefined) return null;
  if (from === undefined || to === undefined || !(to > from))
    throw cliErrors.make("FETCH_WHAT", { missing: "--from and a later --to" });
  if (channels.length === 0) throw cliErrors.make("FETCH_WHAT", { missing: "--channels" });
  const folder = fetched ?? mkdtempSync(join(tmpdir(), "harken-fetched-"));
  const discard = () => {
    if (fetched === undefined) rmSync(folder, { recursive: true, force: true });
  };
  const tell = (line: string) => quiet || process.stderr.write(`${line}\n`);
  try {
    const progress = (upTo: number) => tell(`Fetched up to ${isoTime(upTo, 0)}`);
    const { files, bytes } = await fetchFdsn({ server, channels, from, to, folder, progress });
    tell(`Fetched ${(bytes / 1e6).toFixed(1)} MB into ${folder}`);
    return { files, discard };
  } catch (cause) {
    discard();
    throw cause;
  }
}
