import assert from "node:assert/strict";
import { test } from "node:test";
import { HarkenError, parseTime, type RegularWeatherGrid } from "@harken/core";
import { checkPlace, indexWeather, timesFor, type WeatherHeader } from "./weatherIndex.ts";

const start = parseTime("2013-04-06T00:00:00Z")!;
const HOUR = 3600;

const globe: RegularWeatherGrid = {
  kind: "regular",
  latitudesDeg: Float64Array.from({ length: 37 }, (_, i) => 90 - 5 * i),
  firstLonDeg: 0,
  stepLonDeg: 5,
  columns: 72,
  gaussian: null,
};

/** Both components on levels, at one time. */
function wind(
  time: number,
  levels: readonly number[] = [1000, 500],
  more: Partial<WeatherHeader> = {},
): WeatherHeader[] {
  return levels.flatMap((value) =>
    ["u", "v"].map((shortName) => ({
      parameter: { shortName, name: shortName, units: "m s**-1", code: shortName },
      level: { kind: "isobaric", value, secondValue: null },
      centre: 98,
      referenceTime: time,
      validTime: time,
      intervalStart: null,
      member: null,
      grid: globe,
      alongGrid: false,
      hybrid: null,
      ...more,
    })),
  );
}

const refused = (code: string, pattern: RegExp) => (error: unknown) =>
  error instanceof HarkenError && error.code === code && pattern.test(error.message);

test("times ascend whatever the order of the files; a time may lie in several", () => {
  const [u, v] = wind(start);
  const { times } = indexWeather([wind(start + 6 * HOUR), [u!], [...wind(start, [500]), v!]]);
  assert.deepEqual(
    times.map(({ time, files }) => ({ time, files })),
    [
      { time: start, files: [1, 2] },
      { time: start + 6 * HOUR, files: [0] },
    ],
  );
});

test("a level that one time lacks is named, and so is one with a single component", () => {
  const next = wind(start + 6 * HOUR, [1000]);
  assert.throws(
    () => indexWeather([wind(start), next]),
    refused("WEATHER_LEVELS", /2013-04-06T06:00:00Z lacks 1 levels that other times have: 500/),
  );
  const single = wind(start + 6 * HOUR).slice(0, 3);
  assert.throws(() => indexWeather([wind(start), single]), refused("WEATHER_LEVELS", /: 500/));
});

test("another grid, one of another kind, and none at all are refused", () => {
  const coarse = { ...globe, stepLonDeg: 10, columns: 36 };
  assert.throws(
    () => indexWeather([wind(start), wind(start + HOUR, [1000, 500], { grid: coarse })]),
    refused("WEATHER_GRID", /01:00:00Z is on another grid/),
  );
  const spectral = { kind: "spectral", truncation: 63, turned: false } as const;
  assert.throws(
    () => indexWeather([wind(start, [1000, 500], { grid: spectral })]),
    refused("WEATHER_PROJECTION", /spectral/),
  );
  const atGround = wind(start, [10], { level: { kind: "heightAboveGround", value: 10, secondValue: null } });
  assert.throws(() => indexWeather([atGround]), refused("NO_WEATHER", /1 files hold 2 weather fields/));
  assert.throws(() => indexWeather([]), refused("NO_WEATHER", /0/));
});

test("a run gets the times around it; beyond them, and over a gap of more than 12 h, it does not begin", () => {
  const index = indexWeather([0, 6, 12, 18, 36, 42].map((hours) => wind(start + hours * HOUR)));
  assert.deepEqual(timesFor(index, start + 7 * HOUR, start + 17 * HOUR), [1, 3]);
  assert.deepEqual(timesFor(index, start, start + 18 * HOUR), [0, 3]);
  assert.throws(
    () => timesFor(index, start - 1, start + HOUR),
    refused("WEATHER_TIMES", /the run needs 2013-04-05T23:59:59Z/),
  );
  assert.throws(() => timesFor(index, start, start + 43 * HOUR), refused("WEATHER_TIMES", /to 2013-04-07T18:00:00Z/));
  assert.throws(
    () => timesFor(index, start + 12 * HOUR, start + 40 * HOUR),
    refused("WEATHER_GAP", /between 2013-04-06T18:00:00Z and 2013-04-07T12:00:00Z/),
  );
});

test("a place counts as inside across the date line, outside of a region it is refused", () => {
  const grid = { ...globe, latitudesDeg: Float64Array.from([60, 50, 40]), firstLonDeg: 150, columns: 13 };
  const { region } = indexWeather([wind(start, [1000, 500], { grid })]);
  checkPlace("A", 50, -155, region);
  checkPlace("B", 40, 210, region);
  for (const [lat, lon] of [
    [39.9, 180],
    [50, 149],
    [50, -149],
  ] as const)
    assert.throws(() => checkPlace("C", lat, lon, region), refused("OUTSIDE_WEATHER", /40 to 60 N, 150 to 210 E/));
  checkPlace("D", -90, 12, indexWeather([wind(start)]).region);
});
