import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { type ListenerParts, listenForCd11 } from "./listener.ts";
import { until } from "./testRig.ts";

test("one who asks for a connection a byte at a time is let go as soon as one who says nothing", async () => {
  // Neither gets as far as data: intake and links are not asked.
  const parts = { host: "127.0.0.1", port: 0, dataPort: 0, askMs: 300 } as unknown as ListenerParts;
  const listener = await listenForCd11(parts);
  const open = () => {
    const socket = connect({ port: listener.port, host: "127.0.0.1", noDelay: true }).resume();
    socket.on("error", () => undefined);
    return socket;
  };
  const [mute, slow] = [open(), open()];
  const dripping = setInterval(() => slow.writable && slow.write(Buffer.of(0)), 20);
  await until("both are closed", () => mute.destroyed && slow.destroyed, 10_000);
  clearInterval(dripping);
  assert.ok(slow.bytesWritten > 1, "it had begun to ask");
  await listener.stop();
});
