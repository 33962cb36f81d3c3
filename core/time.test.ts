import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dateParts, daysFromCivil, epochOfDay, imsTime, isoTime, julianDate, parseTime } from "./time.ts";

const times = fc.integer({ min: -2_208_988_800, max: 4_102_444_800 });

test("every day from 1900 to 2100 agrees with the JavaScript Date", () => {
  fc.assert(
    fc.property(times, (seconds) => {
      assert.equal(isoTime(seconds, 3), new Date(seconds * 1000).toISOString());
      const p = dateParts(seconds);
      assert.equal(daysFromCivil(p.year, p.month, p.day), Math.floor(seconds / 86_400));
      assert.equal(epochOfDay(p.year, p.dayOfYear, p.hour, p.minute, p.second), seconds);
    }),
  );
});

test("text and back, to the millisecond, in ISO and IMS form", () => {
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 999 }), (seconds, milli) => {
      const time = seconds + milli / 1000;
      for (const text of [isoTime(time), imsTime(time)]) assert.ok(Math.abs(parseTime(text)! - time) < 1e-6, text);
    }),
  );
});

test("a time just below a full minute prints as the next one, never as second 60", () => {
  assert.equal(isoTime(59.9996, 3), "1970-01-01T00:01:00.000Z");
  assert.equal(imsTime(86_399.99996, 3), "1970/01/02 00:00:00.000");
});

test("reads what people write: ISO, IMS, ordinal days, epoch seconds", () => {
  const expected = 1_243_212_882.8;
  for (const text of [
    "2009-05-25T00:54:42.8Z",
    "2009/05/25 00:54:42.8",
    "2009145 00:54:42.8",
    "2009-145T00:54:42.8",
    "1243212882.8",
  ]) {
    assert.equal(parseTime(text), expected, text);
  }
  assert.equal(parseTime("2009-05-25"), 1_243_209_600);
  assert.equal(julianDate(expected), 2009145);
  assert.equal(parseTime("2008-12-31T23:59:60Z"), 1_230_768_000, "the leap second of 2008 is the first second of 2009");
});

test("refuses what is not a time", () => {
  for (const text of [
    "",
    "yesterday",
    "2009-13-01",
    "2009-05-25T25:00:00",
    "2009-05-25T10:61:00",
    "NaN",
    "2009400",
    "--",
  ]) {
    assert.equal(parseTime(text), null, text);
  }
});
