import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { defaultLimits, epochOfDay } from "@harken/core";
import { fuzzDecoder, referenceTest, testScale } from "@harken/testing";
import fc from "fast-check";
import type { Column } from "./columns.ts";
import { decodeCssTable, headedTable, isCssTable } from "./decodeTable.ts";
import { encodeCssTable } from "./encodeTable.ts";
import { css } from "./format.ts";
import { type CssRow, type CssTableName, cssLayouts, cssTableNames, cssTables } from "./schema.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const layouts = Object.keys(cssLayouts) as (keyof typeof cssLayouts)[];

/** A value that its column holds in every layout: two figures before the point, as many decimals as the least. */
function anyValue(name: string, column: Column): fc.Arbitrary<string | number | null> {
  if (name === "lddate") return fc.constantFrom("20100526 12:00:00", null);
  if (column.kind === "text") {
    const width = Math.min(...column.widths.filter((w) => w > 0));
    return fc.option(fc.stringMatching(new RegExp(`^[A-Za-z0-9/:_.]{1,${width}}$`)));
  }
  const scale = 10 ** Math.min(...column.decimals);
  return fc.option(fc.integer({ min: 2 * scale, max: 9 * scale }).map((n) => n / scale));
}

const anyRow = (table: CssTableName) =>
  fc.record(
    Object.fromEntries(
      Object.entries<Column>(cssTables[table]).map(([name, column]) => [name, anyValue(name, column)]),
    ),
  );

test("rows of every table come back in every layout that has their columns", () => {
  for (const table of cssTableNames)
    for (const layout of layouts)
      fc.assert(
        fc.property(fc.array(anyRow(table), { minLength: 1, maxLength: 5 }), (rows) => {
          const text = encodeCssTable(table, rows as never, { layout });
          const { items, problems } = decodeCssTable(table, bytesOf(text));
          assert.deepEqual(problems, []);
          const kept = new Set(
            Object.entries<Column>(cssTables[table]).flatMap(([name, column]) =>
              column.variation !== null && column.widths[cssLayouts[layout][column.variation]] === 0 ? [] : [name],
            ),
          );
          const expected = rows.map((row) =>
            Object.fromEntries(Object.entries(row).map(([k, v]) => [k, kept.has(k) ? v : null])),
          );
          assert.equal(JSON.stringify(items), JSON.stringify(expected), text);
        }),
        { numRuns: testScale(300, 20) },
      );
});

test("columns of the published tables: a row of arrival and one of origin, letter by letter", () => {
  const arrival = encodeCssTable("arrival", [
    {
      sta: "MLR",
      time: 1274394603.094,
      arid: 59213541,
      jdate: 2010140,
      stassid: null,
      chanid: null,
      chan: "Z1020",
      iphase: "P",
      stype: null,
      deltim: 0.12,
      azimuth: 286.86,
      delaz: 26.81,
      slow: 1.05,
      delslo: 0.49,
      ema: 3.62,
      rect: 0.996,
      amp: 4.2,
      per: 0.67,
      logat: null,
      clip: null,
      fm: null,
      snr: 60.96,
      qual: null,
      auth: "ARS:IDC",
      commid: null,
      lddate: "20110901 12:00:00",
    },
  ]);
  // Widths 6 17 8 8 8 8 8 8 1 6 7 7 7 7 7 7 10 7 7 1 2 10 1 15 8 17 of CSS3.0.
  assert.equal(
    arrival,
    "MLR     1274394603.09400 59213541  2010140       -1       -1 Z0".replace("Z0", "Z1020   ") +
      " P        -  0.120  286.86   26.81    1.05    0.49    3.62   0.996        4.2    0.67 -999.00 - -       60.96 - ARS:IDC               -1 20110901 12:00:00\n",
  );
  const origin = encodeCssTable(
    "origin",
    [
      {
        lat: -15.06779,
        lon: -48.27732,
        depth: 0,
        time: 1274387551.48061,
        orid: 7,
        evid: 8,
        jdate: 2010140,
        nass: 2,
        ndef: 2,
        ndp: 0,
        grn: 528,
        srn: 35,
        etype: null,
        depdp: null,
        dtype: "g",
        mb: null,
        mbid: null,
        ms: 4.25,
        msid: 3,
        ml: null,
        mlid: null,
        algorithm: null,
        auth: "a name that is too long",
        commid: null,
        lddate: null,
      },
    ],
    { loadTime: 1274399999.6 },
  );
  assert.equal(
    origin,
    " -15.0678  -48.2773    0.0000  1274387551.48061        7        8  2010140    2    2    0      528       35 -       -999.0000 g -999.00       -1    4.25        3 -999.00       -1 -               a name that is        -1 20100521 00:00:00\n",
  );
});

const assocLine = (middle: string) =>
  `59308113  6356844   BVAR   PKP     ${middle}  332.32  16.00   4.532    n 6.4     n .05     n -999.0  -1.000 -               -1        20110901 12:00:00`;

test("fields that touch are told apart by their columns", () => {
  const rows = ["-1.00", ".221", "114.022"];
  const text = [assocLine(" 1.00 114.022"), assocLine(" -1.00114.022"), assocLine(" -1.00.221   ")].join("\n");
  const { items, problems } = decodeCssTable("assoc", bytesOf(text));
  assert.deepEqual(problems, []);
  assert.equal(rows.length, items.length);
  assert.deepEqual(
    items.map(({ belief, delta, seaz }) => [belief, delta, seaz]),
    [
      [1, 114.022, 332.32],
      [null, 114.022, 332.32],
      [null, 0.221, 332.32],
    ],
  );
});

test("a bad row is told by its line and the others are kept", () => {
  const good = encodeCssTable("event", [{ evid: 1, evname: null, prefor: 2, auth: null, commid: null, lddate: null }]);
  const { items, problems } = decodeCssTable(
    "event",
    bytesOf(`${good}\n${good.replace(" 2 ", " x ")}${good}    3 -\n`),
  );
  assert.equal(items.length, 2);
  assert.deepEqual(
    problems.map(({ code, line }) => [code, line]),
    [
      ["css.bad-row", 3],
      ["css.bad-row", 5],
    ],
  );
  assert.match(problems[0]!.message, /column prefor holds "x"/);
  const limited = decodeCssTable("event", bytesOf(good.repeat(9)), { ...defaultLimits, maxItems: 4 });
  assert.deepEqual([limited.items.length, limited.problems[0]?.code], [4, "css.too-many-rows"]);
});

test("a number too wide for its column loses decimals, never the column", () => {
  const row: CssRow<"assoc"> = {
    arid: 1,
    orid: 2,
    sta: "ARCES",
    phase: "P",
    belief: null,
    delta: 12345.678,
    seaz: 359.999,
    esaz: -1234567.25,
    timeres: 1e30,
    timedef: "d",
    azres: null,
    azdef: "n",
    slores: null,
    slodef: "n",
    emares: null,
    wgt: null,
    vmodel: null,
    commid: null,
    lddate: null,
  };
  const { items, problems } = decodeCssTable("assoc", bytesOf(encodeCssTable("assoc", [row])));
  assert.deepEqual(problems, []);
  assert.deepEqual(items[0], { ...row, delta: 12345.68, seaz: 360, esaz: null });
});

test("the name tells the table and the rows must agree; a heading tells it without a name", () => {
  const text = encodeCssTable("site", [
    {
      sta: "ARA0",
      ondate: 1987001,
      offdate: null,
      lat: 69.5,
      lon: 25.5,
      elev: 0.4,
      staname: "ARCES_element",
      statype: "ss",
      refsta: "ARCES",
      dnorth: 0,
      deast: 0,
      lddate: null,
    },
  ]);
  assert.ok(css.sniff(bytesOf(text), "x.site") > 0.5);
  assert.equal(css.sniff(bytesOf(text), "x.origin"), 0);
  assert.equal(css.sniff(bytesOf(text), "x.txt"), 0);
  assert.equal(css.sniff(bytesOf("not a table at all\n"), "x.site"), 0);
  const heading = bytesOf(
    "#STA\tREFSTA\tLAT\tLON\tELEV\tSTANAME\nAKASG\tAKASG\t50.7\t29.2\t.16\tMalin, Ukraine\nBRTR\t\tx\n",
  );
  assert.equal(headedTable(heading), "site");
  const contents = css.read(heading, "sites.txt", defaultLimits);
  assert.deepEqual(
    contents.sites?.map(({ code, station, name, elevationKm }) => [code, station, name, elevationKm]),
    [["AKASG", "AKASG", "Malin, Ukraine", 0.16]],
  );
  assert.deepEqual(
    contents.problems.map(({ code, line }) => [code, line]),
    [["css.bad-row", 3]],
  );
});

const UEB = "parametric/ueb-20100520-css30";
const STATIONS = "parametric/gms-station-ref";
/** Rows as the data's README counts them; the tables of stations by the lines of their files. */
const stored: readonly (readonly [CssTableName, string, number])[] = [
  ["origin", UEB, 104],
  ["arrival", UEB, 496],
  ["assoc", UEB, 420],
  ["amplitude", UEB, 1783],
  ["stamag", UEB, 1451],
  ["netmag", UEB, 103],
  ["origerr", UEB, 81],
  ["event", UEB, 104],
  ["wfdisc", UEB, 3826],
  ["site", STATIONS, 1331],
  ["sitechan", STATIONS, 2712],
  ["sensor", STATIONS, 3559],
  ["instrument", STATIONS, 3156],
  ["affiliation", STATIONS, 293],
  ["network", STATIONS, 9],
];

for (const [table, folder, count] of stored)
  referenceTest(
    `${count} stored rows of ${table} decode, and read back the same in the IDC's layout`,
    [`${folder}/ueb_test.${table}`],
    (_t, [path]) => {
      const bytes = readFileSync(path!);
      const { items, problems } = decodeCssTable(table, bytes);
      assert.deepEqual(problems, []);
      assert.equal(items.length, count);
      assert.ok(css.sniff(bytes, `ueb_test.${table}`) > 0.5);
      const again = decodeCssTable(table, bytesOf(encodeCssTable(table, items as never, { layout: "idc" })));
      assert.deepEqual(again.problems, []);
      const changed = items.flatMap((row, i) =>
        Object.entries(row).flatMap(([name, value]) => {
          const now = (again.items[i] as Record<string, unknown>)[name];
          return now === value ? [] : [[name, value, now]];
        }),
      );
      // One value of the stored files is wider than its column.
      assert.deepEqual(changed, table === "amplitude" ? [["duration", 26023.32, 26023.3]] : []);
    },
  );

referenceTest("ARCES and CMAR in the stored site table", [`${STATIONS}/ueb_test.site`], (_t, [path]) => {
  const { sites = [] } = css.read(readFileSync(path!), "ueb_test.site", defaultLimits);
  assert.equal(sites.length, 1331);
  const arces = sites.filter(({ station }) => station === "ARCES");
  assert.ok(new Set(arces.map(({ code }) => code)).size >= 25, `${arces.length}`);
  assert.deepEqual(
    sites.find(({ code }) => code === "CM16"),
    {
      network: "",
      code: "CM16",
      station: "CMAR",
      name: "Chiang Mai, Thailand: array element",
      latitudeDeg: 18.45745,
      longitudeDeg: 98.94299,
      elevationKm: 0.311,
      northKm: -0.016,
      eastKm: -0.017,
      startTime: epochOfDay(1986, 198),
      endTime: null,
    },
  );
});

referenceTest(
  "the tables of LocOO3D's examples, between tabs under a heading",
  ["parametric/locoo3d-examples"],
  (_t, [folder]) => {
    const counts = ["Data", "Example04/Data"].map((example) =>
      (["arrival", "assoc", "origin", "site"] as const).map((table) => {
        const bytes = readFileSync(`${folder}/${example}/${table}s.txt`);
        assert.equal(headedTable(bytes), table);
        const { items, problems } = decodeCssTable(table, bytes);
        assert.deepEqual(problems, []);
        return items.length;
      }),
    );
    assert.deepEqual(counts, [
      [6, 6, 1, 6],
      [12, 12, 1, 8],
    ]);
  },
);

const seedRows = cssTableNames.map((table) => {
  const [row] = fc.sample(anyRow(table), { numRuns: 1, seed: 5 });
  return { table, bytes: bytesOf(encodeCssTable(table, [row, row, row] as never, { layout: "idc" })) };
});
for (const { table, bytes } of seedRows)
  if (table === "assoc" || table === "stamag")
    fuzzDecoder(
      `the CSS3.0 table ${table}`,
      (mutated) => [decodeCssTable(table, mutated), isCssTable(table, mutated)],
      [bytes],
    );
fuzzDecoder(
  "CSS3.0 tables by name",
  (bytes) => css.read(bytes, `x.${["site", "origin", "arrival", "wfdisc"][bytes.length % 4]}`, defaultLimits),
  seedRows.map(({ bytes }) => bytes),
);
fuzzDecoder("CSS3.0 tables under a heading", (bytes) => css.read(bytes, "x", defaultLimits), [
  bytesOf("#STA\tREFSTA\tLAT\tLON\nAKASG\tAKASG\t50.7\t29.2\n"),
]);
