import assert from "node:assert/strict";
import { test } from "node:test";
import { hydroacousticRecipe, infrasoundRecipe, recipeFor, seismicRecipe } from "./recipes.ts";

test("each technology has a recipe of its own name", () => {
  for (const recipe of [seismicRecipe, hydroacousticRecipe, infrasoundRecipe]) {
    assert.equal(recipeFor(recipe.technology), recipe);
    assert.match(recipe.name, new RegExp(`^${recipe.technology}-\\d+$`));
  }
});

test("windows hold what is measured in them: backgrounds in the lead, amplitudes and trains of sound in the tail", () => {
  for (const recipe of [seismicRecipe, hydroacousticRecipe, infrasoundRecipe]) {
    const { leadSec, tailSec } = recipe.window;
    assert.ok(leadSec >= recipe.ltaSec + recipe.gapSec + recipe.quality.recoverySec || recipe.infrasound);
    assert.ok(recipe.minLtaSec < recipe.ltaSec && recipe.recent.sec <= recipe.ltaSec);
    if (recipe.technology === "seismic") assert.ok(tailSec >= recipe.amplitude.localLengthSec);
    if (recipe.infrasound)
      assert.ok(tailSec >= Math.max(...recipe.infrasound.pmcc.bands.map(({ windowSec }) => 2 * windowSec)));
  }
});

test("bands are in order and overlap, so that no signal falls between them", () => {
  for (const { bands } of [seismicRecipe, hydroacousticRecipe])
    bands.forEach(({ lowHz, highHz }, i) => {
      assert.ok(lowHz < highHz);
      if (i > 0) assert.ok(lowHz > bands[i - 1]!.lowHz && lowHz <= bands[i - 1]!.highHz);
    });
});
