import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { streamPattern } from "./pattern.ts";

const letter = fc.constantFrom(..."aAbB_:/1");
const { pattern: anyPattern } = fc.letrec<{ pattern: string; item: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3 },
    fc.array(tie("item"), { maxLength: 5 }).map((items) => items.join("")),
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `${a}|${b}`),
  ),
  item: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.tuple(letter, fc.constantFrom("", "*", "+", "?")).map(([one, many]) => one + many),
    fc.constantFrom(".", ".*", "^", "$", "[ab]", "[^ab]+", "[A-Z_]*", "\\.", "\\*?", "[]a]x", "[a-]"),
    fc.tuple(tie("pattern"), fc.constantFrom("", "*", "+", "?")).map(([inner, many]) => `(${inner})${many}`),
  ),
}));

test("chooses what the expressions of JavaScript choose", () => {
  fc.assert(
    fc.property(
      anyPattern,
      fc.array(fc.string({ unit: letter, maxLength: 12 }), { maxLength: 10 }),
      (pattern, names) => {
        // JavaScript takes "[]" for a class of nothing; DataLink's servers, as POSIX, for one that begins with "]".
        fc.pre(!pattern.includes("[]"));
        const isChosen = streamPattern(pattern);
        assert.ok(isChosen, pattern);
        for (const name of names) assert.equal(isChosen(name), new RegExp(pattern).test(name), `${pattern} on ${name}`);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("streams as clients choose them", () => {
  const names = ["FDSN:IU_ANMO_00_B_H_Z/MSEED", "FDSN:II_BFO_00_B_H_N/MSEED3", "FDSN:IU_ANMO_10_L_H_Z/MSEED"];
  const chosen = (pattern: string) => names.map((name) => streamPattern(pattern)!(name));
  assert.deepEqual(chosen("IU_"), [true, false, true]);
  assert.deepEqual(chosen("^FDSN:(IU|II)_.*_B_H_[ZNE]/MSEED3?$"), [true, true, false]);
  assert.deepEqual(chosen(".*"), [true, true, true]);
  assert.deepEqual(chosen("[]]"), [false, false, false]);
});

test("what would need more than one pass is not understood; what would take for ever elsewhere takes no time here", () => {
  for (const pattern of [
    "(a",
    "a)",
    "*",
    "a**b",
    "a{2}",
    "\\1",
    "\\d",
    "[a",
    "[[:alpha:]]",
    "(?=a)",
    "a".repeat(1_001),
    "(".repeat(900),
  ])
    assert.equal(streamPattern(pattern), null, pattern);
  const isChosen = streamPattern(`${"(a*)*(a|a)*(.*a)*".repeat(20)}$b`)!;
  const before = process.cpuUsage();
  assert.equal(isChosen("a".repeat(2_000)), false);
  assert.ok(process.cpuUsage(before).user < 5e6);
});
