import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzzDecoder } from "@harken/testing";
import { type AecParameters, decodeAec } from "./aec.ts";

const COUNT = 300;

/** A constant, a wave, noise, and a constant with steps: zero blocks, splits, uncompressed blocks and pairs in one series. */
const series = (bits: number): number[] => {
  const max = 2 ** bits - 1;
  return Array.from({ length: COUNT }, (_, i) => {
    if (i < 90) return Math.floor(max / 3);
    if (i < 160) return Math.floor(max * (0.5 + 0.45 * Math.sin(i / 9)));
    if (i < 200) return (i * i * 7919) % (max + 1);
    return Math.floor(max / 2) + (i % 7 === 0 ? 1 : 0);
  });
};

/** The series as libaec 1.0.6 encodes it. */
const encoded: readonly (readonly [AecParameters, string])[] = [
  [
    { bits: 3, blockSize: 8, referenceInterval: 4, flags: 8 },
    "BCCEERtATecnOYxx3RNI2h47373/e/e/7373/e/e4737xDl5y+ILmPyX5RwU+XLy85fEFyX5L+UI",
  ],
  [
    { bits: 3, blockSize: 8, referenceInterval: 4, flags: 24 },
    "CEIQibQLedOczHO6TSbRx3v3v9797/e/e/3v3sd795Dl7l8gux+V+U4K+XXl7l8gul+V/KI=",
  ],
  [
    { bits: 12, blockSize: 16, referenceInterval: 5, flags: 8 },
    "AqqGFVf+EkqAAAAAAAAAAP8taL0wYf1SSSJnbBKmonI9G2EGEzN4ESqqq/ykxNSkU+NSkbC3pnUj0nEU/qqqoWcssfd8IKToa+5w" +
      "cfLzMrAkklV+jf+2y9O/a68PZWgFloN+AFKGnmrC+BJw+rHO4E0GbnZBuAFyCup/x/9H4BtLEpD4sa+Pwf5/axo7AZII9ePIWK6T" +
      "//+t9NSs9sYzqn8/gAAABACAAAAAGA4LiX5flF//y/LhguA4y/L8hcB8",
  ],
  [
    { bits: 24, blockSize: 32, referenceInterval: 128, flags: 8 },
    "AVVVVZf///4AABACAIBAQIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJXVO" +
      "C3MlqIKWmRVv0f1SSSIiIiSSVeZi73QmwiDynYZiKiLZ5yAQOcxRdwtjCw/8JgeNMvAykJeR6hDrRL1Qw+gY+sKNrCuNPj0Wlf6j" +
      "oU2FuLRRc43pshSUKj09pOaUQr9U6pJJEREREklV+jBM3K/+X3kimq62FxCphoiU99sVPm9uf0FtCXOkJFy7w5lY8sWiN/rAc/7x" +
      "G7Fpr4XU/G39eDsITsGHQyo9qetblmAZtWf1WdYgskHwAALDwlr04PGk6K1k8Gkk+CTv5J4yny/1D1glFxPlHs+lJotlLkct+MeE" +
      "phfFRXplTTYlVPHlXK2uBYuEsIcFc+Dle5ylg1hlixQthxwFRinFokdlqgMlsb7vXhQzgob6gggggAIIIIH///+R5FoVvbDTXASt" +
      "wOHi66/usV/ijEpP4AAAAAAAAAQAACAAAAAAAAAAAAAAAAAAAEAAAgAAAAAAAAAAAAAAAAAABAAAIAAAAAAAAAAAAAAAABL8vy/L" +
      "8uHl+X5fl+QXAf/w",
  ],
  [
    { bits: 32, blockSize: 8, referenceInterval: 64, flags: 0 },
    "+qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqv1VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV+qqqqqqqqqqqq" +
      "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqv1VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV+qqqqqqqqqqqqqqqqqqqqqqqqq" +
      "qqqqqqqqqqqqqqqqqv1VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV+qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq" +
      "qqqqv1VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV+qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqv1VVVVVVV" +
      "VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV+qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqviSr1VVVVqqqqqFUKiO3+k" +
      "OzZDjnSk2E3d23YFvjAvN1+pfNOkfCwDdro8aWZotebItVJ9+EV5p4gqwbIQp6qSR8ykX0XILX1yQHkd8nyIxF+kOtWNrgyQ6AoV" +
      "lfHL7j+k6G/YIdQxcRyfMwWKChSQbTSWDOddF3ZHQVjIF+7fz/F2ptilx2PgQjZV5q670OvXD6zvqulP8h4zG/MpMI7/lkS1r4fs" +
      "tG9ubsovShtyxxtlXo7i4AgOoT3ifldOJmfwL9IZLXIX8iqJ6kQngHacZF9TlaEwYpJd/bCKmtFWUHxJVftVivZZxGUHVZR05H9w" +
      "bKfMoZNFiG4bcCJNenc3dX1Vx31sT87+uakUvz769/Pi0sOYKnJEvWrFVvqU+/+Cq4AYeEtfjGWnmRTlT5Y+vhmzbi+gNsOaU+X/" +
      "3/1SbcDXsmX9pBzc3NUTffbDcOIHOH5KYXznSNT+//T3uAdkz0f3pB/nj9Oj+lhDh7tTu/0UIufnT4/2qq/9e+ABPHH4KjFOBAum" +
      "uFdieAbilziFD14JwUN/VVVFmcAAZT1bxw7i8HyueciH48CUXXXKBMJwrEpP/v////7////+/////wAAAAD////+/////v////7/" +
      "////9/////f////4AAAAB/////f////3////9/////f/////v////8AAAAA/////v////7////+/////v////7/////+AAAAAf//" +
      "//3////9/////f////3////9/////gAAAAPv////7////+/////v////7////+/////wAAAAD/////9/////f////3////9/////" +
      "f////4AAAAB/////f/////v////7////+/////v////8AAAAA/////v////7/////9/////f////3////+AAAAAf////3////9//" +
      "///f/////v////7/////AAAAAP////7////+/////v////7/////9/////gAAAAH////9/////f////3////9/////f/////wAAA" +
      "AD////+/////v////7////+/////v////8AAAAB9/////f////3////9/////f////3////+AAAAAf/////v////7////+/////v" +
      "////7////+/////v////7////+A=",
  ],
];

test("streams made by libaec decode to their series", () => {
  for (const [parameters, text] of encoded) {
    const samples = decodeAec(Buffer.from(text, "base64"), parameters, COUNT);
    assert.ok(typeof samples !== "string", String(samples));
    assert.deepEqual([...samples], series(parameters.bits), JSON.stringify(parameters));
  }
});

test("what cannot be is said", () => {
  const [parameters, text] = encoded[2]!;
  const bytes = Buffer.from(text, "base64");
  const say = (changed: Partial<AecParameters>, data: Uint8Array = bytes) =>
    String(decodeAec(data, { ...parameters, ...changed }, COUNT));
  assert.match(say({}, bytes.subarray(0, 40)), /the stream ends/);
  assert.match(say({ bits: 33 }), /33 bits/);
  assert.match(say({ flags: 9 }), /signed/);
  assert.match(say({ blockSize: 7 }), /blocks of 7/);
});

fuzzDecoder(
  "decodeAec",
  (bytes) => encoded.map(([parameters]) => decodeAec(bytes, parameters, COUNT)),
  encoded.map(([, text]) => Buffer.from(text, "base64")),
);
