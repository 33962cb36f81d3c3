import assert from "node:assert/strict";
import { test } from "node:test";
import * as root from "./index.ts";

test("the package's front door has these names and no others", () => {
  assert.deepEqual(Object.keys(root).sort(), [
    "CenterSettings",
    "centerErrors",
    "centerRecipe",
    "checkPlace",
    "concentrationNetcdf",
    "keepOnsets",
    "keyPrefix",
    "networkInput",
    "networkOutput",
    "networkWindow",
    "openWeatherFiles",
    "planIntervals",
    "sensitivityNetcdf",
    "startCenter",
    "transport",
    "workSpans",
    "writeWhole",
  ]);
});
