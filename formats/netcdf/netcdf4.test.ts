import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { epoch } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { decodeNetcdf } from "./decode.ts";
import { weatherFromNetcdf } from "./weather.ts";

const [LEVELS, ROWS, COLUMNS] = [2, 5, 8];
const formula = (level: number, row: number, column: number) =>
  10 + 3 * level - 2 * row + 0.5 * column + ((7 * row + 3 * column) % 5) / 4;

/**
 * A file that ncgen 4.9.0 made: u(time, lev, lat, lon) by the formula, 100 more at the second time but for one fill value, in chunks of 1 by 1 by 3 by
 * 5, shuffled and deflated; sp packed in shorts, with more attributes than a header holds; nine variables e0 to e8, so that names stand in a heap.
 */
const made = new Uint8Array(
  gunzipSync(
    Buffer.from(
      "H4sIAAAAAAACA+1cCXAUZRZ+PdOTmSRzJHFycIXhkMQkQI4BAgRzzuQwQEwioiWEkZlgdJjEJAjIYdQAitzogquLCKi4UHiUIJaICbiAoShWa7" +
        "XWVSncXaDQlcPdRTx22f/o7kw305kEE7LL/g9fvfxv3v/3+9/3+r+62yeLCpymsL5hGoMBRLoiUNtiWk4V9PFVs09PLioo1xjf0gwmGq1F+On5" +
        "m6j8VziVQ4xUhmmAwzK6P/DYnpMaV5LRQRoEMxiwadWk/LL62jpPfWONpwFw6/iKGsQPeeobamp9E9JTfJ7Gme7qCfYRY0ekptznrh41IW1EWu" +
        "qITIiEQHT67e/DiPumJzjOijUajuM0ik5rrdjjSFs20IDkgD0c7Fe0ADoz/kWb3B6oTYUREUgPu9NoeaugF3urV+9tLu2tFYyIUW9JV+z5tbX1" +
        "7hqfqxH1OQJdhyfN2YijnNC4KJFHYEzGZS2E0KDll+ZWVJBgRQjBKiie6JhUUTx5UlVFfm6pA4wDsV6LfCYVJuVOdBB7nWDfWDPbQ1rVEiiMFA" +
        "rqXEHN7Bq33C3RjTSsk9yY46tppJjFCM3eVzunvsHWUOOb6bGlp6aPGp6K/sNB+3j8gc0Uk4YAmIgyKCZJSkwQniNpeZ0Ck5CexASuCZP4wJjw" +
        "gr3X81DXICFexKtAohUhKXMB/Lhmw880/PP9wq8T2tApwj9QukqsAWIfwRZhNPxUf2EhDr0ZTtppvXROHvqIngw91yOhdzV2LfTEi0SV0JuEVt" +
        "2eWfUeT0OVr7a+8T4EwkrLCxSEeX4giBltuCYQdLBWGLW3XM8xSdMjINT6ugYC8SJBBQSjAgSPq6ER4JJ7bRrFoC/HFZCu8FePQzoFJmLk1H6n" +
        "I9GReFraJlpRvJKJyy3zPwiPwWWNBk+VHOkIR/7h1gwDCSYaXV5pe6Q54TbWCUEKPrRRR+4Q/PrJb6TSdWWc37i4dBB0gibnF91mnNjlbOKF6r" +
        "zfDCf2mWA6WJZZ7ZjqBYPZtoakpOFpxhSaUGHUDuXPrCqfC01s/jchxn2uq95tm1vjcxtzaHqFI1exs84ar3eKyzvHE/CGCzjyIyCfGzz+QZpE" +
        "wHFkDNRo25NILXmUeq0RN4pjQ2tGgM5AE4YMME0i2haoFBZZpwVpNAkt9aNJwy+/u91JnXAJ0ug06Gl68b3PaBokUyw6PXouv/cWsqikgSzqlm" +
        "nJEEXsuRInrWlVjInaHp+YSmnmWhCaVv8RsLS4ohL6CINjrAiRSivegfTvSOHe7VJcE3e+bFWClFdZVIDCiUzwst2d2CRYWEBc1z+wp3wPsQrB" +
        "VhZqFaO04o9f3uLXrLO8qEzItQi4aldxSCinmxS3Oy93ztLJTOP9atJoJSIZlSnqTjx9/27SBQPuQiTpQrNJ2YVN2TNcxCoUW5molUVpdeaK5X" +
        "ZnBbKCQwHwkXtVBvOQJ+Ivxgyq7wdy+dlTcd/mVZY6kXfLMFT96Qz1riPWCgexQQEdB98elhAHCRq6GwtD4nxs2RBYRMJNb+rp6RdSYAxHLfA9" +
        "8nzJlVEwS1CEILGzZs4E0AsKHLNfDXz6DjgsKDBgp9ouLwILvl4yXsihUdJ463qoIps/oSc1m96AOwU/cNbsfer4EdhK5mkat5nr154lC38opl" +
        "2ceez3Z2GDcBU8VB/uk/w3+F5QhCKxe82rV9Zd/OZV+P8kgn+oLGbymPvDLMsKGZoy8GXAy6IvA1wGgyy/ZCDLclOGtixbjoafzgZGXSVpzdCN" +
        "U9303prq6FIzQzgRuVu2Ej4k7MnHij0PlcVh3/6L8T0Ri/rejYV3ZKBY3BPWYSw+rx5wnMyjerV5dKdQHmFV7FI01zyPauTzqA3Po6NFXWnM0j" +
        "fo3LezU3OfTfplpZAMfUEujxvTvGTs083/4+YYiEbW0fBR0zkbtGKU8HYjEaaSY6THnAuGQzYx2HTZkocEXi79oW50GTxGbN/bdfM04lg0zLvn" +
        "t9PgG/Ln8si1i8FHoF9/MW4FcSgajr3+5UrII+1uPr//VfiU2HLx+/ZAEjFYfObcBUghBvvGx/wMG4jBUY13CRusemLuC5GKFFcpoSgGUlpSzM" +
        "RtoZAa0uKP4iwOE0JeSE1TDPVikaaKdGxIE066BWlGhIlFmkzh4Hd7RINR8pkUxdWskEJmsUiT9ocRO5YxsK/T3Le0d8f7pIxA432mvcPx/p1p" +
        "i8f1RCx+3buxmJoeKBZt1R3G4rsX3zzXE7HY1buxeDNgLLSzOoxFw/oVM3oiFgd6NxZL7YFikdVxLBZ/vKOuJ2Lxae/GojngeDGn41jYnnxwd0" +
        "/E4uvejcWJgLHY1XEsihzF9+CzRvXeGhfSpwGdP39THkr5n7/pFWWDohyqKON1RJrxRHFh/uRSDoSL+XVfXIWcVyzglXqtQv+4Ru6j0l6nYh+i" +
        "0Gv49n4Faseg0k6oSjthCv0ywZFwlfaNKnqTSvtmFXuLin2Eij+RKvZRKvqbVPRWFX20ij5GRR+roo9T0fdR0Yu00cTWl4wYMWLEiBEjRowYMW" +
        "LUG0Teh+rWN4HwjjRj+YKp1/ymFa4oHv3kFci3y0YvfT3QAqnY1XKH01HumJTvoK6O1lBLt6vR1eBpbPfZXTPb48Nv6IMh2LlPuF5efi3jzFZ/" +
        "j6oFj2yiRwvx4UV3eqR8Zip6JB61lIXKfz8b8rm9+2HE3W2d4X3FWVHhkJ7ncjsBKrFV9P6sQ1cnkoGcRmg1mqis9j4YrmuQQBEkkQ5GvXZ79w" +
        "cJn6Z4Hh72cfe3jM9jPonT/YOEX3wtjUMxH0fS4EjWRxd75O7FQH962PlC97eMT4xe6zN0cve3jO3tfcZF/6J3O6/DyIjtXvrgmwf9h5PyAvl5" +
        "ndHIoat1550innCGK+4UjeJOET1+Nkweh2bFl0trouTlpjh5eUUfxYlfX3l5Wz95+fX+8vK+AfJyweZLbzqLCvKk77kwfRK+uv08HHj8iZB44s" +
        "rx0tdIXs9D4rkwx0sf7nhdjeKpJMdrJW2tTzyD5XjphH2ONB3w4sm1pqFOChkvHltrPKli3DheLynTxOBxvHQg6kkXI8jxoZIyQwwjx4dJSrsY" +
        "S44Pl5SjxIByvFFSjhajyvEmSTlGDC3HmyVlpjK+/wtE8K80+mla+Nyvu/R8RwLaT4ov8Xf8SZIWTPQV/IaZLq+nqto1s7G2PuCXX2qfXwGczJ" +
        "Ze5He53VW11dX49u1SG7YVOfhzANJhV1qnnl+126d36jOZdvuMTn3q125vD2rPy+xHBbXXyexHB7UPkdmPCWqvl9lnBrU3CPYkT1xjZV8D+Wp8" +
        "nq5MEspc9J8kzIqyRVGOAOjK5zE3BlWWOxz48yPlc17/dxD9qc2nUGjaQWTEiBEjRowY3cC0ZnkOXVs/guTmXLQqyhVW0q2o3Er/tucBvIVYn4" +
        "/+RuxCvCwfmn6TP2/6zBk5er3ZZli9cWNbiVa7oa0kNPTJtpLCwsNDCiN4cDwaMRQbteitpaVZWZmZbrcxPmtey4E/G/Rms3nVKpi/06AjFpy5" +
        "KefwUlM/X1yc3W6vfKxJ278/WmFOGRR5QLxMU2jq3taWsrveufd3S0oMdXWNWfUftLZ+ZUALumPNMTMkb55YvmdPW1tz87q2Eotldbs33h2RR6" +
        "g3mvLypKSUlIULo6xW5Fn/2zlovmwwkBZ0JpPeDMURrXUnWw4eXp2cfP7LBWV3zf/p0rdtJQkJr5CWLP1inxGNZ3wHzYvOnHhvmaX2xL5p88//" +
        "afcDY3yZua2RBh28u80aSew4k+0LGGxpallydMPIqgkLLh1YEv6M7SSvL0SBP78/ZpdgZTTqzXY7oI4+/Ben59RLt92ZPKjlww/PHolM5UKgYE" +
        "KfC1f5+PcNI5OTX8iaP+WuHy58dbDdR2ty7FHR+MhftyZM3pT9/iNXvjqYMPfcF+/MPR4aDfD+VKuwaW7KJjssyEHclEPzIBVxDuIyxDNyaX5s" +
        "R/w64r2IWxBfQHwZ5wzKDx6xAbEN8VDEiYhTEKciLkJcirgMcSXiqYjrEDcinod4IeImxCsQr0K8BvE6xE8j3ox4C+JtiF9GvD1PTJiWcJREzw" +
        "4Yj1KqLFRjXpVzEjQ4oCVDIrf4Jc2atNTtO92utdubgaRCCx+HWr/fapBDs/u5MbUn9i/8AQEoQfPPvTFfXwXNovPTPadW9nvbH5rC7/ta8S4E" +
        "H6zxaGcWgnZPBgiFMLSnNaLdsZnsfSIhCu2KrBANMWi3E4d2Pn2hH/SHARAPA9GWZBAMhiEwFG6GYZAAiXALJEEypMBwGAEjIRXSIB0ywA6jYD" +
        "SMgUwYC+NgPGTBBLgVshF+uQiHfCgABzihEIqgGErgNiiFiTAJJrPhjhEjRv7nBVf/v30Gd7GdHcLp/M1B7HSK8lLFQ0IlqZ3MHBPqJQSpp7ze" +
        "t0I95dEuF8TvsY7A/eOC9M8q1BuqUk+tf/92dq6e8nqDC6lM7GS/RHpc8HN4kHrK600R6g1TqafWvx1CvVuC1FNe7yOh3pAAh7gdUYIzcP+C4f" +
        "ejSv+C4ecsDNy/YPh5CwPjrawnPvrg2RDGiBEjRowYMWLEqNf2kZqr9pFlnaz/jLDuLevkev6UyjpZ+dWshkHDiBEjRowYMWLEiNF/Hf2ib+Bu" +
        "9IosPRgxYsSI0Q1NcTlUJgpyUyGTTDLJJJNMMskkk0wyySSTTDJ548j/ALD90njKfgAA",
      "base64",
    ),
  ),
);

test("a netCDF-4 file made by ncgen: chunks, filters, heaps, attributes of every kind", () => {
  const { items, problems } = decodeNetcdf(made);
  assert.deepEqual(problems, []);
  const { variables } = items[0]!;
  assert.deepEqual(variables.map(({ name }) => name).sort(), [
    "e0",
    "e1",
    "e2",
    "e3",
    "e4",
    "e5",
    "e6",
    "e7",
    "e8",
    "lat",
    "lev",
    "lon",
    "sp",
    "time",
    "u",
  ]);
  const find = (name: string) => variables.find((v) => v.name === name)!;
  assert.deepEqual(find("u").dimensions, ["time", "lev", "lat", "lon"]);
  assert.deepEqual(Array.from(find("e7").read() as Float32Array), [70, 71, 72, 73, 74]);
  const sp = find("sp").attributes;
  assert.deepEqual([sp.get("a8"), sp.get("a9"), sp.get("scale_factor")], [[8], "nine", [0.5]]);
  const found = weatherFromNetcdf(items[0]!);
  assert.deepEqual(found.problems, []);
  const u = found.fields.filter(({ parameter }) => parameter.shortName === "u");
  assert.equal(u.length, 4);
  for (const [k, field] of u.entries()) {
    const [time, level] = [Math.floor(k / LEVELS), k % LEVELS];
    assert.deepEqual([field.validTime, field.level.value], [epoch(2025, 5, 1, 6 + 6 * time), [850, 500][level]]);
    for (let i = 0; i < ROWS * COLUMNS; i++) {
      const expected = formula(level, Math.floor(i / COLUMNS), i % COLUMNS) + 100 * time;
      if (k === 2 && i === 11) assert.ok(Number.isNaN(field.values[i]!));
      else assert.ok(Math.abs(field.values[i]! - expected) < 1e-4, `field ${k}, value ${i}`);
    }
  }
  const surface = found.fields.filter(({ parameter }) => parameter.shortName === "sp");
  assert.equal(surface[1]!.values[39], 900 + 0.5 * 79);
});

referenceTest(
  "ERA-Interim in netCDF-4: pressures and wind as decoded by MPTRAC's own tools",
  ["atmosphere/eraint_global_20110605"],
  (_t, [folder]) => {
    const { items, problems } = decodeNetcdf(readFileSync(join(folder!, "ei_2011_06_05_00.nc")));
    assert.deepEqual(problems, []);
    const numbers = (name: string) => {
      const values = items[0]!.variables.find((v) => v.name === name)!.read();
      assert.ok(typeof values !== "string", name);
      return values;
    };
    const stored = readFileSync(join(folder!, "uvw_lat81_lon81_lev30_f32x4.bin"));
    const [u, w, lev] = [numbers("u"), numbers("w"), numbers("lev")];
    const pressures = readFileSync(join(folder!, "p_hPa_f64.bin"));
    lev.forEach((p: number, k: number) => {
      assert.ok(Math.abs(p / 100 - pressures.readDoubleLE(8 * k)) < 1e-9);
    });
    const points = 81 * 81;
    for (let point = 0; point < points; point++)
      for (let k = 0; k < 30; k++) {
        const at = 16 * (point * 30 + k);
        assert.equal(u[k * points + point], stored.readFloatLE(at));
        assert.ok(Math.abs(w[k * points + point]! / 100 - stored.readFloatLE(at + 8)) < 1e-8);
      }
  },
);

referenceTest(
  "footprints of two versions of the format, deflated or not: every number is read",
  ["atmosphere/name_footprints"],
  (_t, [folder]) => {
    for (const [name, variable, size] of [
      ["TAC-100magl_TEST_201607.nc", "fp", 12 * 12 * 145],
      ["WAO-20magl_UKV_rn_TEST_201801.nc", "fp", 12 * 12 * 48],
      ["footprint_test.nc", "fp_low", 293 * 391],
    ] as const) {
      const { items } = decodeNetcdf(readFileSync(join(folder!, name)));
      const values = items[0]!.variables.find((v) => v.name === variable)!.read();
      assert.ok(typeof values !== "string", String(values));
      assert.equal(values.length, size);
      // A footprint is nowhere negative, and its air has been somewhere.
      assert.ok(values.every((v: number) => v >= 0) && values.some((v: number) => v > 0));
    }
  },
);

const limits = { maxSamples: 100_000, maxItems: 100, maxProblems: 20 };
fuzzDecoder(
  "decodeNetcdf, netCDF-4",
  (bytes) =>
    decodeNetcdf(bytes, limits).items.map((dataset) => [
      weatherFromNetcdf(dataset, limits),
      dataset.variables.map((v) => v.read()),
    ]),
  [made],
);
