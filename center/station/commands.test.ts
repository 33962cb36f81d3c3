/** Commands to a running station: calibrations against a simulated digitiser whose gain is known, keys changed without a frame refused, and what is not obeyed. */
import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Station } from "@harken/core";
import { decodeCalibrationResults, decodeImsCommands, encodeStationXml, writeImsCommand } from "@harken/formats";
import { loadPackets } from "@harken/store";
import { loadKeyRing } from "../acquisition/keys.ts";
import {
  makeKeys,
  newFolder,
  removeFolder,
  startRig,
  startTestStation,
  testChannel,
  truthSegment,
  until,
  writeKeys,
} from "../acquisition/testRig.ts";
import { acceptKeyChange } from "../authority/acceptKey.ts";
import { createAuthority } from "../authority/authority.ts";
import { signMessage } from "../authority/signedMessage.ts";
import { confirmedKey, keyChangeCommand, keyChangeOf, StationKeys } from "./keyChange.ts";

const digitiser = fileURLToPath(new URL("../testdata/simulatedDigitiser.ts", import.meta.url));
const clock = () => Date.now() / 1_000;
const NOWHERE = [{ port: 9 }];

/** A sensor of 1 nm/count at 1 s, flat in velocity. */
const station: Station = {
  ...{ code: "TST", network: "XX", name: "Test", technology: "seismic", kind: "1c", role: null },
  ...{ latitudeDeg: 10, longitudeDeg: 20, elevationKm: 0.5, sites: [] },
  channels: [
    {
      id: testChannel("TST"),
      ...{ startTime: null, endTime: null, latitudeDeg: 10, longitudeDeg: 20, elevationKm: 0.5, depthKm: 0 },
      ...{ hangDeg: -1, vangDeg: 0, sampleRateHz: 20, instrument: "test", calibNmPerCount: 1, calperSec: 1 },
      response: {
        stages: [
          {
            ...{ kind: "paz", domain: "laplace", inputUnit: "nm", outputUnit: "counts" },
            ...{ poles: [], zeros: [{ re: 0, im: 0 }], normalization: 1 / (2 * Math.PI), gain: 1, gainFrequencyHz: 1 },
          },
        ],
        ...{ sensitivity: 1, sensitivityFrequencyHz: 1, inputUnit: "nm" },
      },
    },
  ],
};

const order = (id: string, words: [string, string][] = []) =>
  writeImsCommand({ id, source: "IDC" }, null, "CALIBRATE_START", [
    ["STA_LIST", "TST"],
    ["CHAN_LIST", "BHZ"],
    ["SENSOR", "YES"],
    ["TYPE", "RANDOM"],
    ...words,
  ]);

for (const [factor, inSpec] of [
  [1.02, true],
  [0.9, false],
] as const)
  test(`a calibration finds a gain that is off by ${factor}, and says whether that is in specification`, {
    timeout: 60_000,
  }, async (t) => {
    const folder = newFolder();
    t.after(() => removeFolder(folder));
    writeFileSync(join(folder, "station.xml"), encodeStationXml([station], { createdTime: 0 }));
    const running = await startTestStation(folder, "TST", NOWHERE, {
      commands: { metadata: ["station.xml"], digitiser: [process.execPath, digitiser, folder, String(factor)] },
    });
    t.after(() => running.stop());
    const confirmed = decodeImsCommands(Buffer.from(await running.command(Buffer.from(order("4711"))))).items[0]!;
    assert.deepEqual(
      [confirmed.name, confirmed.reference, confirmed.channels],
      ["CALIBRATE_CONFIRM", { id: "4711", source: "IDC" }, ["BHZ"]],
    );
    const replies = join(folder, "TST", "commands", "replies");
    const result = () => readdirSync(replies).find((name) => name.includes("-RESULT-") && !name.endsWith(".part"));
    await until("the result", () => result() !== undefined, 40_000);
    const { items, problems } = decodeCalibrationResults(readFileSync(join(replies, result()!)));
    assert.deepEqual(problems, []);
    const [found] = items;
    assert.deepEqual(
      [found!.reference?.id, found!.station, found!.channel, found!.inSpec],
      ["4711", "TST", "BHZ", inSpec],
    );
    // Counts for a nm grew by the factor, so nm for a count fell by it.
    assert.ok(Math.abs(found!.calibNmPerCount! * factor - 1) < 0.01, `${found!.calibNmPerCount}`);
    await until("it is written down", () => running.commands()[0]!.state === "done");
    assert.match(
      await running.command(Buffer.from(order("4711"))),
      /refused: a command of this number was taken before/,
    );
  });

test("what is not obeyed is answered with the reason; a driver that fails is told, and a stopped calibration does not come back", async (t) => {
  const folder = newFolder();
  t.after(() => removeFolder(folder));
  writeFileSync(join(folder, "station.xml"), encodeStationXml([station], { createdTime: 0 }));
  const settings = { commands: { metadata: ["station.xml"], digitiser: [process.execPath, "-e", "process.exit(3)"] } };
  const running = await startTestStation(folder, "TST", NOWHERE, settings);
  const refused = async (text: string, reason: RegExp) =>
    assert.match(await running.command(Buffer.from(text)), reason);
  await refused("", /refused: it holds no one command/);
  await refused(order("1") + order("2"), /refused: it holds no one command/);
  await refused(order("3").replace("STA_LIST TST", "STA_LIST OTH"), /refused: it is not for TST alone/);
  await refused(
    order("4").replace("CHAN_LIST BHZ", "CHAN_LIST BHZ,BHN"),
    /refused: not all of the channels BHZ, BHN are known/,
  );
  await refused(order("5").replace("CALIBRATE_START", "SELF_DESTRUCT"), /refused: SELF_DESTRUCT is not known here/);
  assert.match(await running.command(Buffer.from(order("6"))), /CALIBRATE_CONFIRM/);
  await until("the driver's failure", () => running.commands()[0]!.state === "failed");
  assert.match(running.commands()[0]!.outcome, /driver ended with 3/);
  assert.match(
    await running.command(Buffer.from(order("7", [["START_TIME", "2099/01/01 00:00:00.000"]]))),
    /CALIBRATE_CONFIRM/,
  );
  await running.stop();
  const again = await startTestStation(folder, "TST", NOWHERE, settings);
  assert.deepEqual(
    again.commands().map(({ state }) => state),
    ["failed", "waiting"],
  );
  await again.stop();
});

test("a signed command changes the station's key: frames before and after are verified, and nobody else may command", {
  timeout: 60_000,
}, async (t) => {
  const folder = newFolder();
  const authority = await createAuthority(join(folder, "authority"), "IDC", 3_650, { passphrase: null, clock });
  const old = writeKeys(folder, "TST", 101, "ecdsa");
  const oldKey = createPublicKey(readFileSync(old.public.file));
  const DAY_SEC = 86_400;
  const from = clock() - DAY_SEC;
  const holder = { kind: "station" as const, name: "TST", keyId: 101 };
  const certificate = await authority.issue(holder, oldKey, { days: 30, from });
  const ana = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const person = await authority.issue({ kind: "person", name: "Ana", email: "ana@example.org" }, ana.publicKey, {
    days: 30,
  });
  const rig = await startRig(folder, {
    stations: [{ name: "TST", network: "XX" }],
    authority: { folder: "authority", lookSec: 0.05, warnDays: 40 },
  });
  const running = await startTestStation(folder, "TST", [{ port: rig.acquisition.port }], {
    ...{ keys: [old.private], frameKey: 101, channelKey: 101, commands: { authority: "authority" } },
  });
  t.after(async () => {
    await running.stop();
    await rig.stop();
    removeFolder(folder);
  });
  const start = Math.floor(clock() / 10) * 10 - 3_600;
  const changeAt = start + 50;
  const change = { station: "TST", oldKeyId: 101, keyId: 102, from: changeAt };
  const text = keyChangeCommand({ id: "K1", source: "IDC" }, change);
  assert.match(await running.command(Buffer.from(text)), /refused: it carries no signature/);
  const bySelf = signMessage(text, { certificate: certificate.der, key: makeKeys("ecdsa").privateKey }, clock());
  assert.match(await running.command(Buffer.from(bySelf)), /refused: its signature is wrong/);
  const signed = signMessage(text, { certificate: person.der, key: ana.privateKey }, clock());
  assert.match(await running.command(Buffer.from(signed.replace("KEY_ID 102", "KEY_ID 103"))), /content was changed/);
  const confirmation = Buffer.from(await running.command(Buffer.from(signed)));
  const [answer] = decodeImsCommands(confirmation).items;
  assert.equal(answer!.name, "KEY_CONFIRM");
  assert.deepEqual(keyChangeOf(answer!.words, answer!.startTime), change);
  assert.ok(confirmedKey(change, answer!.words, oldKey));
  assert.equal(confirmedKey({ ...change, keyId: 103 }, answer!.words, oldKey), null);
  assert.equal(confirmedKey(change, answer!.words, makeKeys("ecdsa").publicKey), null);
  const forged = Buffer.from(String(confirmation).replace("KEY_ID 102", "KEY_ID 104"));
  await assert.rejects(acceptKeyChange(authority, forged, { days: 30, now: clock() }), { code: "NOT_BELIEVED" });
  await acceptKeyChange(authority, confirmation, { days: 30, now: clock() });
  await assert.rejects(acceptKeyChange(authority, confirmation, { days: 30, now: clock() }), { code: "NOT_BELIEVED" });
  // Both certificates end within the days that are told: the second warning shows that the centre has read them.
  await until(
    "the centre knows the new key",
    () => (rig.acquisition.alarms.counts.get("certificate.expires") ?? 0) >= 3,
  );
  const channel = testChannel("TST1");
  for (let n = 0; n < 10; n++) await running.add([truthSegment(channel, start, n * 200, (n + 1) * 200)]);
  await until("all is archived", async () => {
    await rig.settled();
    return (await rig.read(channel)).reduce((sum, { samples }) => sum + samples.length, 0) === 2_000;
  });
  const packets = await loadPackets(rig.store.db, { source: "TST:0" });
  assert.deepEqual([packets.length, packets.every(({ verdict }) => verdict === "verified")], [10, true]);
  // A second start still signs with the new key, which nobody else can read.
  const keys = new StationKeys(loadKeyRing([old.private], "/", "private"), join(folder, "TST", "keys"));
  assert.deepEqual([keys.keyAt(101, changeAt - 1), keys.keyAt(101, changeAt)], [101, 102]);
  assert.equal(statSync(join(folder, "TST", "keys", "TST-102.pem")).mode & 0o777, 0o600);
});
