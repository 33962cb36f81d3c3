/**
 * The JSON that `harken process --json` prints: events with their arrivals, the arrivals that belong to none, and what was read. Units as
 * everywhere: epoch seconds, deg, km, s/deg, nm, s.
 */
import type { Arrival, Association, Origin, SeismicEvent } from "@harken/core";
import { preferredOrigin } from "@harken/core";
import type { ProcessResult } from "./processFiles.ts";

/** The measurement that a magnitude of the signal would use, first of those that the arrival has. */
export function mainAmplitude(arrival: Arrival): { amplitude: number | null; period: number | null } {
  const chosen = arrival.amplitudes.find(({ type }) => type === "A5/2") ?? arrival.amplitudes[0];
  return { amplitude: chosen?.amplitude ?? null, period: chosen?.periodSec ?? null };
}

function arrivalJson(arrival: Arrival) {
  return {
    id: arrival.key,
    station: arrival.station,
    channel: arrival.channel,
    phase: arrival.phase,
    time: arrival.time,
    timeError: arrival.timeErrorSec,
    azimuth: arrival.azimuthDeg,
    azimuthError: arrival.azimuthErrorDeg,
    slowness: arrival.slownessSecPerDeg,
    slownessError: arrival.slownessErrorSecPerDeg,
    snr: arrival.snr,
    ...mainAmplitude(arrival),
    ...(arrival.features && { features: arrival.features }),
  };
}

function associationJson(association: Association, arrival: Arrival) {
  return {
    ...arrivalJson(arrival),
    phase: association.phase,
    distance: association.deltaDeg,
    residual: association.timeResidualSec,
    azimuthResidual: association.azimuthResidualDeg,
    slownessResidual: association.slownessResidualSecPerDeg,
    timeDefining: association.timeDefining,
    azimuthDefining: association.azimuthDefining,
    slownessDefining: association.slownessDefining,
  };
}

export function originJson(origin: Origin, arrivalsByKey: ReadonlyMap<string, Arrival>) {
  const { error } = origin;
  return {
    time: origin.time,
    latitude: origin.latitudeDeg,
    longitude: origin.longitudeDeg,
    depth: origin.depthKm,
    depthFixed: origin.depthType !== "free" && origin.depthType !== "depth-phase",
    timeError: error?.timeErrorSec ?? null,
    depthError: error?.depthErrorKm ?? null,
    errorEllipse: error
      ? {
          semiMajor: error.semiMajorKm,
          semiMinor: error.semiMinorKm,
          strike: error.strikeDeg,
          confidence: error.confidence,
        }
      : null,
    ndef: origin.definingCount,
    nsta: origin.stationCount,
    azimuthGap: origin.azimuthGapDeg,
    rms: origin.rmsResidualSec,
    magnitudes: origin.magnitudes.map(({ type, value, uncertainty, stationCount }) => ({
      type,
      value,
      uncertainty,
      stationCount,
    })),
    remarks: origin.remarks,
    arrivals: origin.associations.flatMap((association) => {
      const arrival = arrivalsByKey.get(association.arrivalKey);
      return arrival ? [associationJson(association, arrival)] : [];
    }),
  };
}

export function eventJson(event: SeismicEvent, arrivalsByKey: ReadonlyMap<string, Arrival>) {
  return { id: event.key, ...originJson(preferredOrigin(event), arrivalsByKey) };
}

export function resultJson({ bulletin, unassociated, inputs, remarks }: ProcessResult) {
  const arrivalsByKey = new Map(bulletin.arrivals.map((arrival) => [arrival.key, arrival]));
  return {
    events: bulletin.events.map((event) => eventJson(event, arrivalsByKey)),
    unassociated: unassociated.map(arrivalJson),
    inputs: inputs.map(({ file, format, channels, samples, gaps, problems }) => ({
      file,
      format,
      channels,
      samples,
      gaps,
      problems,
    })),
    remarks,
  };
}
