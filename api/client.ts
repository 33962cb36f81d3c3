/**
 * The typed client of the contract. `fetch` is an argument, so the same client runs in a browser, in Node and against a server under test.
 *
 *     const client = createClient(location.origin, (url, init) => fetch(url, init));
 *     const { events } = await client.events("SEL1", { minMagnitude: 4 });
 *
 * A refused request throws an `ApiError` with the server's code, sentence and advice.
 */
import type { Static, TSchema } from "typebox";
import type { ArrivalList } from "./arrivals.ts";
import type { EventDetail, EventList, PredictionList } from "./events.ts";
import { type ArrivalsQuery, type EventsQuery, type PredictionsQuery, routes, type WaveformQuery } from "./routes.ts";
import type { StationSummary } from "./stations.ts";
import type { Status } from "./status.ts";
import { decodeTile, type WaveformTile } from "./tile.ts";
import type { TruthReport } from "./truth.ts";

export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** As much of `fetch` as the client uses; `signal` is passed on as it came (an AbortSignal). */
// biome-ignore lint/suspicious/noExplicitAny: the pure packages have no DOM types, and AbortSignal is one.
export type FetchLike = (url: string, init: { method: string; signal?: any }) => Promise<ResponseLike>;

export class ApiError extends Error {
  readonly code: string;
  readonly advise: string;
  readonly status: number;
  constructor(status: number, code: string, message: string, advise: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.advise = advise;
  }
}

export interface CallOptions {
  /** An AbortSignal. */
  readonly signal?: unknown;
}

export interface Client {
  status(options?: CallOptions): Promise<Status>;
  stations(options?: CallOptions): Promise<StationSummary[]>;
  events(list: string, query?: EventsQuery, options?: CallOptions): Promise<EventList>;
  event(key: string, options?: CallOptions): Promise<EventDetail>;
  predictions(key: string, query?: PredictionsQuery, options?: CallOptions): Promise<PredictionList>;
  arrivals(query?: ArrivalsQuery, options?: CallOptions): Promise<ArrivalList>;
  waveforms(query: WaveformQuery, options?: CallOptions): Promise<WaveformTile>;
  truth(options?: CallOptions): Promise<TruthReport>;
  bulletinFile(list: string, format: "ims" | "xml", options?: CallOptions): Promise<string>;
  /** Address of a bulletin file, for a link. */
  bulletinUrl(list: string, format: "ims" | "xml"): string;
}

/** Fills `:name` in a path and appends the query; undefined values are left out. */
export function routeUrl(
  path: string,
  params: Readonly<Record<string, string>>,
  query: Readonly<Record<string, unknown>>,
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `${filled}?${pairs.join("&")}` : filled;
}

export function createClient(baseUrl: string, fetchLike: FetchLike): Client {
  const base = baseUrl.replace(/\/$/, "");

  async function call(path: string, options: CallOptions = {}): Promise<ResponseLike> {
    const init = options.signal === undefined ? { method: "GET" } : { method: "GET", signal: options.signal };
    const response = await fetchLike(`${base}${path}`, init);
    if (response.ok) return response;
    throw readError(response.status, await response.text());
  }
  async function json<S extends TSchema>(
    route: { readonly path: string; readonly response: S },
    params: Readonly<Record<string, string>>,
    query: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<Static<S>> {
    const response = await call(routeUrl(route.path, params, query), options);
    return (await response.json()) as Static<S>;
  }

  return {
    status: (options) => json(routes.status, {}, {}, options),
    stations: (options) => json(routes.stations, {}, {}, options),
    events: (list, query = {}, options) => json(routes.events, { list }, query, options),
    event: (key, options) => json(routes.event, { key }, {}, options),
    predictions: (key, query = {}, options) => json(routes.predictions, { key }, query, options),
    arrivals: (query = {}, options) => json(routes.arrivals, {}, query, options),
    truth: (options) => json(routes.truth, {}, {}, options),
    async waveforms(query, options) {
      const response = await call(routeUrl(routes.waveforms.path, {}, query), options);
      const { items, problems } = decodeTile(new Uint8Array(await response.arrayBuffer()));
      const tile = items[0];
      if (!tile) {
        const problem = problems[0];
        throw new ApiError(
          response.status,
          problem?.code ?? "tile.empty",
          problem?.message ?? "Empty tile.",
          "Ask again.",
        );
      }
      return tile;
    },
    async bulletinFile(list, format, options) {
      const response = await call(routeUrl(routes.bulletinFile.path, { file: `${list}.${format}` }, {}), options);
      return response.text();
    },
    bulletinUrl: (list, format) => `${base}${routeUrl(routes.bulletinFile.path, { file: `${list}.${format}` }, {})}`,
  };
}

function readError(status: number, text: string): ApiError {
  try {
    const body = JSON.parse(text) as { code?: unknown; message?: unknown; advise?: unknown };
    if (typeof body.code === "string") {
      return new ApiError(status, body.code, String(body.message ?? ""), String(body.advise ?? ""));
    }
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  return new ApiError(status, "HTTP_ERROR", `The server answered ${status}.`, "Look at the centre's log.");
}
