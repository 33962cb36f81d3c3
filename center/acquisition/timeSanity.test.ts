import assert from "node:assert/strict";
import { test } from "node:test";
import { parseTime } from "@harken/core";
import { checkDataTime, ROLLOVER_SEC } from "./timeSanity.ts";

const rule = { maxAheadSec: 60, maxAgeSec: 90 * 86_400 };
const at = (text: string) => parseTime(text)!;

test("the rollovers of the GPS week counter: 6 April 2019 looked like 21 August 1999", () => {
  // GPS weeks are counted from 6 January 1980, 1024 at a time (IS-GPS-200, 20.3.3.3.1.1).
  assert.equal(checkDataTime(at("1999-08-22T00:00:10"), at("2019-04-07T00:00:10"), rule)?.code, "time.week-rollover");
  assert.match(checkDataTime(at("2007-04-12T06:00:00"), at("2026-11-26T06:00:30"), rule)!.detail, /1024 weeks behind/);
  assert.match(checkDataTime(at("2046-07-12T06:00:00"), at("2026-11-26T06:00:30"), rule)!.detail, /1024 weeks ahead/);
  assert.match(checkDataTime(at("1987-08-27T06:00:00"), at("2026-11-26T06:00:30"), rule)!.detail, /2048 weeks behind/);
});

test("data of now and of the last weeks pass; ahead, too old and unreadable do not", () => {
  const now = at("2026-11-25T00:00:00");
  assert.equal(checkDataTime(now, now, rule), null);
  assert.equal(checkDataTime(now + 59, now, rule), null);
  assert.equal(checkDataTime(now - 89 * 86_400, now, rule), null);
  assert.equal(checkDataTime(now + 61, now, rule)?.code, "time.future");
  assert.equal(checkDataTime(now - 91 * 86_400, now, rule)?.code, "time.stale");
  assert.equal(checkDataTime(null, now, rule)?.code, "time.none");
  // A rolled-over clock is off to the second; what waited for two months besides is just old.
  assert.equal(checkDataTime(now - ROLLOVER_SEC - 29 * 86_400, now, rule)?.code, "time.week-rollover");
  assert.equal(checkDataTime(now - ROLLOVER_SEC - 60 * 86_400, now, rule)?.code, "time.stale");
});
