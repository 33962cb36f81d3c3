/**
 * A transport run, or a look at the weather, in a thread of its own: files are read and fields made there, so that the centre answers meanwhile. The
 * particles fly on further threads (threads.ts).
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { gunzipSync } from "node:zlib";
import type { RunRequest } from "@harken/api";
import { sourceReceptorField, speciesNamed } from "@harken/atmosphere";
import { HarkenError } from "@harken/core";
import { encodeSourceReceptorField } from "@harken/formats";
import { centerErrors } from "../errors.ts";
import { concentrationNetcdf } from "./netcdf.ts";
import { backwardPlan, forwardPlan, standardRun } from "./samplePlan.ts";
import { transport, writeWhole } from "./transport.ts";
import { openWeatherFiles } from "./weatherFiles.ts";
import { checkPlace } from "./weatherIndex.ts";

export interface RunTask {
  readonly weatherFolder: string;
  /** Null only looks at the weather. */
  readonly run: {
    readonly request: RunRequest;
    readonly threads: number;
    readonly checkpoint: string;
    /** Without its ending. */
    readonly out: string;
  } | null;
}

export type RunMessage =
  | { readonly kind: "weather"; readonly from: number; readonly to: number; readonly times: number }
  | { readonly kind: "progress"; readonly done: number }
  | { readonly kind: "remark"; readonly message: string }
  | { readonly kind: "ended"; readonly finished: boolean }
  | { readonly kind: "failed"; readonly message: string };

const { weatherFolder, run } = workerData as RunTask;
const tell = (message: RunMessage) => parentPort!.postMessage(message);
let isStopped = false;
parentPort!.once("message", () => {
  isStopped = true;
});

/** Lists and texts that stand beside weather. */
const NO_WEATHER = /(^|\/)\.|\.(txt|md|csv|json|ya?ml|sha256|idx|part)$/i;
const LONGEST_FILE = 2_000_000_000;

function weatherFiles(): string[] {
  return readdirSync(weatherFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !NO_WEATHER.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

function readBytes(file: string) {
  try {
    const bytes = readFileSync(file);
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: LONGEST_FILE }) : bytes;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return { code: "file.unreadable", message: `The file cannot be read: ${message}.`, severity: "error" } as const;
  }
}

async function fly(
  weather: ReturnType<typeof openWeatherFiles>,
  { request, threads, checkpoint, out }: NonNullable<RunTask["run"]>,
) {
  const { station, latitudeDeg, longitudeDeg, days, particles, amountBq, direction } = request;
  checkPlace(station, latitudeDeg, longitudeDeg, weather.region);
  const species = speciesNamed(request.species);
  if (!species) throw centerErrors.make("BAD_PLAN", { reason: `${request.species} is no nuclide that is known here` });
  const place = { station, latitudeDeg, longitudeDeg, sampleStart: request.from, sampleStop: request.to };
  const shape = { ...standardRun, days, particles, species: [species], amount: amountBq };
  const result = await transport({
    plan: direction === "backward" ? backwardPlan(place, shape) : forwardPlan(place, shape),
    ...{ weather, checkpoint, threads, frozen: false, heightsFrom: "ground" },
    onProgress: ({ done, total }) => tell({ kind: "progress", done: done / total }),
    onResume: (from) => typeof from === "string" && tell({ kind: "remark", message: from }),
    isStopped: () => isStopped,
  });
  if (result.finished) {
    if (direction === "backward")
      writeWhole(`${out}.srs`, encodeSourceReceptorField(sourceReceptorField(result, place).field));
    else writeWhole(`${out}.nc`, concentrationNetcdf(result));
  }
  tell({ kind: "ended", finished: result.finished });
}

try {
  const weather = openWeatherFiles(weatherFiles(), readBytes);
  tell({ kind: "weather", from: weather.times[0]!, to: weather.times.at(-1)!, times: weather.times.length });
  if (run) await fly(weather, run);
} catch (cause) {
  if (!(cause instanceof HarkenError)) throw cause;
  tell({ kind: "failed", message: `${cause.message} ${cause.advise}` });
}
// The port keeps the thread alive.
parentPort!.close();
