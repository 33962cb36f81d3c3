/**
 * Travel times against what is not ours: stored outputs of the Java TauP toolkit (Crotwell, Owens and Ritsema 1999), the printed ak135
 * tables (Kennett 1996), the residuals of a real IDC bulletin, and the ellipticity coefficients in IDC use.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { referenceTest } from "@harken/testing";
import { ellipticityCoefficients } from "./corrections/ellipticity.ts";
import { createEarthModel } from "./earthModel.ts";
import { parsePhase } from "./taup/phase.ts";
import { pathArrivals } from "./taup/travelTimes.ts";
import { type ModelName, velocityModel } from "./velocityModel.ts";

const TAUP = "parametric/obspy-taup-reference/TauP_test_data";

interface TauPRow {
  readonly model: ModelName;
  readonly delta: number;
  readonly depth: number;
  readonly phase: string;
  readonly time: number;
  readonly p: number;
  readonly pathDeg: number;
}

function tauPRows(folder: string): TauPRow[] {
  const rows: TauPRow[] = [];
  for (const file of readdirSync(folder).filter((name) => /^(taup_time|java_tauptime)/.test(name))) {
    let model = "";
    for (const line of readFileSync(join(folder, file), "utf8").split("\n")) {
      const named = /^Model:\s*(\S+)/.exec(line);
      if (named) model = named[1]!;
      const row = /^\s*([\d.]+)\s+([\d.]+)\s+(\S+)\s+([\d.]+)\s+([\d.]+)\s+[\d.]+\s+[\d.]+\s+([\d.]+)\s+[=*]/.exec(
        line,
      );
      if (!row || (model !== "ak135" && model !== "iasp91")) continue;
      const [, delta, depth, phase, time, p, pathDeg] = row;
      rows.push({
        model,
        delta: Number(delta),
        depth: Number(depth),
        phase: phase!,
        time: Number(time),
        p: Number(p),
        pathDeg: Number(pathDeg),
      });
    }
  }
  return rows;
}

referenceTest(
  "stored TauP outputs: every arrival of a phase we name, within 0.02 s and 0.02 s/deg",
  [TAUP],
  (t, [folder]) => {
    let compared = 0;
    let worst = 0;
    const unknown = new Set<string>();
    for (const row of tauPRows(folder!)) {
      // At the source itself the direct wave has no ray. TauP lets pPdiff leave a source below the point where its p turns; we do not.
      if ((row.delta === 0 && row.depth === 0 && /^[PS]+$/.test(row.phase)) || row.depth > 2800) continue;
      if (!parsePhase(row.phase)) {
        unknown.add(row.phase);
        continue;
      }
      const arrivals = pathArrivals(velocityModel(row.model), row.phase, row.delta, row.depth);
      const near = arrivals.map(
        (a) => Math.abs(a.timeSec - row.time) + Math.abs(Math.abs(a.slownessSecPerDeg) - row.p),
      );
      const best = arrivals[near.indexOf(Math.min(...near))];
      const where = `${row.model} ${row.phase} ${row.delta} deg ${row.depth} km, stored ${row.time}`;
      assert.ok(best, `${where}: none of ours`);
      // Outputs carry hundredths of a second and thousandths of s/deg.
      worst = Math.max(worst, Math.abs(best.timeSec - row.time));
      assert.ok(Math.abs(best.timeSec - row.time) <= 0.02, `${where}: ours ${best.timeSec}`);
      assert.ok(
        Math.abs(Math.abs(best.slownessSecPerDeg) - row.p) <= 0.02,
        `${where}: p ${best.slownessSecPerDeg}, ${row.p}`,
      );
      compared++;
    }
    t.diagnostic(
      `${compared} arrivals compared, worst ${worst.toFixed(3)} s; not named here: ${[...unknown].join(" ")}`,
    );
    assert.ok(compared > 200);
  },
);

for (const [file, phase, tolerance, compress] of [
  ["ak135_P_shallow.txt", "P", 0.04, true],
  ["ak135_P_deep.txt", "P", 0.04, true],
  ["ak135_S_shallow.txt", "S", 0.04, true],
  ["ak135_S_deep.txt", "S", 0.04, true],
  ["ak135_PcP.txt", "PcP", 0.04, false],
  ["ak135_ScS.txt", "ScS", 0.04, false],
  ["ak135_ScP.txt", "ScP", 0.04, false],
  ["ak135_PKIKP.txt", "PKIKP", 0.07, false],
] as const) {
  referenceTest(`printed ak135 table ${file}: within ${tolerance} s`, [`${TAUP}/${file}`], (t, [path]) => {
    const earth = createEarthModel("ak135");
    const [head, ...lines] = readFileSync(path!, "utf8").trim().split("\n");
    const depths = head!.trim().split(/\s+/).map(Number);
    const errors: number[] = [];
    for (const line of lines) {
      const values = line.trim().split(/\s+/).map(Number);
      const delta = values[0]!;
      depths.forEach((depth, i) => {
        const printed = values[1 + 2 * i]! * 60 + values[2 + 2 * i]!;
        // A printed zero means that the phase does not reach this distance.
        if (printed === 0) return;
        const ours = compress
          ? earth.predict(phase, delta, depth)?.timeSec
          : pathArrivals(velocityModel("ak135"), phase, delta, depth)[0]?.timeSec;
        if (ours === undefined) {
          errors.push(Number.NaN);
          return;
        }
        errors.push(Math.abs(ours - printed));
      });
    }
    const missing = errors.filter(Number.isNaN).length;
    const found = errors.filter((e) => !Number.isNaN(e)).sort((a, b) => a - b);
    t.diagnostic(
      `${found.length} entries, ${missing} without ours, worst ${found.at(-1)?.toFixed(3)} s, 99 % ${found[Math.floor(0.99 * found.length)]?.toFixed(3)} s`,
    );
    assert.equal(missing, 0);
    assert.ok(found.length > 50 && found.at(-1)! <= tolerance, `worst ${found.at(-1)}`);
  });
}

referenceTest(
  "P residuals of IDC analysts' events at 25 to 98 deg (iasp91, ellipticity, elevation): standard deviation of the difference within 0.02 s",
  ["parametric/ueb-20100520-css30/derived_P_traveltime_check.csv", "parametric/gms-station-ref"],
  (t, [path]) => {
    const earth = createEarthModel("iasp91");
    const [head, ...lines] = readFileSync(path!, "utf8").trim().split("\n");
    const columns = head!.split(",");
    const differences: number[] = [];
    for (const line of lines) {
      const cells = line.split(",");
      const get = (name: string) => Number(cells[columns.indexOf(name)]);
      const delta = get("delta_deg");
      const depth = get("src_depth_km");
      const predicted = earth.predict("P", delta, depth)!;
      const p = predicted.slownessSecPerDeg / 111.19;
      // The file gives the elevation term, not the height: height = term / sqrt(1 / 5.8^2 - p^2).
      const height = get("elevation_s") / Math.sqrt(1 / 5.8 ** 2 - p * p);
      const { ellipticitySec, elevationSec } = earth.correction("P", {
        deltaDeg: delta,
        depthKm: depth,
        sourceLatitudeDeg: get("src_lat"),
        eventStationAzimuthDeg: get("esaz_deg"),
        stationElevationKm: height,
      });
      const ours = get("arrival_minus_origin_s") - predicted.timeSec - ellipticitySec - elevationSec;
      differences.push(ours - get("reported_timeres_s"));
    }
    const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
    const sd = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (differences.length - 1));
    t.diagnostic(`${differences.length} residuals: mean ${mean.toFixed(4)}, sd ${sd.toFixed(4)} s`);
    assert.ok(differences.length >= 80 && sd <= 0.02 && Math.abs(mean) <= 0.02);
  },
);

referenceTest(
  "ellipticity coefficients against the IDC's file, at the distances of one path",
  ["parametric/gms-ellipticity/ELCOR.dat"],
  (t, [path]) => {
    const wanted = new Set(["P", "PcP", "ScP", "ScS", "PKPdf", "PKPab", "PKPbc", "PKiKP", "SKSac"]);
    const model = velocityModel("ak135");
    const lines = readFileSync(path!, "utf8").trimEnd().split("\n");
    const numbers = (line: string) => line.trim().split(/\s+/).map(Number);
    const errors: number[] = [];
    for (let i = 0; i < lines.length; ) {
      const head = /^(\S+)\s+(\d+)\s/.exec(lines[i++]!);
      if (!head) break;
      const depths = numbers(lines[i++]!);
      for (let k = 0; k < Number(head[2]); k++) {
        const delta = Number(lines[i++]);
        const tau = [0, 1, 2].map(() => numbers(lines[i++]!));
        // Triplications within 25 deg make the first arrival of P ambiguous.
        if (!wanted.has(head[1]!) || delta > 180 || (head[1] === "P" && delta < 25)) continue;
        depths.forEach((depth, j) => {
          const ours = ellipticityCoefficients(model, head[1]!, delta, depth);
          if (ours) for (let q = 0; q < 3; q++) errors.push(Math.abs(ours[q]! - tau[q]![j]!));
        });
      }
    }
    errors.sort((a, b) => a - b);
    t.diagnostic(
      `${errors.length} coefficients, median ${errors[errors.length >> 1]!.toFixed(4)}, worst ${errors.at(-1)!.toFixed(4)} s`,
    );
    assert.ok(errors.length > 1000 && errors.at(-1)! <= 0.01);
  },
);
