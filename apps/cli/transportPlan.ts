/** What the user asks `harken transport` for, read from its options. */
import { type HeightsFrom, type SamplePlace, type Species, speciesNamed, transportedSpecies } from "@harken/atmosphere";
import type { RunShape } from "@harken/center";
import { facilityOfStation } from "@harken/treaty";
import { cliErrors } from "./errors.ts";

export interface TransportOptions extends RunShape {
  readonly station?: string;
  readonly at?: readonly [latitudeDeg: number, longitudeDeg: number];
  readonly from?: number;
  readonly to?: number;
}

/** The one sample or release that the options name. Throws BAD_OPTION. */
export function placeOf({ station, at, from, to }: TransportOptions): SamplePlace {
  if (from === undefined || to === undefined || !(to > from))
    throw cliErrors.make("BAD_OPTION", {
      option: "--from, --to",
      value: "left out or in the wrong order",
      advice: "Say from when to when the air was sampled or released, or name a table with --samples.",
    });
  const where = at ?? stationPlace(station);
  if (!where)
    throw cliErrors.make("BAD_OPTION", {
      option: "--station",
      value: station ?? "left out",
      advice: "Name a radionuclide station of the monitoring system, or a place with --at LAT,LON.",
    });
  return {
    station: station ?? `${where[0].toFixed(2)}_${where[1].toFixed(2)}`,
    latitudeDeg: where[0],
    longitudeDeg: where[1],
    sampleStart: from,
    sampleStop: to,
  };
}

/** Noble gas systems stand at the particulate stations and have an X where those have a P. */
function stationPlace(code = ""): readonly [number, number] | null {
  const facility = facilityOfStation(code) ?? facilityOfStation(code.replace(/^([A-Z]{2})X(\d)/, "$1P$2"));
  return facility?.latitudeDeg != null && facility.longitudeDeg !== null
    ? [facility.latitudeDeg, facility.longitudeDeg]
    : null;
}

export function speciesOption(value: string): Species[] {
  return value.split(",").map((name) => {
    const species = speciesNamed(name.trim());
    if (species) return species;
    throw cliErrors.make("BAD_OPTION", {
      option: "--species",
      value: name,
      advice: `Known are ${transportedSpecies.map((known) => known.name).join(", ")}.`,
    });
  });
}

export function heightsFromOption(value: string): HeightsFrom {
  if (value === "ground") return "ground";
  if (value === "first-level") return "firstLevel";
  throw cliErrors.make("BAD_OPTION", { option: "--heights-from", value, advice: "Write ground or first-level." });
}

/** Two numbers such as 36.3,139.08 or 0-30. */
export function pairOption(option: string, separator: "," | "-", check: (a: number, b: number) => boolean) {
  return (value: string): readonly [number, number] => {
    const parts = value.split(separator);
    const [a, b] = parts.map(Number);
    if (parts.length === 2 && parts.every((part) => part.trim() !== "") && check(a!, b!)) return [a!, b!];
    throw cliErrors.make("BAD_OPTION", {
      option,
      value,
      advice: separator === "," ? "Write latitude and longitude as 36.3,139.08." : "Write two heights in m as 0-30.",
    });
  };
}
