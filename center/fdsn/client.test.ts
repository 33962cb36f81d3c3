/** Fetching from our own services, and what is said when that cannot be. Samples are compared with the formula that they were made by. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { decodeMiniSeed2, decodeStationXml } from "@harken/formats";
import { openArchive, openStore, putPieces } from "@harken/store";
import { fastify } from "fastify";
import { stamp, stations, T0 } from "../http/testRows.ts";
import { fetchFdsn } from "./client.ts";
import { serveFdsn } from "./service.ts";

const truth = (n: number) => ((n * 7919) % 20_011) - 10_000;
const channel = stations[1]!.channels[0]!.id;

for (const RATE of [1, 20])
  test(`waveforms of hours and their metadata come whole, each sample once, at ${RATE} Hz; a server's limit is answered with halves`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "harken-fetch-"));
    const store = await openStore({ file: ":memory:" });
    const archive = openArchive(join(folder, "archive"));
    const count = 2.5 * 3600 * RATE;
    const segment = {
      channel,
      startTime: T0,
      sampleRateHz: RATE,
      samples: Int32Array.from({ length: count }, (_, n) => truth(n)),
    };
    const pieces = await archive.append([segment]);
    await store.transaction(async (writer) => void (await putPieces(writer, pieces, stamp)));
    const server = fastify({ forceCloseConnections: true });
    let asked = 0;
    server.addHook("preHandler", async (request, reply) => {
      asked++;
      const [, from, to] = /\S+ (\d\S+T\S+) (\d\S+T\S+)\n/.exec(String(request.body)) ?? [];
      const seconds = (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 1_000;
      if (request.url.includes("dataselect") && seconds > 1_000) return reply.code(413).send("Error 413: too much");
    });
    await serveFdsn(server, {
      ...{
        store,
        archive,
        list: "SEL1",
        stations: () => stations,
        clock: () => stamp.now,
        logger: { error: assert.fail },
      },
    });
    const address = await server.listen({ host: "127.0.0.1", port: 0 });
    t.after(async () => {
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true });
    });
    const times: number[] = [];
    const { files, bytes } = await fetchFdsn({
      ...{ server: `${address}/`, channels: ["XX.ST1..BH?"], from: T0, to: T0 + 2.5 * 3600 },
      ...{ folder: join(folder, "fetched"), progress: (to) => times.push(to) },
    });
    const [xml, ...waveforms] = files.map((file) => new Uint8Array(readFileSync(file)));
    assert.deepEqual(
      decodeStationXml(xml!).channels.map(({ id }) => id),
      [channel],
    );
    const values = waveforms.flatMap((data) => decodeMiniSeed2(data).items.flatMap(({ samples }) => [...samples]));
    assert.deepEqual(values, [...segment.samples]);
    assert.equal(
      bytes,
      files.reduce((sum, file) => sum + readFileSync(file).length, 0),
    );
    assert.equal(times.at(-1), T0 + 2.5 * 3600);
    // The metadata, ten windows of 900 s, and two that were too long.
    assert.equal(asked, 13);
    await assert.rejects(
      fetchFdsn({ server: address, channels: ["XX.NONE..*"], from: T0, to: T0 + 60, folder: join(folder, "none") }),
      { code: "FDSN_NOTHING" },
    );
  });

test("without a server, or with one that refuses or breaks off, a sentence says what to do", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "harken-fetch-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const request = { channels: ["XX.ST1..BH?"], from: T0, to: T0 + 60, folder };
  // Port 9 (discard) of this machine has no listener; .invalid has no address anywhere (RFC 6761).
  for (const server of ["http://127.0.0.1:9", "http://fdsn.invalid", "no address"])
    await assert.rejects(fetchFdsn({ ...request, server }), { code: "FDSN_UNREACHABLE", advise: /internet/ });
  await assert.rejects(fetchFdsn({ ...request, server: "http://127.0.0.1:9", channels: ["ST1"] }), {
    code: "BAD_OPTION",
  });
  let answer = (_: import("node:http").ServerResponse) => {};
  const http = createServer((_, response) => answer(response)).listen(0, "127.0.0.1");
  t.after(() => http.close());
  await new Promise((resolve) => http.once("listening", resolve));
  const server = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  answer = (response) => response.writeHead(400).end("Error 400: Bad Request\n\nno such network\n");
  await assert.rejects(fetchFdsn({ ...request, server }), { code: "FDSN_REFUSED", message: /no such network/ });
  answer = (response) => {
    response.writeHead(200, { "content-length": 1_000 }).write("half");
    setTimeout(() => response.destroy(), 20);
  };
  await assert.rejects(fetchFdsn({ ...request, server }), { code: "FDSN_UNREACHABLE" });
});
