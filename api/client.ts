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
import type { FieldList } from "./fields.ts";
import type { LaboratoryAnswer, LaboratoryList, LaboratoryOrder, ProficiencyEntry } from "./laboratories.ts";
import type { Session, SignInRequest } from "./people.ts";
import type {
  ArrivalsQuery,
  EditsQuery,
  EventsQuery,
  ListQuery,
  PredictionsQuery,
  SamplesQuery,
  WaveformQuery,
  XenonRatiosQuery,
} from "./queries.ts";
import type {
  CompleteRequest,
  CompleteResult,
  CreateRequest,
  EditList,
  EditRequest,
  EditResult,
  OpenRequest,
  ReviewInterval,
  ReviewIntervalList,
} from "./review.ts";
import { routes } from "./routes.ts";
import type { RunList, RunRecord, RunRequest } from "./runs.ts";
import type { ControlCharts, ControlChartsQuery, SampleStatistics, SampleStatisticsQuery } from "./sampleQuality.ts";
import type {
  ConcentrationSeries,
  ReanalysisRequest,
  SampleDetail,
  SampleEditRequest,
  SampleList,
  SampleReleaseRequest,
  SampleReviewRequest,
  SeriesQuery,
  XenonRatios,
} from "./samples.ts";
import type { SlownessPicture, SlownessQuery } from "./slowness.ts";
import type { StationSummary } from "./stations.ts";
import type { Status } from "./status.ts";
import type {
  DeliveryList,
  DeliveryRecord,
  SubscriptionList,
  SubscriptionRecord,
  SubscriptionRequest,
} from "./subscriptions.ts";
import { decodeTile, type WaveformTile } from "./tile.ts";
import type { TimetableQuery, TimetableStates } from "./timetable.ts";
import type { TruthReport } from "./truth.ts";

export interface ResponseLike {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** As much of `fetch` as the client uses; `signal` is passed on as it came (an AbortSignal). */
export type FetchLike = (
  url: string,
  // biome-ignore lint/suspicious/noExplicitAny: the pure packages have no DOM types, and AbortSignal is one.
  init: { method: string; signal?: any; headers?: Record<string, string>; body?: string },
) => Promise<ResponseLike>;

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
  event(key: string, query?: ListQuery, options?: CallOptions): Promise<EventDetail>;
  predictions(key: string, query?: PredictionsQuery, options?: CallOptions): Promise<PredictionList>;
  arrivals(query?: ArrivalsQuery, options?: CallOptions): Promise<ArrivalList>;
  waveforms(query: WaveformQuery, options?: CallOptions): Promise<WaveformTile>;
  slowness(query: SlownessQuery, options?: CallOptions): Promise<SlownessPicture>;
  truth(options?: CallOptions): Promise<TruthReport>;
  timetable(query?: TimetableQuery, options?: CallOptions): Promise<TimetableStates>;
  reviewIntervals(list: string, options?: CallOptions): Promise<ReviewIntervalList>;
  openInterval(list: string, request: OpenRequest, options?: CallOptions): Promise<ReviewInterval>;
  completeInterval(list: string, request: CompleteRequest, options?: CallOptions): Promise<CompleteResult>;
  createEvent(list: string, request: CreateRequest, options?: CallOptions): Promise<EditResult>;
  editEvent(list: string, key: string, request: EditRequest, options?: CallOptions): Promise<EditResult>;
  edits(list: string, query?: EditsQuery, options?: CallOptions): Promise<EditList>;
  samples(query?: SamplesQuery, options?: CallOptions): Promise<SampleList>;
  sample(key: string, options?: CallOptions): Promise<SampleDetail>;
  editSample(key: string, request: SampleEditRequest, options?: CallOptions): Promise<SampleDetail>;
  reviewSample(key: string, request: SampleReviewRequest, options?: CallOptions): Promise<SampleDetail>;
  releaseSample(key: string, request: SampleReleaseRequest, options?: CallOptions): Promise<SampleDetail>;
  reanalyseSample(key: string, request: ReanalysisRequest, options?: CallOptions): Promise<SampleDetail>;
  concentrations(query: SeriesQuery, options?: CallOptions): Promise<ConcentrationSeries>;
  fields(options?: CallOptions): Promise<FieldList>;
  /** The bytes of a field's file. */
  fieldFile(key: string, options?: CallOptions): Promise<Uint8Array>;
  /** Address of it, for a link. */
  fieldUrl(key: string): string;
  xenonRatios(query: XenonRatiosQuery, options?: CallOptions): Promise<XenonRatios>;
  controlCharts(query?: ControlChartsQuery, options?: CallOptions): Promise<ControlCharts>;
  laboratories(options?: CallOptions): Promise<LaboratoryList>;
  orderLaboratory(key: string, order: LaboratoryOrder, options?: CallOptions): Promise<LaboratoryList>;
  answerLaboratory(answer: LaboratoryAnswer, options?: CallOptions): Promise<LaboratoryList>;
  scoreLaboratory(entry: ProficiencyEntry, options?: CallOptions): Promise<LaboratoryList>;
  sampleStatistics(query?: SampleStatisticsQuery, options?: CallOptions): Promise<SampleStatistics>;
  runs(options?: CallOptions): Promise<RunList>;
  startRun(request: RunRequest, options?: CallOptions): Promise<RunRecord>;
  stopRun(key: string, options?: CallOptions): Promise<RunRecord>;
  resumeRun(key: string, options?: CallOptions): Promise<RunRecord>;
  /** Bytes of a forward run's netCDF file. */
  plume(key: string, options?: CallOptions): Promise<Uint8Array>;
  plumeUrl(key: string): string;
  /** Address of a sample's message or product, for a link. */
  sampleUrl(key: string, product: "PHD" | "ARR" | "RRR" | "URR" | "SSREB"): string;
  /** Sends a request message; the answer's bytes, of which CM8 samples are no text. */
  message(text: string, options?: CallOptions): Promise<Uint8Array>;
  subscriptions(options?: CallOptions): Promise<SubscriptionList>;
  subscribe(request: SubscriptionRequest, options?: CallOptions): Promise<SubscriptionRecord>;
  endSubscription(id: number, options?: CallOptions): Promise<SubscriptionRecord>;
  deliveries(id: number, options?: CallOptions): Promise<DeliveryList>;
  resendDelivery(id: number, options?: CallOptions): Promise<DeliveryRecord>;
  /** Address of a delivery's message, for a link. */
  deliveryUrl(id: number): string;
  session(options?: CallOptions): Promise<Session>;
  signIn(request: SignInRequest, options?: CallOptions): Promise<Session>;
  signOut(options?: CallOptions): Promise<Session>;
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

  async function call(
    path: string,
    options: CallOptions = {},
    body?: unknown,
    type = "application/json",
  ): Promise<ResponseLike> {
    const response = await fetchLike(`${base}${path}`, {
      method: body === undefined ? "GET" : "POST",
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(body === undefined
        ? {}
        : { headers: { "content-type": type }, body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw readError(response.status, await response.text());
  }
  async function json<S extends TSchema>(
    route: { readonly path: string; readonly response: S },
    params: Readonly<Record<string, string>>,
    query: Readonly<Record<string, unknown>>,
    options?: CallOptions,
    body?: unknown,
  ): Promise<Static<S>> {
    const response = await call(routeUrl(route.path, params, query), options, body);
    return (await response.json()) as Static<S>;
  }

  async function bytes(path: string, key: string, options?: CallOptions): Promise<Uint8Array> {
    const response = await call(routeUrl(path, { key }, {}), options);
    return new Uint8Array(await response.arrayBuffer());
  }

  return {
    status: (options) => json(routes.status, {}, {}, options),
    stations: (options) => json(routes.stations, {}, {}, options),
    events: (list, query = {}, options) => json(routes.events, { list }, query, options),
    event: (key, query = {}, options) => json(routes.event, { key }, query, options),
    predictions: (key, query = {}, options) => json(routes.predictions, { key }, query, options),
    arrivals: (query = {}, options) => json(routes.arrivals, {}, query, options),
    slowness: (query, options) => json(routes.slowness, {}, query, options),
    truth: (options) => json(routes.truth, {}, {}, options),
    timetable: (query = {}, options) => json(routes.timetable, {}, query, options),
    reviewIntervals: (list, options) => json(routes.reviewIntervals, { list }, {}, options),
    openInterval: (list, request, options) => json(routes.openInterval, { list }, {}, options, request),
    completeInterval: (list, request, options) => json(routes.completeInterval, { list }, {}, options, request),
    createEvent: (list, request, options) => json(routes.createEvent, { list }, {}, options, request),
    editEvent: (list, key, request, options) => json(routes.editEvent, { list, key }, {}, options, request),
    edits: (list, query = {}, options) => json(routes.edits, { list }, query, options),
    samples: (query = {}, options) => json(routes.samples, {}, query, options),
    sample: (key, options) => json(routes.sample, { key }, {}, options),
    editSample: (key, request, options) => json(routes.editSample, { key }, {}, options, request),
    reviewSample: (key, request, options) => json(routes.reviewSample, { key }, {}, options, request),
    releaseSample: (key, request, options) => json(routes.releaseSample, { key }, {}, options, request),
    reanalyseSample: (key, request, options) => json(routes.reanalyseSample, { key }, {}, options, request),
    concentrations: (query, options) => json(routes.concentrations, {}, query, options),
    fields: (options) => json(routes.fields, {}, {}, options),
    fieldFile: (key, options) => bytes(routes.fieldFile.path, key, options),
    runs: (options) => json(routes.runs, {}, {}, options),
    startRun: (request, options) => json(routes.startRun, {}, {}, options, request),
    stopRun: (key, options) => json(routes.stopRun, { key }, {}, options, {}),
    resumeRun: (key, options) => json(routes.resumeRun, { key }, {}, options, {}),
    plume: (key, options) => bytes(routes.plume.path, key, options),
    plumeUrl: (key) => `${base}${routeUrl(routes.plume.path, { key }, {})}`,
    fieldUrl: (key) => `${base}${routeUrl(routes.fieldFile.path, { key }, {})}`,
    xenonRatios: (query, options) => json(routes.xenonRatios, {}, query, options),
    controlCharts: (query = {}, options) => json(routes.controlCharts, {}, query, options),
    laboratories: (options) => json(routes.laboratories, {}, {}, options),
    orderLaboratory: (key, order, options) => json(routes.orderLaboratory, { key }, {}, options, order),
    answerLaboratory: (answer, options) => json(routes.answerLaboratory, {}, {}, options, answer),
    scoreLaboratory: (entry, options) => json(routes.scoreLaboratory, {}, {}, options, entry),
    sampleStatistics: (query = {}, options) => json(routes.sampleStatistics, {}, query, options),
    sampleUrl: (key, product) => `${base}${routeUrl(routes.sampleFile.path, { key, product }, {})}`,
    async message(text, options) {
      const response = await call(routes.message.path, options, text, "text/plain");
      return new Uint8Array(await response.arrayBuffer());
    },
    subscriptions: (options) => json(routes.subscriptions, {}, {}, options),
    subscribe: (request, options) => json(routes.subscribe, {}, {}, options, request),
    endSubscription: (id, options) => json(routes.endSubscription, { id: String(id) }, {}, options, {}),
    deliveries: (id, options) => json(routes.deliveries, { id: String(id) }, {}, options),
    resendDelivery: (id, options) => json(routes.resendDelivery, { id: String(id) }, {}, options, {}),
    deliveryUrl: (id) => `${base}${routeUrl(routes.deliveryFile.path, { id: String(id) }, {})}`,
    session: (options) => json(routes.session, {}, {}, options),
    signIn: (request, options) => json(routes.signIn, {}, {}, options, request),
    signOut: (options) => json(routes.signOut, {}, {}, options, {}),
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
