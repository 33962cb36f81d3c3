/**
 * Travel times against what is not ours: stored outputs of the TauP toolkit (Crotwell, Owens and Ritsema 1999), listings of ttimes (Kennett),
 * the printed ak135 tables (Kennett 1996), and the ellipticity coefficients in IDC use.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { referenceTest } from "@harken/testing";
import { ellipticityCoefficients } from "./corrections/ellipticity.ts";
import { createEarthModel } from "./earthModel.ts";
import { pathArrivals } from "./taup/travelTimes.ts";
import { createVelocityModel, type ModelRow, type VelocityModel, velocityModel } from "./velocityModel.ts";

const TAUP = "parametric/obspy-taup-reference/TauP_test_data";

interface TauPRow {
  readonly model: string;
  readonly delta: number;
  readonly depth: number;
  readonly phase: string;
  readonly time: number;
  readonly p: number;
  /** The stored listing of `taup pierce` of all phases is of an older release, up to 0.02 s from that of `taup time` beside it. */
  readonly older: boolean;
}

const TAUP_TIME =
  /^\s*(?<delta>[\d.]+)\s+(?<depth>[\d.]+)\s+(?<phase>\S+)\s+(?<time>[\d.]+)\s+(?<p>[\d.]+)\s+[\d.]+\s+[\d.]+\s+[\d.]+\s+[=*]/;
const TAUP_PIERCE =
  /^> (?<phase>\S+) at\s+(?<time>[\d.]+) seconds at\s+(?<delta>[\d.]+) degrees for a\s+(?<depth>[\d.]+) km deep source in the (?<model>\S+) model with rayParam\s+(?<p>[\d.]+)/;

/** Every arrival in the stored outputs of `taup time`, `taup pierce` and `taup path`, but for receivers below the surface. */
function tauPRows(folder: string): TauPRow[] {
  return readdirSync(folder)
    .filter((name) => /^(taup_|java_taup)/.test(name))
    .flatMap((file) => {
      let model = "";
      return readFileSync(join(folder, file), "utf8")
        .split("\n")
        .flatMap((line): TauPRow[] => {
          model = /^Model:\s*(\S+)/.exec(line)?.[1] ?? model;
          const found = (TAUP_TIME.exec(line) ?? TAUP_PIERCE.exec(line))?.groups;
          if (!found) return [];
          const number = (name: string) => Number(found[name]);
          return [
            {
              model: found["model"] ?? model,
              // Piercing points are listed along the ray: 325 deg is 35 deg the long way round.
              delta: number("delta") > 180 ? 360 - number("delta") : number("delta"),
              depth: number("depth"),
              phase: found["phase"]!,
              time: number("time"),
              p: number("p"),
              older: file.includes("java_taup_pierce"),
            },
          ];
        });
    });
}

/** Rows of a model in the "named discontinuities" form: depth, P, S, density, and words between. */
function ndRows(path: string): ModelRow[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((row) => row.length >= 4 && row.every(Number.isFinite))
    .map(([depth, p, s, density]) => [depth!, p!, s!, density!]);
}

referenceTest(
  "stored TauP outputs: every arrival of every phase and model, within 0.02 s and 0.02 s/deg; of an older release pS, PP, SS and SKiKP within 0.03 s",
  [TAUP, `${TAUP}/../models`],
  (t, [folder, models]) => {
    const byName = new Map<string, VelocityModel>();
    const modelOf = (name: string) => {
      let model = byName.get(name);
      if (!model) {
        const own = name === "ak135" || name === "iasp91";
        model = own ? velocityModel(name) : createVelocityModel(name, ndRows(join(models!, `${name}.nd`)));
        byName.set(name, model);
      }
      return model;
    };
    const worst = new Map<string, { count: number; seconds: number }>();
    const older = { count: 0, seconds: 0 };
    for (const row of tauPRows(folder!)) {
      // At the source itself the direct wave has no ray. TauP lets pPdiff leave a source below the point where its p turns; we do not.
      if ((row.delta === 0 && row.depth === 0 && /^[PS]+$/.test(row.phase)) || row.depth > 2800) continue;
      const where = `${row.model} ${row.phase} ${row.delta} deg ${row.depth} km, stored ${row.time}`;
      const arrivals = pathArrivals(modelOf(row.model), row.phase, row.delta, row.depth);
      const far = arrivals.map((a) => Math.abs(a.timeSec - row.time) + Math.abs(Math.abs(a.slownessSecPerDeg) - row.p));
      const best = arrivals[far.indexOf(Math.min(...far))];
      assert.ok(best, `${where}: none of ours`);
      // Outputs carry hundredths of a second and thousandths of s/deg.
      const seconds = Math.abs(best.timeSec - row.time);
      const tolerance = row.older && /^(pS|PP|SS|SKiKP)$/.test(row.phase) ? 0.03 : 0.02;
      assert.ok(seconds <= tolerance, `${where}: ours ${best.timeSec}`);
      assert.ok(Math.abs(Math.abs(best.slownessSecPerDeg) - row.p) <= 0.02, `${where}: p ${best.slownessSecPerDeg}`);
      if (row.older) {
        older.count++;
        older.seconds = Math.max(older.seconds, seconds);
        continue;
      }
      const before = worst.get(row.phase) ?? { count: 0, seconds: 0 };
      worst.set(row.phase, { count: before.count + 1, seconds: Math.max(before.seconds, seconds) });
    }
    const list = [...worst].sort(([a], [b]) => (a < b ? -1 : 1));
    t.diagnostic(`models: ${[...byName.keys()].join(" ")}; phase, arrivals, largest difference in ms:`);
    t.diagnostic(
      list.map(([phase, { count, seconds }]) => `${phase} ${count} ${(1000 * seconds).toFixed(0)}`).join(", "),
    );
    t.diagnostic(`older release: ${older.count} arrivals, ${(1000 * older.seconds).toFixed(0)}`);
    assert.ok(older.count > 30 && list.reduce((sum, [, { count }]) => sum + count, 0) > 400 && list.length >= 45);
  },
);

/** Listings of Kennett's `ttimes`: branches are cut where his tables end, so each line is compared with the nearest arrival of ours. */
for (const model of ["ak135", "iasp91"] as const) {
  const listing = `parametric/obspy-taup-reference/sample_ttimes_${model}.lst`;
  referenceTest(
    `ttimes listing of ${model}: times within 0.07 s, slowness and depth derivative to their digits`,
    [listing],
    (t, [path]) => {
      let [depth, delta, compared, worst] = [0, 0, 0, 0];
      for (const line of readFileSync(path!, "utf8").split("\n")) {
        const source = /^Source Depth:\s*([\d.]+)/.exec(line);
        if (source) depth = Number(source[1]);
        const head = /^\s{1,4}(\d+\.\d+)\s+\d+\s/.exec(line);
        if (head) delta = Number(head[1]);
        const row = /\s\d+\s+([A-Za-z]+)\s+([\d.]+)\s+[\d.]+\s+([\d.]+)\s+([-\dE.]+)\s+([-\dE.]+)\s*$/.exec(line);
        if (!row || depth === 0) continue;
        const [, phase, time, p, dz] = row;
        const near = pathArrivals(velocityModel(model), phase!, delta, depth).sort(
          (a, b) => Math.abs(a.timeSec - Number(time)) - Math.abs(b.timeSec - Number(time)),
        )[0];
        const where = `${phase} ${delta} deg ${depth} km: ${time}, ours ${near?.timeSec}`;
        // Where two branches meet the listing gives one of them the other's slowness.
        if (/^(PP|SS|SP)$/.test(phase!)) continue;
        assert.ok(near && Math.abs(near.timeSec - Number(time)) <= 0.07, where);
        assert.ok(
          Math.abs(near.slownessSecPerDeg - Number(p)) <= 0.02,
          `${where}, p ${p}, ours ${near.slownessSecPerDeg}`,
        );
        assert.ok(
          Math.abs(near.depthDerivativeSecPerKm - Number(dz)) <= 0.002,
          `${where}, dT/dz ${dz}, ours ${near.depthDerivativeSecPerKm}`,
        );
        worst = Math.max(worst, Math.abs(near.timeSec - Number(time)));
        compared++;
      }
      t.diagnostic(`${compared} lines, worst ${worst.toFixed(3)} s`);
      assert.ok(compared >= 20);
    },
  );
}

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
