/**
 * The contract: every route of the centre's HTTP interface, with what it takes, what it gives and who may call it. The server registers
 * these, the client and the OpenAPI document are made from them.
 */
import { type TSchema, Type } from "typebox";
import { ArrivalList } from "./arrivals.ts";
import { EventDetail, EventList, PredictionList } from "./events.ts";
import { FieldList } from "./fields.ts";
import { ImsMessageText } from "./messages.ts";
import { type Access, Session, SignInRequest } from "./people.ts";
import {
  ArrivalsQuery,
  BulletinFileParams,
  EditsQuery,
  EventsQuery,
  KeyParams,
  ListParams,
  ListQuery,
  PredictionsQuery,
  ReviewedEventParams,
  SampleFileParams,
  SamplesQuery,
  WaveformQuery,
  XenonRatiosQuery,
} from "./queries.ts";
import {
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
import { RunList, RunRecord, RunRequest } from "./runs.ts";
import {
  ConcentrationSeries,
  SampleDetail,
  SampleEditRequest,
  SampleList,
  SampleReleaseRequest,
  SampleReviewRequest,
  SeriesQuery,
  XenonRatios,
} from "./samples.ts";
import { SlownessPicture, SlownessQuery } from "./slowness.ts";
import { StationSummary } from "./stations.ts";
import { Status } from "./status.ts";
import { tileMediaType } from "./tile.ts";
import { TimetableQuery, TimetableStates } from "./timetable.ts";
import { TruthReport } from "./truth.ts";

export interface RouteDefinition {
  readonly method: "GET" | "POST";
  /** With `:name` for each path parameter. */
  readonly path: string;
  readonly summary: string;
  /** Asked of the caller from the centre's first account on. */
  readonly access: Access;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  /** Of the body; JSON when absent. */
  readonly bodyMediaType?: string;
  /** Schema of the JSON answer; absent where `mediaType` says that the answer is something else. */
  readonly response?: TSchema;
  readonly mediaType: string;
}

const json = "application/json";

export const routes = {
  status: {
    method: "GET",
    path: "/api/v1/status",
    summary: "What the centre is doing and how much it holds",
    access: "reader",
    response: Status,
    mediaType: json,
  },
  stations: {
    method: "GET",
    path: "/api/v1/stations",
    summary: "Every station with its channels, its last data and its number of arrivals",
    access: "reader",
    response: Type.Array(StationSummary),
    mediaType: json,
  },
  events: {
    method: "GET",
    path: "/api/v1/bulletins/:list/events",
    summary: "Events of a bulletin in order of time; times as half-open interval [from, to)",
    access: "reader",
    params: ListParams,
    query: EventsQuery,
    response: EventList,
    mediaType: json,
  },
  bulletinFile: {
    method: "GET",
    path: "/api/v1/bulletins/:file",
    summary: "A whole bulletin as IMS1.0:short text (.ims) or QuakeML 1.2 (.xml)",
    access: "reader",
    params: BulletinFileParams,
    mediaType: "text/plain",
  },
  event: {
    method: "GET",
    path: "/api/v1/events/:key",
    summary: "One event with its origins, arrivals and magnitudes",
    access: "reader",
    params: KeyParams,
    query: ListQuery,
    response: EventDetail,
    mediaType: json,
  },
  predictions: {
    method: "GET",
    path: "/api/v1/events/:key/predictions",
    summary: "When each phase of an event is due at each station",
    access: "reader",
    params: KeyParams,
    query: PredictionsQuery,
    response: PredictionList,
    mediaType: json,
  },
  arrivals: {
    method: "GET",
    path: "/api/v1/arrivals",
    summary: "Arrivals in order of time; times as half-open interval [from, to)",
    access: "reader",
    query: ArrivalsQuery,
    response: ArrivalList,
    mediaType: json,
  },
  waveforms: {
    method: "GET",
    path: "/api/v1/waveforms",
    summary: "A stretch of one channel as a binary tile (see api/tile.ts)",
    access: "reader",
    query: WaveformQuery,
    mediaType: tileMediaType,
  },
  slowness: {
    method: "GET",
    path: "/api/v1/slowness",
    summary: "The f-k picture of an array at a time, with the beam of its peak",
    access: "reader",
    query: SlownessQuery,
    response: SlownessPicture,
    mediaType: json,
  },
  truth: {
    method: "GET",
    path: "/api/v1/truth",
    summary: "The simulation's hidden events and how the automatic list compares with them",
    access: "reader",
    response: TruthReport,
    mediaType: json,
  },
  timetable: {
    method: "GET",
    path: "/api/v1/timetable",
    summary: "Every interval of data with the state of each automatic list",
    access: "reader",
    query: TimetableQuery,
    response: TimetableStates,
    mediaType: json,
  },
  reviewIntervals: {
    method: "GET",
    path: "/api/v1/review/:list/intervals",
    summary: "The intervals that analysts have opened or completed, in order of time",
    access: "reader",
    params: ListParams,
    response: ReviewIntervalList,
    mediaType: json,
  },
  openInterval: {
    method: "POST",
    path: "/api/v1/review/:list/open",
    summary: "Opens an interval for review: the automatic events that begin in it are taken into the list",
    access: "analyst",
    params: ListParams,
    body: OpenRequest,
    response: ReviewInterval,
    mediaType: json,
  },
  completeInterval: {
    method: "POST",
    path: "/api/v1/review/:list/complete",
    summary: "Completes an interval: its events that meet the event definition are published as REB",
    access: "lead",
    params: ListParams,
    body: CompleteRequest,
    response: CompleteResult,
    mediaType: json,
  },
  createEvent: {
    method: "POST",
    path: "/api/v1/review/:list/events",
    summary: "A new event of arrivals that an analyst chose, located at once",
    access: "analyst",
    params: ListParams,
    body: CreateRequest,
    response: EditResult,
    mediaType: json,
  },
  editEvent: {
    method: "POST",
    path: "/api/v1/review/:list/events/:key/edits",
    summary: "One edit of an event; refused when somebody else has changed the event meanwhile",
    access: "analyst",
    params: ReviewedEventParams,
    body: EditRequest,
    response: EditResult,
    mediaType: json,
  },
  edits: {
    method: "GET",
    path: "/api/v1/review/:list/edits",
    summary: "The record of edits, newest first: who changed what and when",
    access: "reader",
    params: ListParams,
    query: EditsQuery,
    response: EditList,
    mediaType: json,
  },
  samples: {
    method: "GET",
    path: "/api/v1/samples",
    summary: "Radionuclide samples, newest collection first",
    access: "reader",
    query: SamplesQuery,
    response: SampleList,
    mediaType: json,
  },
  sample: {
    method: "GET",
    path: "/api/v1/samples/:key",
    summary: "One sample with its reports and its spectrum",
    access: "reader",
    params: KeyParams,
    response: SampleDetail,
    mediaType: json,
  },
  sampleFile: {
    method: "GET",
    path: "/api/v1/samples/:key/:product",
    summary: "The station's message (PHD) or the newest ARR, RRR or SSREB of a sample as an IMS2.0 message",
    access: "reader",
    params: SampleFileParams,
    mediaType: "text/plain",
  },
  editSample: {
    method: "POST",
    path: "/api/v1/samples/:key/edits",
    summary: "Changes peaks or regions of a sample and analyses it anew; undo takes the last change back",
    access: "radionuclide",
    params: KeyParams,
    body: SampleEditRequest,
    response: SampleDetail,
    mediaType: json,
  },
  reviewSample: {
    method: "POST",
    path: "/api/v1/samples/:key/review",
    summary: "Proposes a reviewed report (RRR), which somebody else releases",
    access: "radionuclide",
    params: KeyParams,
    body: SampleReviewRequest,
    response: SampleDetail,
    mediaType: json,
  },
  releaseSample: {
    method: "POST",
    path: "/api/v1/samples/:key/release",
    summary: "Releases a proposed RRR; at level 5 or C the bulletin (SSREB) goes with it",
    access: "radionuclide",
    params: KeyParams,
    body: SampleReleaseRequest,
    response: SampleDetail,
    mediaType: json,
  },
  concentrations: {
    method: "GET",
    path: "/api/v1/concentrations",
    summary: "A nuclide's concentrations at a station over time, by the newest report of each sample",
    access: "reader",
    query: SeriesQuery,
    response: ConcentrationSeries,
    mediaType: json,
  },
  fields: {
    method: "GET",
    path: "/api/v1/fields",
    summary: "Source-receptor fields of samples, with what was measured in them",
    access: "reader",
    response: FieldList,
    mediaType: json,
  },
  fieldFile: {
    method: "GET",
    path: "/api/v1/fields/:key",
    summary: "One field as its file: the CTBTO's text of source-receptor sensitivities",
    access: "reader",
    params: KeyParams,
    mediaType: "text/plain",
  },
  xenonRatios: {
    method: "GET",
    path: "/api/v1/xenon-ratios",
    summary:
      "A station's samples in planes of two isotopic ratios, with the lines that separate explosions from reactors",
    access: "reader",
    query: XenonRatiosQuery,
    response: XenonRatios,
    mediaType: json,
  },
  session: {
    method: "GET",
    path: "/api/v1/session",
    summary: "Who the caller is, and whether the centre asks",
    access: "anyone",
    response: Session,
    mediaType: json,
  },
  signIn: {
    method: "POST",
    path: "/api/v1/session",
    summary: "Signs in: the answer sets the browser's session",
    access: "anyone",
    body: SignInRequest,
    response: Session,
    mediaType: json,
  },
  signOut: {
    method: "POST",
    path: "/api/v1/session/end",
    summary: "Ends the caller's session",
    access: "anyone",
    response: Session,
    mediaType: json,
  },
  runs: {
    method: "GET",
    path: "/api/v1/runs",
    summary: "Transport runs, the latest first, and the weather there is for them",
    access: "reader",
    response: RunList,
    mediaType: json,
  },
  startRun: {
    method: "POST",
    path: "/api/v1/runs",
    summary: "Asks for a transport run; one runs at a time, the others wait",
    access: "radionuclide",
    body: RunRequest,
    response: RunRecord,
    mediaType: json,
  },
  stopRun: {
    method: "POST",
    path: "/api/v1/runs/:key/stop",
    summary: "Ends a run and keeps its state",
    access: "radionuclide",
    params: KeyParams,
    body: Type.Object({}),
    response: RunRecord,
    mediaType: json,
  },
  resumeRun: {
    method: "POST",
    path: "/api/v1/runs/:key/resume",
    summary: "Goes on with a run that was stopped, to the numbers it would have had",
    access: "radionuclide",
    params: KeyParams,
    body: Type.Object({}),
    response: RunRecord,
    mediaType: json,
  },
  plume: {
    method: "GET",
    path: "/api/v1/plumes/:key",
    summary: "Concentrations of a forward run as netCDF",
    access: "reader",
    params: KeyParams,
    mediaType: "application/x-netcdf",
  },
  message: {
    method: "POST",
    path: "/api/v1/messages",
    summary:
      "An IMS1.0 or IMS2.0 request message and its answer, as over mail; what cannot be given is told in its ERROR_LOG",
    access: "reader",
    body: ImsMessageText,
    bodyMediaType: "text/plain",
    mediaType: "text/plain",
  },
  openapi: {
    method: "GET",
    path: "/api/v1/openapi.json",
    summary: "This contract as an OpenAPI 3.1 document",
    access: "anyone",
    mediaType: json,
  },
  metrics: {
    method: "GET",
    path: "/metrics",
    summary: "Counters for Prometheus",
    access: "operator",
    mediaType: "text/plain",
  },
} as const satisfies Readonly<Record<string, RouteDefinition>>;

export type RouteName = keyof typeof routes;
