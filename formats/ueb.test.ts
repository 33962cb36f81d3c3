/** The real bulletin of 2010-05-20, 20 to 24 UT, through the bulletin formats. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { type Bulletin, preferredOrigin } from "@harken/core";
import { referenceTest } from "@harken/testing";
import { bulletinFromCss } from "./css/bulletin.ts";
import { decodeCssTable } from "./css/decodeTable.ts";
import { type CssTableName, type CssTables, cssTableNames } from "./css/schema.ts";
import { decodeImsBulletin } from "./ims/bulletin/decode.ts";
import { encodeImsBulletin } from "./ims/bulletin/encode.ts";
import { decodeImsMessages } from "./ims/message.ts";
import { decodeQuakeMl } from "./quakeml/decode.ts";
import { encodeQuakeMl } from "./quakeml/encode.ts";

const folder = "parametric/ueb-20100520-css30";

function bulletinOf(path: string): Bulletin {
  const tables = Object.fromEntries(
    readdirSync(path).flatMap((file) => {
      const table = cssTableNames.find((name) => file.endsWith(`.${name}`));
      return table ? [[table, decodeCssTable(table as CssTableName, readFileSync(`${path}/${file}`)).items]] : [];
    }),
  ) as CssTables;
  const { bulletin } = bulletinFromCss(tables, "LEB");
  assert.ok(bulletin.events.length > 50 && bulletin.arrivals.length > 400);
  return bulletin;
}

const byKey = <T extends { readonly key: string }>(items: readonly T[]) =>
  items.toSorted((a, b) => (a.key < b.key ? -1 : 1));

referenceTest("a real bulletin comes through QuakeML unchanged", [folder], (_t, [path]) => {
  const bulletin = bulletinOf(path!);
  const { bulletin: back, problems } = decodeQuakeMl(new TextEncoder().encode(encodeQuakeMl(bulletin)));
  assert.deepEqual(problems, []);
  assert.deepEqual(back.events, bulletin.events);
  assert.deepEqual(byKey(back.arrivals), byKey(bulletin.arrivals));
});

referenceTest(
  "a real bulletin comes through IMS1.0 with its numbers and as many digits as there are columns",
  [folder],
  (_t, [path]) => {
    const bulletin = bulletinOf(path!);
    const bytes = new TextEncoder().encode(encodeImsBulletin(bulletin));
    const { bulletin: back, problems } = decodeImsBulletin(bytes, decodeImsMessages(bytes).items);
    assert.deepEqual(problems, []);
    assert.equal(back?.events.length, bulletin.events.length);
    const close = (a: number | null, b: number | null, tolerance: number) =>
      assert.ok(a === null || b === null ? a === b : Math.abs(a - b) <= tolerance, `${a} ${b}`);
    bulletin.events.forEach((event, i) => {
      const [original, read] = [preferredOrigin(event), preferredOrigin(back!.events[i]!)];
      assert.equal(read.key, original.key.replace("orid-", ""));
      close(read.time, original.time, 0.00501);
      close(read.latitudeDeg, original.latitudeDeg, 0.000051);
      close(read.longitudeDeg, original.longitudeDeg, 0.000051);
      close(read.depthKm, original.depthKm, 0.0501);
      close(read.error?.semiMajorKm ?? null, original.error?.semiMajorKm ?? null, 0.501);
      assert.deepEqual(
        [read.definingCount, read.stationCount, read.magnitudes.length],
        [original.definingCount, original.stationCount, original.magnitudes.length],
      );
      assert.equal(read.associations.length, original.associations.length);
      for (const association of original.associations) {
        const same = read.associations.find(({ arrivalKey }) => `arid-${arrivalKey}` === association.arrivalKey);
        assert.deepEqual(
          [same?.station, same?.phase, same?.timeDefining],
          [association.station, association.phase, association.timeDefining],
        );
        close(same!.deltaDeg, association.deltaDeg, 0.00501);
        close(same!.timeResidualSec, association.timeResidualSec, 0.501);
        // Derived here from distance and azimuth at the event, stored there.
        const apart = Math.abs(same!.stationEventAzimuthDeg - association.stationEventAzimuthDeg);
        assert.ok(Math.min(apart, 360 - apart) * Math.sin((association.deltaDeg * Math.PI) / 180) < 0.3);
        const times = [back!, bulletin].map(
          ({ arrivals }) => arrivals.find(({ key }) => key.replace("arid-", "") === same!.arrivalKey)?.time ?? null,
        );
        close(times[0]!, times[1]!, 0.000501);
      }
    });
  },
);
