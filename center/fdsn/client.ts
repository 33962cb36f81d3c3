/**
 * Fetches waveforms and station metadata of a region's channels from a public server's FDSN services into files, for what reads files.
 *
 *     const { files } = await fetchFdsn({ server: "https://service.iris.edu", channels: ["IU.ANMO.00.BH?"], from, to, folder });
 *
 * Waveforms are asked for an hour at a time, in halves where the server finds that too much, and stand on the disk as they come.
 */
import { createWriteStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { HarkenError, isoTime } from "@harken/core";
import { centerErrors } from "../errors.ts";

export interface FdsnFetch {
  /** Address before `/fdsnws`. */
  readonly server: string;
  /** `NET.STA.LOC.CHAN`, each with * and ?; an empty location is the blank one. */
  readonly channels: readonly string[];
  /** Epoch seconds. */
  readonly from: number;
  readonly to: number;
  /** Where the files are written; made when it is not there. */
  readonly folder: string;
  /** Called after each answer with the time up to which data were asked for, epoch s. */
  readonly progress?: (to: number) => void;
}

export interface FdsnFetched {
  /** stations.xml, then the waveforms in order of time; hours without data have none. */
  readonly files: readonly string[];
  readonly bytes: number;
}

/** A stretch of time of some channels of one server. */
export interface FdsnWindow {
  readonly server: string;
  readonly channels: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly signal?: AbortSignal;
}

const STEP_SEC = 3_600;
/** No server that finds this much too much is worth going on with. */
const LEAST_STEP_SEC = 60;
/** A server that says nothing for this long is gone. */
const PATIENCE_MS = 60_000;

export async function fetchFdsn(request: FdsnFetch): Promise<FdsnFetched> {
  const { server, channels, folder, progress } = request;
  await mkdir(folder, { recursive: true });
  const metadata = join(folder, "stations.xml");
  if (!(await fetchMetadata(request, metadata)))
    throw centerErrors.make("FDSN_NOTHING", { server, channels: channels.join(" ") });
  const files = [metadata];
  for await (const { file, to } of fetchWaveforms(request, folder)) {
    if (file !== null) files.push(file);
    progress?.(to);
  }
  if (files.length === 1) throw centerErrors.make("FDSN_NOTHING", { server, channels: channels.join(" ") });
  const sizes = await Promise.all(files.map((file) => stat(file)));
  return { files, bytes: sizes.reduce((sum, { size }) => sum + size, 0) };
}

/** Writes StationXML with responses; false when the server knows none of the channels. */
export async function fetchMetadata(window: FdsnWindow, file: string): Promise<boolean> {
  const answer = await fetchInto(window, file, "station", formOf("level=response", window));
  if (answer === "too-much")
    throw centerErrors.make("FDSN_REFUSED", { server: window.server, status: 413, reason: "too much" });
  return answer === "kept";
}

/** Asks for a step (an hour) at a time and writes a file for each that has data; gives the time up to which data were asked for. */
export async function* fetchWaveforms(
  window: FdsnWindow,
  folder: string,
  stepSec = STEP_SEC,
): AsyncGenerator<{ readonly file: string | null; readonly to: number }> {
  const { server, from, to } = window;
  let step = stepSec;
  for (let start = from; start < to; ) {
    const end = Math.min(to, start + step);
    const file = join(folder, `${isoTime(start, 0).replaceAll(":", "")}.mseed`);
    // A sample at the end of an hour would come with both: servers give it "on or before".
    const part = { ...window, from: start, to: end === to ? to : end - 1e-6 };
    const answer = await fetchInto(window, file, "dataselect", formOf("nodata=204", part));
    if (answer === "too-much") {
      if (step <= LEAST_STEP_SEC) throw centerErrors.make("FDSN_REFUSED", { server, status: 413, reason: "too much" });
      step = Math.max(LEAST_STEP_SEC, step / 2);
      continue;
    }
    yield { file: answer === "kept" ? file : null, to: end };
    start = end;
  }
}

const formOf = (head: string, { channels, from, to }: FdsnWindow): string =>
  [head, ...channels.map((channel) => `${lineOf(channel)} ${timeText(from)} ${timeText(to)}`), ""].join("\n");

async function fetchInto(
  { server, signal }: FdsnWindow,
  file: string,
  service: string,
  form: string,
): Promise<"kept" | "none" | "too-much"> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error(`it was silent for ${PATIENCE_MS / 1_000} s`)), PATIENCE_MS);
  const ending = signal ? AbortSignal.any([signal, patience.signal]) : patience.signal;
  try {
    const body = await ask(server, service, form, ending);
    if (body === "none" || body === "too-much") return body;
    const heard = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        timer.refresh();
        controller.enqueue(chunk);
      },
    });
    await pipeline(Readable.fromWeb(body.pipeThrough(heard) as never), createWriteStream(file), { signal: ending });
    return "kept";
  } catch (cause) {
    await rm(file, { force: true });
    throw cause instanceof HarkenError
      ? cause
      : unreachable(server, patience.signal.aborted ? patience.signal.reason : cause);
  } finally {
    clearTimeout(timer);
  }
}

const timeText = (time: number) => isoTime(time, 6).slice(0, -1);

/** `IU.ANMO.00.BH?` as a form has it. */
function lineOf(channel: string): string {
  const codes = channel.split(".");
  if (codes.length !== 4 || codes.some((code) => !/^[A-Za-z0-9*?-]*$/.test(code)))
    throw centerErrors.make("BAD_OPTION", {
      ...{ option: "a channel", value: channel },
      reason: "it is not NETWORK.STATION.LOCATION.CHANNEL",
    });
  return codes.map((code) => code || "--").join(" ");
}

async function ask(
  server: string,
  service: string,
  body: string,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array> | "none" | "too-much"> {
  let response: Response;
  try {
    const url = new URL(`${server.replace(/\/+$/, "")}/fdsnws/${service}/1/query`);
    response = await fetch(url, { method: "POST", body, signal });
  } catch (cause) {
    throw unreachable(server, cause);
  }
  const { status } = response;
  if (status === 200 && response.body) return response.body;
  const text = await response.text().catch(() => "");
  if (status === 204 || (status === 404 && /^Error 404/.test(text))) return "none";
  if (status === 413) return "too-much";
  // The third line of the standard's body says why.
  const reason = text.split("\n").find((line, i) => i > 0 && line.trim() !== "") ?? response.statusText;
  throw centerErrors.make("FDSN_REFUSED", { server, status, reason: reason.slice(0, 200) });
}

function unreachable(server: string, cause: unknown) {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const reason = inner instanceof Error ? inner.message || inner.name : String(inner);
  return centerErrors.make("FDSN_UNREACHABLE", { server, reason }, cause);
}
