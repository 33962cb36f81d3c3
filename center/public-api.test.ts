import assert from "node:assert/strict";
import { test } from "node:test";
import * as root from "./index.ts";

test("the package's front door has these names and no others", () => {
  assert.deepEqual(Object.keys(root).sort(), [
    "AcquisitionSettings",
    "CenterSettings",
    "StationSideSettings",
    "acquisitionErrors",
    "backwardPlan",
    "cellAxes",
    "centerErrors",
    "centerRecipe",
    "checkPlace",
    "checkSettings",
    "concentrationNetcdf",
    "fetchFdsn",
    "forwardPlan",
    "keepOnsets",
    "keyPrefix",
    "liveRule",
    "networkHealth",
    "networkInput",
    "networkOutput",
    "networkWindow",
    "openPeople",
    "openWeatherFiles",
    "parseInventory",
    "parseSamples",
    "planIntervals",
    "readHealth",
    "readSettings",
    "runStation",
    "sensitivityNetcdf",
    "startAcquisition",
    "startCenter",
    "startStation",
    "transport",
    "watchFolder",
    "workSpans",
    "writeWhole",
  ]);
});
