/**
 * Both associators on the 496 arrivals of an IDC bulletin (2010-05-20, 20 to 24 h), fed without associations, the priors of the Bayesian one
 * learned from simulation only: how many of the analysts' events come out within 1 deg and 10 s, how many other events, and how many of
 * the analysts' associations. Sixteen events are too few to rank the two; one of them is of two infrasound arrays.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { preferredOrigin, type SeismicEvent } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { referenceTest } from "@harken/testing";
import { type AssociatorName, associatorNamed, associatorNames } from "../associators.ts";
import { type ComparedPlace, matchPlaces } from "../comparison/compareBulletins.ts";
import { type UebTables, uebTables } from "../testTables.ts";
import { uebArrivals, uebNetwork } from "../uebArrivals.ts";

const ANALYST = "ARS:IDC";
const SAME = { maxDistanceDeg: 1, maxTimeSec: 10 };
const LOOSE = { maxDistanceDeg: 5, maxTimeSec: 50 };

const placeOf = ({ lat, lon, time }: UebTables["origins"][number]): ComparedPlace => ({
  ...{ time, latitudeDeg: lat, longitudeDeg: lon },
});

/** Waves reflected inside the core, of an analyst's event, that another built event has. */
function strayCoreWaves(tables: UebTables, events: readonly SeismicEvent[]): string[] {
  const core = new Set(tables.assocs.filter(({ phase }) => phase.startsWith("PKKP")).map(({ arid }) => String(arid)));
  assert.ok(core.size >= 5);
  return events.flatMap((event) =>
    preferredOrigin(event).associations.flatMap(({ arrivalKey, phase }) =>
      core.has(arrivalKey) && !phase.startsWith("PKKP") ? arrivalKey : [],
    ),
  );
}

function tableRow(tables: UebTables, events: readonly SeismicEvent[]) {
  const built = events.map(preferredOrigin);
  const analysts = tables.origins.filter(({ auth }) => auth === ANALYST);
  const pairs = matchPlaces(analysts.map(placeOf), built, SAME);
  const any = matchPlaces(tables.origins.map(placeOf), built, LOOSE);
  const stored = tables.assocs.filter(({ orid }) => analysts.some((origin) => origin.orid === orid));
  const regained = matchPlaces(analysts.map(placeOf), built, LOOSE).reduce((sum, { reference, other }) => {
    const keys = new Set(built[other]!.associations.map(({ arrivalKey }) => arrivalKey));
    const own = stored.filter(({ orid }) => orid === analysts[reference]!.orid);
    return sum + own.filter(({ arid }) => keys.has(String(arid))).length;
  }, 0);
  return {
    analysts: analysts.length,
    recovered: pairs.length,
    listed: built.length,
    others: built.length - pairs.length,
    unknown: built.length - any.length,
    regained,
    stored: stored.length,
  };
}

referenceTest(
  "of the IDC's analysts' events most come out of their bare arrivals, with either associator",
  ["parametric/ueb-20100520-css30", "parametric/gms-station-ref"],
  (t, [ueb, reference]) => {
    const tables = uebTables((name) => readFileSync(`${name.endsWith("site") ? reference : ueb}/${name}`, "utf8"));
    const stations = uebNetwork(tables, readFileSync(`${reference}/ueb_test.affiliation`, "utf8"));
    const earth = createEarthModel("ak135");
    const built = (name: AssociatorName) =>
      associatorNamed(name, stations, earth).build(uebArrivals(tables), [], "E").events;
    for (const name of associatorNames) {
      const events = built(name);
      const found = tableRow(tables, events);
      t.diagnostic(
        `${name}: ${found.recovered} of ${found.analysts} analyst events within 1 deg and 10 s; ${found.others} other events, ${found.unknown} of them of no analyst; ${found.regained} of ${found.stored} associations`,
      );
      assert.equal(found.analysts, 16);
      assert.ok(found.recovered >= 8, `${name} recovers ${found.recovered}`);
      assert.deepEqual(strayCoreWaves(tables, events), [], `${name}: core waves of a great event make other events`);
      assert.ok(found.regained >= 0.5 * found.stored, `${name} regains ${found.regained}`);
    }
  },
);
