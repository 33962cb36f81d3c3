import assert from "node:assert/strict";
import { test } from "node:test";
import { defineErrors, HarkenError } from "./errors.ts";
import { channelKey, parseChannelKey } from "./model/channel.ts";
import { ProblemList } from "./problem.ts";

test("a flood of problems is counted, not kept", () => {
  const problems = new ProblemList(3);
  for (let i = 0; i < 1000; i++) problems.error("x", `number ${i}`, { offset: i });
  const list = problems.list();
  assert.equal(list.length, 4);
  assert.match(list[3]!.message, /^997 more/);
});

test("an error fills its sentence and keeps code, status and cause", () => {
  const errors = defineErrors({ GONE: { say: "{what} is gone.", advise: "Look in {where}.", http: 404, exit: 2 } });
  const cause = new Error("disk");
  const error = errors.make("GONE", { what: "The file", where: "the attic" }, cause);
  assert.ok(error instanceof HarkenError);
  assert.deepEqual(
    [error.message, error.advise, error.code, error.http, error.exit],
    ["The file is gone.", "Look in the attic.", "GONE", 404, 2],
  );
  assert.equal(error.cause, cause);
});

test("channel keys go there and back, blank location included", () => {
  const id = { network: "IC", station: "MDJ", location: "", channel: "BHZ" };
  assert.equal(channelKey(id), "IC.MDJ..BHZ");
  assert.deepEqual(parseChannelKey("IC.MDJ..BHZ"), id);
});
