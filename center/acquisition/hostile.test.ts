/** A centre among liars: forged, changed, repeated, mistimed and broken frames are refused with their reason, and what is true still gets through. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Cd11Data, decodeCd11Frame, encodeCd11Frame } from "@harken/formats";
import { loadAlarms, loadPackets } from "@harken/store";
import { connectPeer, type Peer, signer, testFrame, testPayload } from "./testPeer.ts";
import { newFolder, pause, type Rig, removeFolder, startRig, testChannel, truth, until, writeKeys } from "./testRig.ts";
import { ROLLOVER_SEC } from "./timeSanity.ts";

// A multiple of ten seconds, where frames begin.
const START = Math.floor(Date.now() / 10_000) * 10 - 36_000;

describe("hostile peers", () => {
  const folder = newFolder();
  const frameKey = writeKeys(folder, "TST", 7, "ecdsa");
  const channelKey = writeKeys(folder, "TST", 8, "ed25519");
  const forged = writeKeys(newFolder(), "TST", 7, "ecdsa");
  const revoked = writeKeys(folder, "TST", 9, "ed25519");
  const expired = writeKeys(folder, "TST", 10, "ed25519");
  const others = writeKeys(folder, "OTH", 11, "ed25519");
  const channelOnly = writeKeys(folder, "CHN", 12, "ed25519");
  const sign = signer(
    channelOnly.private,
    frameKey.private,
    channelKey.private,
    revoked.private,
    expired.private,
    others.private,
  );
  let rig: Rig;
  let peer: Peer;
  let sequence = 0n;
  let from = 0;
  const sent: number[] = [];
  /** The next frame of the true station. */
  const next = (options: { frameKey?: number; channelKey?: number } = {}) => {
    const payload = testPayload(START, from, options.channelKey ?? 8);
    from += 200;
    return { sequence: ++sequence, at: from - 200, payload, bytes: testFrame(payload, sequence, { sign, ...options }) };
  };
  const alarmed = (code: string) => until(`alarm ${code}`, () => (rig.acquisition.alarms.counts.get(code) ?? 0) > 0);
  const refused = async (code: string, bytes: Uint8Array, number: bigint, through = peer) => {
    const before = rig.acquisition.alarms.counts.get(code) ?? 0;
    through.send(bytes);
    await until(`alarm ${code}`, () => (rig.acquisition.alarms.counts.get(code) ?? 0) > before);
    await rig.settled();
    const packets = await loadPackets(rig.store.db, { source: "TST:0" });
    assert.ok(!packets.some((packet) => packet.sequence === String(number)), `${code}: it was taken`);
  };
  const accepted = async (frame: ReturnType<typeof next>, through = peer) => {
    through.send(frame.bytes);
    await through.acknowledged(frame.sequence);
    sent.push(frame.at);
  };

  before(async () => {
    rig = await startRig(folder, {
      stations: [
        { name: "TST", network: "XX" },
        { name: "REC", network: "XX", authentication: "recorded" },
        { name: "OTH" },
        { name: "CHN", authentication: "channels" },
      ],
      keys: [
        frameKey.public,
        channelKey.public,
        { ...revoked.public, revoked: true },
        { ...expired.public, to: "2020-01-01" },
        others.public,
        channelOnly.public,
      ],
      silenceSec: 60,
      maxAgeDays: 90,
    });
    peer = await connectPeer(rig.acquisition.dataPort, "TST");
    await until("the centre says what it has", () => peer.acknack() !== undefined);
  });
  after(async () => {
    await rig.stop();
    removeFolder(folder);
  });

  test("what is signed by the station's keys is taken; an unsigned frame whose channels are signed only where that is configured", async () => {
    await accepted(next());
    const unsigned = next({ frameKey: 0 });
    await refused("signature.missing", unsigned.bytes, unsigned.sequence);
    peer.send(testFrame(unsigned.payload, unsigned.sequence, { sign }));
    await peer.acknowledged(unsigned.sequence);
    sent.push(unsigned.at);
    const channels = await connectPeer(rig.acquisition.dataPort, "CHN");
    const payload = testPayload(START - 3_600, 0, 12);
    channels.send(testFrame(payload, 1n, { creator: "CHN", frameKey: 0, sign }));
    await channels.acknowledged(1n);
    channels.socket.destroy();
  });

  test("unsigned, signed by another's key, by an unknown one, by a forger, by a revoked or an expired one", async () => {
    const { payload, sequence: number } = next();
    const unsigned = testPayload(START, from - 200, 0);
    await refused("signature.missing", testFrame(unsigned, number, { frameKey: 0 }), number);
    await refused("signature.missing", testFrame(unsigned, number, { frameKey: 0, sign }), number);
    await refused(
      "signature.wrong",
      testFrame(unsigned, number, { frameKey: 7, sign: signer(forged.private) }),
      number,
    );
    await refused("signature.wrong", testFrame(payload, number, { frameKey: 11, sign }), number);
    await refused("signature.wrong", testFrame(payload, number, { frameKey: 9, sign }), number);
    await refused("signature.wrong", testFrame(payload, number, { frameKey: 10, sign }), number);
    const unknown = writeKeys(newFolder(), "TST", 99, "ed25519");
    await refused(
      "signature.missing",
      testFrame(unsigned, number, { frameKey: 99, sign: signer(unknown.private) }),
      number,
    );
    // The true one still comes through under the same number.
    peer.send(testFrame(payload, number, { sign }));
    await peer.acknowledged(number);
    sent.push(from - 200);
  });

  test("changed samples with a right checksum", async () => {
    const { bytes, sequence: number, at } = next();
    const [frame] = decodeCd11Frame(bytes).items;
    const payload = frame!.payload as Cd11Data;
    const changed = payload.channels.map((channel, i) => {
      const data = channel.data.slice();
      if (i === 0) data[data.length - 1]! ^= 64;
      return { ...channel, data };
    });
    await refused(
      "signature.wrong",
      encodeCd11Frame({ ...frame!, payload: { ...payload, channels: changed } }),
      number,
    );
    peer.send(bytes);
    await peer.acknowledged(number);
    sent.push(at);
  });

  test("a channel that the digitiser did not sign so is left out; the others are archived, and the packet says so", async () => {
    const frame = next();
    const [first, ...rest] = frame.payload.channels;
    const wrong = { ...first!, authentication: { keyId: 8, value: new Uint8Array(64) } };
    const payload = { ...frame.payload, channels: [wrong, ...rest.map((channel) => signed(channel))] };
    const bytes = encodeCd11Frame(
      {
        creator: "TST",
        destination: "0",
        sequence: frame.sequence,
        series: 0,
        payload,
        authentication: { keyId: 7, value: new Uint8Array(0) },
      },
      sign,
    );
    function signed(channel: (typeof rest)[number]) {
      const one = { ...frame.payload, channels: [channel] };
      const [whole] = decodeCd11Frame(testFrame(one, 1n, { sign })).items;
      return (whole!.payload as Cd11Data).channels[0]!;
    }
    peer.send(bytes);
    await peer.acknowledged(frame.sequence);
    await alarmed("channel.refused");
    await rig.settled();
    const [packet] = await loadPackets(rig.store.db, { verdict: "refused" });
    assert.equal(packet?.sequence, String(frame.sequence));
    assert.deepEqual([packet?.verified, packet?.refused], [2, 1]);
    assert.match(packet!.detail, /TST1 BHZ: the signature of key 8 is wrong/);
    const has = async (code: string) =>
      (await rig.read(testChannel("TST1", code))).some(({ startTime, samples, sampleRateHz }) => {
        const offset = Math.round((START + frame.at / 20 - startTime) * sampleRateHz);
        return offset >= 0 && offset < samples.length;
      });
    assert.deepEqual([await has("BHZ"), await has("BHN")], [false, true]);
  });

  test("a repetition is acknowledged and stands once; one after the acknowledgement is a replay and alarmed", async () => {
    const frame = next();
    await accepted(frame);
    // Beyond the time in which frames cross with acknacks.
    await pause(2_100);
    peer.send(frame.bytes);
    await alarmed("frame.replayed");
    await rig.settled();
    const packets = await loadPackets(rig.store.db, { source: "TST:0" });
    assert.equal(packets.filter((packet) => packet.sequence === String(frame.sequence)).length, 1);
    // Other contents under a number that has come.
    const other = testFrame(testPayload(START, from - 200, 8), frame.sequence, { sign, frameKey: 8 });
    peer.send(other);
    await alarmed("frame.conflict");
  });

  test("frames in any order leave gaps that close", async () => {
    const frames = [next(), next(), next(), next()];
    for (const i of [3, 0, 2]) peer.send(frames[i]!.bytes);
    await until(
      "a gap is told",
      () => peer.acknack()!.gaps.length === 1 && peer.acknack()!.highest === frames[3]!.sequence,
    );
    assert.deepEqual(peer.acknack()!.gaps, [{ start: frames[1]!.sequence, end: frames[2]!.sequence }]);
    peer.send(frames[1]!.bytes);
    await until("the gap is closed", () => peer.acknack()!.gaps.length === 0);
    sent.push(...frames.map(({ at }) => at));
  });

  test("a clock that rolled over, runs ahead, or is a year behind", async () => {
    const { sequence: number } = next();
    const at = (time: number) => testFrame(testPayload(time, 0, 8), number, { sign });
    const whole = (time: number) => Math.floor(time / 10) * 10;
    await refused("time.week-rollover", at(whole(START - ROLLOVER_SEC)), number);
    await refused("time.future", at(whole(Date.now() / 1_000 + 3_600)), number);
    await refused("time.stale", at(whole(Date.now() / 1_000 - 400 * 86_400)), number);
    from -= 200;
    sequence--;
  });

  test("another station's frame, and stations that nobody knows", async () => {
    const { bytes, sequence: number } = next();
    const other = await connectPeer(rig.acquisition.dataPort, "OTH");
    await refused("frame.wrong-creator", bytes, number, other);
    other.socket.destroy();
    const stranger = await connectPeer(rig.acquisition.dataPort, "NOONE");
    await until("the stranger is sent away", () => stranger.isClosed());
    assert.ok(stranger.heard.some(({ payload }) => payload.kind === "alert"));
    await alarmed("station.unknown");
    peer.send(bytes);
    await peer.acknowledged(number);
    sent.push(from - 200);
  });

  test("where verdicts are only recorded, unsigned frames are archived with their verdict, wrong signatures are not", async () => {
    const recorded = await connectPeer(rig.acquisition.dataPort, "REC");
    const payload = testPayload(START - 7_200, 0, 0);
    recorded.send(testFrame(payload, 1n, { creator: "REC", frameKey: 0 }));
    await recorded.acknowledged(1n);
    await rig.settled();
    const [packet] = await loadPackets(rig.store.db, { source: "REC:0" });
    assert.equal(packet!.verdict, "unsigned");
    recorded.send(testFrame(payload, 2n, { creator: "REC", frameKey: 11, sign }));
    await until(
      "it is refused",
      async () => (await loadAlarms(rig.store.db, { source: "REC", code: "signature.wrong" })).length > 0,
    );
    recorded.socket.destroy();
  });

  test("garbage, cut and corrupted frames between good ones", async () => {
    const [a, b, c] = [next(), next(), next()];
    peer.send(Buffer.from("this is no frame at all"));
    peer.send(a.bytes);
    const corrupted = b.bytes.slice();
    corrupted[100]! ^= 1;
    peer.send(corrupted);
    await alarmed("cd11.crc-mismatch");
    peer.send(c.bytes);
    await peer.acknowledged(c.sequence);
    assert.equal(peer.acknack()!.gaps.length, 1);
    peer.send(b.bytes);
    await until("the gap is closed", () => peer.acknack()!.gaps.length === 0);
    sent.push(a.at, b.at, c.at);
    const cut = await connectPeer(rig.acquisition.dataPort, "TST");
    cut.send(next().bytes.subarray(0, 300));
    cut.socket.end();
    await until("the cut connection is closed", () => cut.isClosed());
    from -= 200;
    sequence--;
  });

  test("in the end the archive holds what was truly sent, each sample once", async () => {
    await rig.settled();
    const channel = testChannel("TST1", "BHN");
    const segments = (await rig.read(channel)).filter(({ startTime }) => startTime >= START);
    const found = new Map<number, number>();
    for (const { startTime, sampleRateHz, samples } of segments)
      for (const [i, sample] of samples.entries()) {
        const n = Math.round((startTime - START) * sampleRateHz) + i;
        assert.ok(!found.has(n), `sample ${n} stands twice`);
        found.set(n, sample);
      }
    for (const at of sent) for (let n = at; n < at + 200; n++) assert.equal(found.get(n), truth(channel, n));
    const lines = rig.log.filter(({ code }) => code === "signature.wrong");
    assert.ok(lines.length > 0 && lines.every(({ detail }) => typeof detail === "string" && detail !== ""));
  });
});

test("a silent peer is closed with an alert, one that never reads is let go", { timeout: 60_000 }, async () => {
  const folder = newFolder();
  const rig = await startRig(folder, { stations: [{ name: "TST", authentication: "recorded" }], silenceSec: 0.6 });
  const silent = await connectPeer(rig.acquisition.dataPort, "TST");
  await until("it is closed", () => silent.isClosed());
  assert.ok(silent.heard.some(({ payload }) => payload.kind === "alert" && /nothing was heard/.test(payload.message)));
  assert.ok(silent.heard.some(({ payload }) => payload.kind === "acknack"));
  const deaf = await connectPeer(rig.acquisition.dataPort, "TST");
  deaf.socket.pause();
  // Each request is answered: the answers pile up.
  const asking = setInterval(() => {
    for (let i = 0; i < 2_000; i++)
      deaf.say({ kind: "option-request", options: [{ type: 1, value: Buffer.from("TST") }] });
  }, 5);
  await until("it is let go", () => (rig.acquisition.alarms.counts.get("peer.never-reads") ?? 0) > 0, 30_000);
  clearInterval(asking);
  deaf.socket.destroy();
  await rig.stop();
  removeFolder(folder);
});
