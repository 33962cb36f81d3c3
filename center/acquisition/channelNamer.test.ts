import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel, Station } from "@harken/core";
import { channelNamer } from "./channelNamer.ts";
import type { StationSettings } from "./settings.ts";

const id = (network: string, station: string) => ({ network, station, location: "", channel: "BHZ" });
const stations = [id("AA", "ONE"), id("AA", "TWO"), id("BB", "TWO"), id("CC", "TWO")].map(
  (channel) => ({ channels: [{ id: channel } as Channel] }) as unknown as Station,
);
const settings = [{ name: "SND", network: "ZZ" }] as unknown as StationSettings[];

test("a network as it comes, else the inventory's where it is sure, else the sender's", () => {
  const name = channelNamer(stations, settings);
  assert.equal(name("SND:0", id("XX", "ONE")).network, "XX");
  assert.equal(name("SND:0", id("", "ONE")).network, "AA");
  assert.equal(name("SND:0", id("", "TWO")).network, "ZZ", "three networks have it");
  assert.equal(name("SND:0", id("", "NEW")).network, "ZZ");
  assert.equal(name("OTHER:0", id("", "NEW")).network, "");
});
