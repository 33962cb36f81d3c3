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
import { isoTime } from "@harken/core";
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

const STEP_SEC = 3_600;
/** No server that finds this much too much is worth going on with. */
const LEAST_STEP_SEC = 60;
/** A server that says nothing for this long is gone. */
const PATIENCE_MS = 60_000;

export async function fetchFdsn(request: FdsnFetch): Promise<FdsnFetched> {
  const { server, channels, from, to, folder, progress } = request;
  const lines = channels.map(lineOf);
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const formOf = (head: string, start: number, end: number) =>
    [head, ...lines.map((line) => `${line} ${timeText(start)} ${timeText(end)}`), ""].join("\n");

  async function fetchInto(name: string, service: string, form: string): Promise<"kept" | "none" | "too-much"> {
    const file = join(folder, name);
    const response = await ask(server, service, form);
    if (response === "none" || response === "too-much") return response;
    try {
      await pipeline(Readable.fromWeb(response as never), createWriteStream(file));
    } catch (cause) {
      await rm(file, { force: true });
      throw unreachable(server, cause);
    }
    files.push(file);
    return "kept";
  }

  const metadata = await fetchInto("stations.xml", "station", formOf("level=response", from, to));
  if (metadata !== "kept") throw centerErrors.make("FDSN_NOTHING", { server, channels: channels.join(" ") });
  let step = STEP_SEC;
  for (let start = from; start < to; ) {
    const end = Math.min(to, start + step);
    // A sample at the end of an hour would come with both: servers give it "on or before".
    const form = formOf("nodata=204", start, end === to ? to : end - 1e-6);
    const name = `${isoTime(start, 0).replaceAll(":", "")}.mseed`;
    if ((await fetchInto(name, "dataselect", form)) === "too-much") {
      if (step <= LEAST_STEP_SEC) throw centerErrors.make("FDSN_REFUSED", { server, status: 413, reason: "too much" });
      step = Math.max(LEAST_STEP_SEC, step / 2);
      continue;
    }
    progress?.(end);
    start = end;
  }
  if (files.length === 1) throw centerErrors.make("FDSN_NOTHING", { server, channels: channels.join(" ") });
  const sizes = await Promise.all(files.map((file) => stat(file)));
  return { files, bytes: sizes.reduce((sum, { size }) => sum + size, 0) };
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

async function ask(server: string, service: string, body: string): Promise<ReadableStream | "none" | "too-much"> {
  let response: Response;
  try {
    const url = new URL(`${server.replace(/\/+$/, "")}/fdsnws/${service}/1/query`);
    response = await fetch(url, { method: "POST", body, signal: AbortSignal.timeout(PATIENCE_MS) });
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
