import assert from "node:assert/strict";
import { test } from "node:test";
import {
  buildEnvelope,
  createClient,
  encodeTile,
  openApiDocument,
  type ResponseLike,
  readStreamMessage,
  routes,
  streamUrl,
} from "./index.ts";

function answer(status: number, body: string | Uint8Array<ArrayBuffer>): ResponseLike {
  return {
    ok: status < 400,
    status,
    text: async () => String(body),
    json: async () => JSON.parse(String(body)),
    arrayBuffer: async () => (body as Uint8Array<ArrayBuffer>).buffer,
  };
}

test("the client asks the addresses of the route table, with everything escaped", async () => {
  const asked: string[] = [];
  const client = createClient("http://localhost:8080/", async (url) => {
    asked.push(url);
    return url.includes("waveforms") ? answer(200, encodeTile(buildEnvelope([], 0, 60, 3))) : answer(200, "{}");
  });
  await client.events("SEL1", { from: 10.5, minMagnitude: 4 });
  await client.event("SEL1/2026 a?b");
  await client.predictions("e1", { phases: "P,S" });
  const tile = await client.waveforms({ channel: "IM.ARA0..SHZ", from: 0, to: 60, columns: 3, filter: "bp:0.5-4" });
  assert.deepEqual(asked, [
    "http://localhost:8080/api/v1/bulletins/SEL1/events?from=10.5&minMagnitude=4",
    "http://localhost:8080/api/v1/events/SEL1%2F2026%20a%3Fb",
    "http://localhost:8080/api/v1/events/e1/predictions?phases=P%2CS",
    "http://localhost:8080/api/v1/waveforms?channel=IM.ARA0..SHZ&from=0&to=60&columns=3&filter=bp%3A0.5-4",
  ]);
  assert.equal(tile.kind, "envelope");
});

test("a message goes as it is, not as JSON", async () => {
  const sent: unknown[] = [];
  const client = createClient("", async (url, init) => {
    sent.push(url, init);
    return answer(200, Uint8Array.of(65));
  });
  assert.deepEqual([...(await client.message("BEGIN IMS2.0\nSTOP"))], [65]);
  const headers = { "content-type": "text/plain" };
  assert.deepEqual(sent, ["/api/v1/messages", { method: "POST", headers, body: "BEGIN IMS2.0\nSTOP" }]);
});

test("a refused request throws the server's code and advice, and a bare failure is named too", async () => {
  const refused = createClient("", async () =>
    answer(404, '{"code":"NO_EVENT","message":"There is none.","advise":"Look."}'),
  );
  await assert.rejects(refused.event("x"), { name: "ApiError", code: "NO_EVENT", status: 404, advise: "Look." });
  const broken = createClient("", async () => answer(502, "<html>"));
  await assert.rejects(broken.status(), { code: "HTTP_ERROR", status: 502 });
});

test("the OpenAPI document has every route of the table with its parameters", () => {
  const { paths } = openApiDocument("1") as {
    paths: Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>>;
  };
  assert.deepEqual(
    Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId)),
    Object.keys(routes),
  );
  assert.deepEqual(
    paths["/api/v1/bulletins/{list}/events"]!.get.parameters.map(({ name }) => name),
    ["list", "from", "to", "minMagnitude", "limit", "offset"],
  );
});

test("stream messages are checked", () => {
  assert.equal(streamUrl("https://ndc.example/"), "wss://ndc.example/api/v1/stream");
  assert.equal(readStreamMessage("{"), null);
  assert.equal(readStreamMessage('{"type":"arrival"}'), null);
  const message = { type: "arrival", key: "a", station: "ARCES", time: 1, phase: "P" };
  assert.deepEqual(readStreamMessage(JSON.stringify(message)), message);
});
