/** What the worker threads are asked, and what they answer: plain data that crosses between threads. */
import type { Arrival, NoiseLevel, QualityMask, SeismicEvent, Station } from "@harken/core";
import type { WorldConfig } from "@harken/simulator";
import type { ArchivedPiece } from "@harken/store";
import type { AssociatorName, OnsetInput, RevisionInput, SlownessPictureInput } from "@harken/waveform";
import type { Band } from "./bandPass.ts";
import type { Hypothesis, Place } from "./http/predictions.ts";

export interface WorkerSetup {
  readonly archiveRoot: string;
  readonly earthModel: "ak135" | "iasp91";
  readonly world: WorldConfig | null;
}

/** Makes the data of one station for [startTime, endTime) and archives them. */
export interface AcquireTask {
  readonly station: string;
  readonly startTime: number;
  readonly endTime: number;
}

/** Detects and measures the signals of one station. */
export interface StationTask {
  readonly station: Station;
  readonly pieces: readonly ArchivedPiece[];
  /** Data to read: [from, to). */
  readonly from: number;
  readonly to: number;
  readonly keyPrefix: string;
  /** Arrivals of the hours before, for stations that know clutter by its coming again. */
  readonly history: readonly Arrival[];
}

export interface StationAnswer {
  readonly arrivals: readonly Arrival[];
  readonly masks: readonly QualityMask[];
  readonly noise: readonly NoiseLevel[];
  readonly problems: readonly string[];
}

/** Builds events from arrivals of the whole network. */
export interface NetworkTask {
  readonly associator: AssociatorName;
  readonly stations: readonly Station[];
  readonly arrivals: readonly Arrival[];
  readonly previous: readonly SeismicEvent[];
  readonly noise: readonly NoiseLevel[];
  readonly keyPrefix: string;
}

export interface NetworkAnswer {
  readonly events: readonly SeismicEvent[];
  readonly unassociated: number;
  readonly remarks: readonly string[];
}

/** Says when phases are due. */
export interface PredictTask {
  readonly origin: Hypothesis;
  readonly stations: readonly Place[];
  readonly phases: readonly string[] | null;
}

/** Locates an event anew from what an analyst chose. */
export interface ReviseTask extends Omit<RevisionInput, "arrivals" | "stationOf" | "silent"> {
  readonly arrivals: readonly Arrival[];
  /** Noise of the stations, which those that saw nothing are heard by. */
  readonly noise: readonly NoiseLevel[];
  readonly stations: readonly Station[];
}

/** Draws a stretch of one channel. */
export interface TileTask {
  readonly pieces: readonly ArchivedPiece[];
  readonly from: number;
  readonly to: number;
  /** Columns of an envelope; null for every sample. */
  readonly columns: number | null;
  readonly band: Band | null;
  /** Data read on both sides of the window, so that the filter has settled, s. */
  readonly marginSec: number;
}

/** Segments are read where the task is done. */
interface OfStation {
  readonly pieces: readonly ArchivedPiece[];
  /** Data to read: [from, to). */
  readonly from: number;
  readonly to: number;
}

/** Measures what the waves say at an analyst's onset. */
export interface MeasureTask extends Omit<OnsetInput, "segments">, OfStation {}

/** Draws the f-k picture of an array. */
export interface SlownessTask extends Omit<SlownessPictureInput, "segments">, OfStation {}
