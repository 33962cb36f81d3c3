import assert from "node:assert/strict";
import { test } from "node:test";
import * as root from "./index.ts";

test("the package's front door has these names and no others", () => {
  assert.deepEqual(Object.keys(root).sort(), [
    "AcquisitionSettings",
    "CenterSettings",
    "StationSideSettings",
    "acquisitionErrors",
    "centerErrors",
    "centerRecipe",
    "checkPlace",
    "checkSettings",
    "concentrationNetcdf",
    "keepOnsets",
    "keyPrefix",
    "networkInput",
    "networkOutput",
    "networkWindow",
    "openWeatherFiles",
    "planIntervals",
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
