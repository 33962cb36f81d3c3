/** Locating from files: a real IDC bulletin as CSS3.0 tables, and the tables of a LocOO3D example whose solution is stored. */
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { geodesicKm, HarkenError, median } from "@harken/core";
import { referenceTest } from "@harken/testing";
import { type LocatedEvent, type LocateOptions, locateFiles } from "./locateFiles.ts";

const UEB = "parametric/ueb-20100520-css30";
const SITE = "parametric/gms-station-ref/ueb_test.site";
const SASC = "parametric/sigvisa-idc-params/sasc";
const EXAMPLE = "parametric/locoo3d-examples/Data";
const options = { metadata: [], model: "iasp91", depth: null, quiet: true } as const;

/** Runs on copies in a folder of their own, which is removed. */
function inFolder<T>(files: readonly string[], run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "harken-locate-"));
  try {
    for (const file of files) copyFileSync(file, join(folder, file.split("/").at(-1)!));
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The rows of some events. */
function writeRows(ueb: string, folder: string, orids: RegExp): void {
  for (const name of ["assoc", "origin"]) {
    const lines = readFileSync(`${ueb}/ueb_test.${name}`, "utf8").split("\n");
    const own = lines.filter((line) => orids.test(line)).map((line) => `${line}\n`);
    writeFileSync(join(folder, `ueb_test.${name}`), own.join(""));
  }
}

const tables = (folder: string, ...names: readonly string[]) => names.map((name) => `${folder}/ueb_test.${name}`);

referenceTest(
  "an IDC bulletin's tables: 16 analysts' events, median below 10 km from the stored origins, with ellipses",
  [UEB, SITE],
  (t, [ueb, site]) => {
    const { events } = inFolder([...tables(ueb!, "arrival", "assoc", "origin", "origerr"), site!], (folder) =>
      locateFiles([folder], options),
    );
    const analysts = events.filter(({ stored }) => stored?.author === "ARS:IDC");
    assert.equal(analysts.length, 16);
    const distances = analysts.map(({ key, origin, reason, distanceKm }) => {
      assert.ok(origin?.error, `${key}: ${reason}`);
      assert.ok(origin.error.semiMajorKm >= origin.error.semiMinorKm && origin.error.confidence === 0.9);
      return distanceKm!;
    });
    t.diagnostic(`median ${median(distances).toFixed(1)} km`);
    assert.ok(median(distances) < 10);
    const largest = analysts.find(({ key }) => key === "evid-6341753")!.origin!;
    assert.equal(largest.depthType, "free", "the depth is free where the file's was");
    assert.ok(largest.definingCount > 45);
  },
);

referenceTest(
  "tables of station corrections among the metadata move what arrays define: less than 2 km with 7 times and more, a 3-station event by degrees",
  [UEB, SITE, SASC],
  (t, [ueb, site, sasc]) => {
    const { events } = inFolder([...tables(ueb!, "arrival", "assoc", "origin"), site!], (folder) =>
      locateFiles([folder], { ...options, metadata: [sasc!] }),
    );
    const of = (name: string) => events.find(({ key }) => key === `evid-${name}`)!;
    t.diagnostic(["6341754", "6341918", "6341571"].map((name) => of(name).distanceKm!.toFixed(1)).join(", "));
    assert.ok(of("6341754").distanceKm! < 2);
    // As measured, three arrays in Australia put this event near Samoa 275 km off.
    assert.ok(of("6341571").distanceKm! < 30, `${of("6341571").distanceKm}`);
    assert.match(of("6341571").origin!.remarks.join(), /Station corrections of direction: ASAR, WRA\./);
  },
);

referenceTest(
  "the IDC's own tables of travel times and ellipticity: three events of six and more times within 2 km, their times within 0.05 s where the depth is held",
  [UEB, SITE, "parametric/sigvisa-idc-params/ttime", "parametric/gms-ellipticity"],
  (t, [ueb, site, times, ellipticity]) => {
    const { events } = inFolder([...tables(ueb!, "arrival", "assoc", "origin"), site!], (folder) =>
      locateFiles([folder], { ...options, metadata: [times!, `${ellipticity}/ELCOR.dat`] }),
    );
    for (const name of ["6341754", "6341918", "6353667"]) {
      const { origin, stored, distanceKm } = events.find(({ key }) => key === `evid-${name}`)!;
      t.diagnostic(`${name}: ${distanceKm!.toFixed(1)} km, ${(origin!.time - stored!.time).toFixed(3)} s`);
      assert.ok(distanceKm! < 2 && Math.abs(origin!.time - stored!.time) < 0.05);
    }
  },
);

referenceTest(
  "the region of the IDC's event of two infrasound arrays holds its place; ellipses by residuals and with shared errors are other ones",
  [UEB, SITE],
  (t, [ueb, site]) => {
    const all = (location: LocateOptions["location"] = {}, region = false) =>
      inFolder([`${ueb}/ueb_test.arrival`, site!], (folder) => {
        // The event of sound and one of 28 onset times.
        writeRows(ueb!, folder, / (6342114|6356796) /);
        return locateFiles([folder], { ...options, location, region });
      }).events;
    const of = (events: readonly LocatedEvent[], name: string) => events.find(({ key }) => key === `evid-${name}`)!;
    const plain = all();
    const [sound, large] = ["6342114", "6341754"] as const;
    const wide = all({ confidence: 0.99 }, true);
    const { region, stored } = of(wide, sound);
    assert.ok(region?.ok, "a region");
    t.diagnostic(`90 % within ${region.solution.regionKm2(0.9).toFixed(0)} km2`);
    assert.ok(region.solution.shareAt(stored!.latitudeDeg, stored!.longitudeDeg) < 0.9);
    const axis = (events: readonly LocatedEvent[]) => of(events, large).origin!.error!.semiMajorKm;
    // sqrt(9.210 / 4.605)
    assert.ok(Math.abs(axis(wide) / axis(plain) - Math.SQRT2) < 1e-3);
    assert.notEqual(axis(all({ priorWeight: 8 })), axis(plain));
    assert.ok(axis(all({ correlationKm: 500 })) > axis(plain));
  },
);

referenceTest(
  "a station that has moved stands where it stood: ASAR, had it moved after the bulletin",
  [UEB, SITE],
  (_t, [ueb, site]) => {
    const deltaOf = (year: string) => {
      const { events } = inFolder([`${ueb}/ueb_test.arrival`], (folder) => {
        const rows = readFileSync(site!, "utf8").replaceAll(/^(ASAR .*?)2005165/gm, `$1${year}165`);
        writeFileSync(join(folder, "ueb_test.site"), rows);
        writeRows(ueb!, folder, / 6353366 /);
        return locateFiles([folder], { ...options, depth: 0 });
      });
      return events[0]!.origin!.associations.find(({ station }) => station === "ASAR")!.deltaDeg;
    };
    // The table has moved it by 0.0015 deg in 2005.
    assert.ok(Math.abs(deltaOf("2005") - deltaOf("2015")) > 1e-4);
  },
);

referenceTest("without a site table the places are those of the monitoring system's facilities", [UEB], (_t, [ueb]) => {
  const { events } = inFolder(tables(ueb!, "arrival", "assoc", "origin"), (folder) => locateFiles([folder], options));
  const event = events.find(({ key }) => key === "evid-6341754")!;
  assert.ok(event.origin && event.distanceKm! < 10, `${event.reason} ${event.distanceKm}`);
});

referenceTest("arrivals, assoc and site without origins: LocOO3D's solution within 1 km", [EXAMPLE], (_t, [data]) => {
  const files = ["arrivals", "assocs", "sites"].map((name) => `${data}/${name}.txt`);
  const { events } = inFolder(files, (folder) => locateFiles([folder], { ...options, model: "ak135", depth: 0 }));
  const [event] = events;
  assert.ok(event?.origin, event?.reason);
  assert.equal(event.stored, null);
  assert.ok(geodesicKm(event.origin.latitudeDeg, event.origin.longitudeDeg, 79.5263, 2.7093) < 1);
  assert.match(event.origin.remarks.join(), /mb is not defined/);
});

referenceTest("a depth that is asked for is held", [EXAMPLE], (_t, [data]) => {
  const [event] = locateFiles([data!], { ...options, model: "ak135", depth: 33 }).events;
  assert.equal(event?.origin?.depthKm, 33);
  assert.equal(event?.origin?.error?.depthErrorKm, null);
});

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof HarkenError) return error.code;
    throw error;
  }
  return "none";
};

test("what cannot be located is refused by name", () => {
  const folder = mkdtempSync(join(tmpdir(), "harken-locate-"));
  try {
    const path = join(folder, "words.txt");
    writeFileSync(path, "no arrivals here\n");
    assert.equal(
      codeOf(() => locateFiles([path], options)),
      "NO_BULLETIN",
    );
    assert.equal(
      codeOf(() => locateFiles([join(folder, "absent")], options)),
      "NOT_FOUND",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("stations without places, and too few arrivals, are said", () => {
  const rows = (lines: readonly string[]) =>
    inFolder([], (folder) => {
      writeFileSync(join(folder, "a.arrival"), lines.map((line) => `${line}\n`).join(""));
      return codeOf(() => locateFiles([folder], options));
    });
  const row = (sta: string, time: string, arid: string) =>
    `${sta.padEnd(6)} ${time.padStart(17)} ${arid.padStart(8)}  2010140       -1       -1 BHZ      P        -   .500   -1.00   -1.00   -1.00   -1.00   -1.00  -1.000       -1.00   -1.00 -999.00 - -       -1.00 - -                      -1 20110901 12:00:00`;
  assert.equal(rows([row("XQZ", "1274394945.15000", "1"), row("XQY", "1274394955.15000", "2")]), "NO_STATION");
  assert.equal(rows([row("ARCES", "1274394945.15000", "1"), row("FINES", "1274394955.15000", "2")]), "CANNOT_LOCATE");
});

referenceTest(
  "SEISAN's S-files and STATION0.HYP: 50 events of a local network within 1 km (median) and 3 km of the agency's hypocentres, copies counted once",
  ["waveforms/nz-alpine-fault/REA", "waveforms/nz-alpine-fault/STATION0.HYP"],
  (t, paths) => {
    const { events } = locateFiles(paths, { ...options, model: "ak135" });
    const found = events.map(({ origin, stored, distanceKm }) => {
      return { km: distanceKm!, sec: Math.abs(origin!.time - stored!.time), author: stored!.author };
    });
    assert.equal(found.length, 50);
    assert.ok(found.every(({ author }) => author === "VUW"));
    const [kms, secs] = [found.map(({ km }) => km), found.map(({ sec }) => sec)];
    t.diagnostic(
      `median ${median(kms).toFixed(1)} km, ${median(secs).toFixed(2)} s; most ${Math.max(...kms).toFixed(1)} km`,
    );
    assert.ok(median(kms) < 1 && Math.max(...kms) < 3);
    assert.ok(median(secs) < 0.5);
  },
);
