/** What is asked for, and the preset. Facilities are compared with the table of the Treaty's stations. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fitsPattern } from "@harken/formats";
import { facilityOfStation } from "@harken/treaty";
import { checkSettings, SeedLinkSourceSettings } from "../acquisition/settings.ts";
import { earthScopeStations, geoscopeStations, openStations } from "./openStations.ts";
import { LiveSettings } from "./settings.ts";
import { fitsChannel, seedLinkSource } from "./streams.ts";

const channel = (network: string, station: string, location: string, code: string) => ({
  ...{ network, station, location, channel: code },
});

test("each station is asked for once, with the streams that the patterns want of it", () => {
  const seedlink = { host: "a.example", port: 18_000, tls: false, keepAliveSec: 240 };
  const channels = ["IU.ANMO.00.BH?", "IU.ANMO.10.BHZ", "CN.*.--.HHZ", "AU.CTA.*.BH?"];
  const source = seedLinkSource({ name: "A", fdsn: "http://a.example", seedlink, channels }, [
    ...["BHZ", "BH1", "BH2"].map((code) => channel("IU", "ANMO", "00", code)),
    channel("IU", "ANMO", "10", "BHZ"),
    channel("CN", "ULM", "", "HHZ"),
    channel("AU", "CTA", "", "BHZ"),
  ])!;
  assert.deepEqual(source.stations, ["IU_ANMO", "CN_ULM", "AU_CTA"]);
  assert.deepEqual(source.streams, {
    IU_ANMO: ["00_B_H_?", "10_B_H_Z"],
    CN_ULM: ["_H_H_Z"],
    AU_CTA: ["*_B_H_?"],
  });
  checkSettings(SeedLinkSourceSettings, source, "test");
  assert.equal(seedLinkSource({ name: "A", fdsn: "http://a.example", seedlink, channels }, []), null);
  assert.ok(fitsChannel("IU.ANMO..BHZ", channel("IU", "ANMO", "", "BHZ")));
  assert.ok(!fitsChannel("IU.ANMO..BHZ", channel("IU", "ANMO", "00", "BHZ")));
});

test("the preset: every station is one of the monitoring system's or stands beside one; the servers' own limits are kept", () => {
  checkSettings(LiveSettings, structuredClone(openStations), "preset");
  const all = [...earthScopeStations, ...geoscopeStations];
  for (const { facility, channels, isNear } of all) {
    assert.ok(facilityOfStation(facility), `${facility} is no facility`);
    const [, code] = channels[0]!.split(".");
    if (!isNear && !code!.includes("?")) assert.equal(code, facility);
  }
  const patterns = openStations.sources.flatMap(({ channels }) => channels);
  assert.equal(new Set(patterns).size, patterns.length);
  for (const network of ["IU", "II", "IM", "AU", "CN", "G", "GT"])
    assert.ok(
      patterns.some((pattern) => fitsPattern(`${network}.*`, pattern)),
      network,
    );
  const hosts = openStations.sources.map(({ seedlink }) => seedlink.host);
  // One connection for each server; EarthScope asks for no keep-alive within four minutes.
  assert.equal(new Set(hosts).size, hosts.length);
  for (const { seedlink } of openStations.sources) assert.ok(seedlink.keepAliveSec >= 240);
});
