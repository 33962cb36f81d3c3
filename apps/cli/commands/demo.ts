/** `harken demo dprk`: the six announced nuclear tests of the DPRK, located from readings that ship with the program. */
import { writeFileSync } from "node:fs";
import { isoTime, parseTime } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { type DprkResult, type DprkTest, dprkMapSvg, runDprkDemo } from "@harken/waveform";
import { Argument, Command } from "commander";
import { cliErrors } from "../errors.ts";
import { type ModelName, modelOption, printJson } from "../options.ts";
import { formatTable } from "../table.ts";

interface Options {
  readonly model: ModelName;
  readonly map?: string;
  readonly json?: boolean;
}

export function demoCommand(): Command {
  return new Command("demo")
    .description(
      "Locate the six announced nuclear tests of the DPRK (2006-2017) from published P and Pn onsets, relocate them by double differences, and compare with published places.",
    )
    .addArgument(new Argument("<name>", "which demonstration").choices(["dprk"]))
    .option("--model <name>", "ak135 or iasp91", modelOption, "iasp91")
    .option("--map <file>", "draw the map as SVG")
    .option("--json", "print as JSON")
    .action((_name: string, options: Options) => {
      const result = runDprkDemo(createEarthModel(options.model));
      if (options.map !== undefined) writeMap(options.map, result);
      if (options.json) printJson(demoJson(result));
      else process.stdout.write(`${describe(result, options.map)}\n`);
    });
}

function writeMap(path: string, result: DprkResult): void {
  try {
    writeFileSync(path, dprkMapSvg(result));
  } catch (cause) {
    throw cliErrors.make("NOT_WRITABLE", { path, reason: (cause as Error).message }, cause);
  }
}

function apart({ relative }: DprkTest, place: { readonly eastKm: number; readonly northKm: number }): number {
  return Math.hypot(relative.eastKm - place.eastKm, relative.northKm - place.northKm);
}

function describe({ model, tests, rmsDoubleDifferenceSec }: DprkResult, map: string | undefined): string {
  const absolute = formatTable(tests, [
    { title: "test", value: ({ published }) => published.key },
    { title: "origin time", value: ({ origin }) => isoTime(origin.time, 2) },
    { title: "lat", value: ({ origin }) => origin.latitudeDeg, digits: 4 },
    { title: "lon", value: ({ origin }) => origin.longitudeDeg, digits: 4 },
    { title: "major km", value: ({ origin }) => origin.error?.semiMajorKm ?? null, digits: 1 },
    { title: "minor km", value: ({ origin }) => origin.error?.semiMinorKm ?? null, digits: 1 },
    { title: "strike", value: ({ origin }) => origin.error?.strikeDeg ?? null, digits: 0 },
    { title: "ndef", value: ({ origin }) => origin.definingCount },
    { title: "rms s", value: ({ origin }) => origin.rmsResidualSec, digits: 2 },
    { title: "mb", value: ({ published }) => published.mb, digits: 1 },
    { title: "off km", value: ({ distanceKm }) => distanceKm, digits: 2 },
    { title: "off s", value: ({ laterSec }) => laterSec, digits: 2 },
  ]);
  const relative = formatTable(tests, [
    { title: "test", value: ({ published }) => published.key },
    { title: "east km", value: (test) => test.relative.eastKm, digits: 3 },
    { title: "north km", value: (test) => test.relative.northKm, digits: 3 },
    { title: "major km", value: (test) => test.relative.semiMajorKm, digits: 3 },
    { title: "minor km", value: (test) => test.relative.semiMinorKm, digits: 3 },
    { title: "strike", value: (test) => test.relative.strikeDeg, digits: 0 },
    { title: "Yang km", value: (test) => apart(test, test.relativePublished.yang), digits: 2 },
    { title: "Gibbons km", value: (test) => apart(test, test.relativePublished.gibbons), digits: 2 },
    { title: "one phase km", value: ({ singlePhaseKm }) => singlePhaseKm, digits: 2 },
  ]);
  return [
    `Located one by one from P and Pn in ${model}, depth 0, 90 % ellipses. "off": from Yang et al. 2021. mb: as published by the IDC.`,
    absolute,
    "",
    `Relative to DPRK2 by double differences, rms ${(1000 * rmsDoubleDifferenceSec).toFixed(0)} ms. "Yang", "Gibbons": distance from the relative`,
    'places of Yang et al. 2021 and Gibbons 2026; "one phase": how far the place moves when P or Pn is used alone.',
    relative,
    ...(map === undefined ? [] : ["", `Map: ${map}`]),
  ].join("\n");
}

function demoJson({ model, tests, rmsDoubleDifferenceSec }: DprkResult) {
  return {
    model,
    rmsDoubleDifference: rmsDoubleDifferenceSec,
    tests: tests.map((test) => ({
      id: test.published.key,
      time: test.origin.time,
      latitude: test.origin.latitudeDeg,
      longitude: test.origin.longitudeDeg,
      depth: test.origin.depthKm,
      errorEllipse: test.origin.error && {
        semiMajor: test.origin.error.semiMajorKm,
        semiMinor: test.origin.error.semiMinorKm,
        strike: test.origin.error.strikeDeg,
        confidence: test.origin.error.confidence,
      },
      ndef: test.origin.definingCount,
      rms: test.origin.rmsResidualSec,
      mb: test.published.mb,
      published: {
        time: parseTime(test.published.time),
        latitude: test.published.latitudeDeg,
        longitude: test.published.longitudeDeg,
      },
      distanceFromPublished: test.distanceKm,
      laterThanPublished: test.laterSec,
      relative: {
        east: test.relative.eastKm,
        north: test.relative.northKm,
        semiMajor: test.relative.semiMajorKm,
        semiMinor: test.relative.semiMinorKm,
        strike: test.relative.strikeDeg,
        distanceFromYang: apart(test, test.relativePublished.yang),
        distanceFromGibbons: apart(test, test.relativePublished.gibbons),
        singlePhase: test.singlePhaseKm,
      },
      arrivals: test.origin.associations.map((association) => ({
        station: association.station,
        phase: association.phase,
        distance: association.deltaDeg,
        residual: association.timeResidualSec,
        timeDefining: association.timeDefining,
      })),
    })),
  };
}
