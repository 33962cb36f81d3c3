/** `harken traveltime`: travel times of phases at a distance and depth. */
import { createEarthModel, isPhaseName, phasesAt, travelTimes } from "@harken/earth";
import { Command } from "commander";
import { cliErrors } from "../errors.ts";
import { type ModelName, modelOption, numberOption, printJson } from "../options.ts";
import { formatTable } from "../table.ts";

interface Options {
  readonly model: ModelName;
  readonly phase?: readonly string[];
  readonly delta: number;
  readonly depth: number;
  readonly ellipticity?: boolean;
  readonly stationElevation: number;
  readonly latitude?: number;
  readonly azimuth?: number;
  readonly json?: boolean;
}

export function traveltimeCommand(): Command {
  return new Command("traveltime")
    .description(
      "Travel time, slowness and depth derivative of each phase, by ray integration in a published spherical model.",
    )
    .requiredOption("--delta <deg>", "epicentral distance, deg", numberOption("--delta", 0, 180))
    .option("--depth <km>", "source depth, km", numberOption("--depth", 0, 800), 0)
    .option("--phase <names...>", "phase names, such as P PcP SKSac; default: every phase of the IDC list in range")
    .option("--model <name>", "ak135 or iasp91", modelOption, "ak135")
    .option("--ellipticity", "add the correction for the Earth's ellipticity (needs --latitude and --azimuth)")
    .option("--latitude <deg>", "geographic latitude of the source", numberOption("--latitude", -90, 90))
    .option("--azimuth <deg>", "azimuth from source to station", numberOption("--azimuth", -360, 360))
    .option(
      "--station-elevation <km>",
      "height of the station above sea level, km",
      numberOption("--station-elevation", -11, 9),
      0,
    )
    .option("--json", "print as JSON")
    .action((options: Options) => {
      const asked = options.phase && phaseNames(options.phase);
      const rows = computeRows(options, asked ?? phasesAt(options.delta, options.depth));
      const absent = (asked ?? []).filter((name) => !rows.some(({ phase }) => phase === name));
      if (options.json) {
        printJson({ model: options.model, delta: options.delta, depth: options.depth, arrivals: rows, absent });
        return;
      }
      const table = formatTable(rows, [
        { title: "phase", value: (r) => r.phase },
        { title: "time s", value: (r) => r.time, digits: 3 },
        { title: "slowness s/deg", value: (r) => r.slowness, digits: 4 },
        { title: "dT/dz s/km", value: (r) => r.depthDerivative, digits: 5 },
        { title: "takeoff deg", value: (r) => r.takeoff, digits: 2 },
        { title: "incidence deg", value: (r) => r.incidence, digits: 2 },
        { title: "ellipticity s", value: (r) => r.ellipticity, digits: 3 },
        { title: "elevation s", value: (r) => r.elevation, digits: 3 },
        { title: "total s", value: (r) => r.total, digits: 3 },
      ]);
      process.stdout.write(`${options.model}, ${options.delta} deg, source at ${options.depth} km\n${table}\n`);
      if (absent.length > 0) process.stdout.write(`No arrival there: ${absent.join(", ")}\n`);
    });
}

/** Names as typed, separated by blanks or commas; throws BAD_OPTION for one that means nothing. */
function phaseNames(values: readonly string[]): string[] {
  const names = values.flatMap((value) => value.split(/[\s,]+/)).filter((name) => name !== "");
  for (const name of names) {
    if (isPhaseName(name)) continue;
    throw cliErrors.make("BAD_OPTION", {
      option: "--phase",
      value: name,
      advice: "Write phases like P, Pn, PcP, pP, PKPbc, SKSac, P'P', Lg or LR; capitals matter.",
    });
  }
  return [...new Set(names)];
}

function computeRows(options: Options, phases: readonly string[]) {
  if (options.ellipticity && (options.latitude === undefined || options.azimuth === undefined)) {
    throw cliErrors.make("BAD_OPTION", {
      option: "--ellipticity",
      value: "computed without a place",
      advice: "Give the source's --latitude and the --azimuth to the station.",
    });
  }
  const earth = createEarthModel(options.model);
  const arrivals = travelTimes(options.model, { phases, deltaDeg: options.delta, depthKm: options.depth });
  return arrivals.map((arrival) => {
    const correction = earth.correction(arrival.phase, {
      deltaDeg: options.delta,
      depthKm: options.depth,
      sourceLatitudeDeg: options.latitude ?? 0,
      eventStationAzimuthDeg: options.azimuth ?? 0,
      stationElevationKm: options.stationElevation,
    });
    const ellipticity = options.ellipticity ? correction.ellipticitySec : 0;
    const elevation = correction.elevationSec;
    return {
      phase: arrival.phase,
      time: arrival.timeSec,
      slowness: arrival.slownessSecPerDeg,
      depthDerivative: arrival.depthDerivativeSecPerKm,
      takeoff: arrival.takeoffDeg,
      incidence: arrival.incidenceDeg,
      ellipticity,
      elevation,
      total: arrival.timeSec + ellipticity + elevation,
    };
  });
}
