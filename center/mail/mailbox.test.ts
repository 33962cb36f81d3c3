/** Requests by mail against a real SMTP server (smtp-server) that takes, drops and refuses: whose answer goes where, and what is never sent. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { decodeImsMessages, decodeImsStations } from "@harken/formats";
import { createMessageService } from "../messages/service.ts";
import { openTestRig, type TestRig } from "../messages/testRig.ts";
import { createPeople, type People } from "../people/people.ts";
import { type Mailbox, openMailbox } from "./mailbox.ts";
import { openPost, type Post } from "./post.ts";
import { startTestServer, type TestServer } from "./testServer.ts";

let rig: TestRig;
let people: People;
let server: TestServer;
let post: Post;
let mailbox: Mailbox;
let folder: string;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

before(async () => {
  rig = await openTestRig();
  folder = mkdtempSync(join(tmpdir(), "harken-mailbox-"));
  for (const name of ["new", "cur", "tmp"]) mkdirSync(join(folder, name));
  server = await startTestServer();
  post = openPost(server.url, "messages@centre.example", 5_000);
  people = createPeople({ store: rig.store, clock: () => rig.now });
  await people.add({ name: "Ana", role: "reader", password: "a long enough password" }, "test");
  await people.add({ name: "Eve", role: "reader", password: "a long enough password" }, "test");
  await people.addAddress("Ana", "Ana@ndc.example", "test");
  await people.addAddress("Ana", "box@ndc.example", "test");
  await people.addAddress("Eve", "eve@other.example", "test");
  const service = createMessageService(rig.sources);
  mailbox = openMailbox({ sources: rig.sources, service, post, folder, logger: silent });
});
after(async () => {
  post.close();
  await server.close();
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  server.taken.length = 0;
  rig.now += 3600;
});

let count = 0;
const request = (id: string, ...lines: string[]) =>
  ["BEGIN IMS2.0", "MSG_TYPE REQUEST", `MSG_ID ${id}`, ...lines, "STOP"].join("\r\n");
function deliver(from: string, body: string, ...headers: string[]): void {
  const head = [`From: Somebody <${from}>`, "To: messages@centre.example", `Message-ID: <m${++count}@x>`, ...headers];
  writeFileSync(join(folder, "new", `${1_700_000_000 + count}.M1.host`), [...head, "", body, ""].join("\r\n"));
}
const waiting = () => readdirSync(join(folder, "new"));

test("an answer goes to the sender, with the id of the request and of the mail", async () => {
  deliver("ana@NDC.example", request("ex1", "STA_LIST ST1", "STATION IMS2.0"));
  assert.equal(await mailbox.work(), 1);
  assert.deepEqual(waiting(), []);
  const [mail] = server.taken;
  assert.deepEqual(mail!.to, ["ana@ndc.example"]);
  assert.equal(mail!.mail.inReplyTo, `<m${count}@x>`);
  const bytes = Buffer.from(mail!.mail.text!);
  const { items } = decodeImsMessages(bytes);
  assert.equal(items[0]!.reference!.id, "ex1");
  assert.deepEqual(
    decodeImsStations(bytes, items).sites.map(({ code }) => code),
    ["ST1"],
  );
});

test("samples that are no text come as an attachment", async () => {
  deliver("ana@ndc.example", request("ex2", "TIME 2023/11/14 22:13:20 TO 2023/11/14 22:14:20", "WAVEFORM IMS2.0:CM8"));
  await mailbox.work();
  const { attachments } = server.taken[0]!.mail;
  assert.equal(attachments.length, 1);
  assert.equal(decodeImsMessages(attachments[0]!.content).items[0]!.sections[0]!.dataType, "WAVEFORM");
});

test("to another address of the account on demand; to nobody else's, whoever the mail says that it is from", async () => {
  deliver("ana@ndc.example", request("ex3", "E-MAIL box@ndc.example", "STATION"));
  // Somebody writes Ana's name and wants the answer for himself: it is Ana who hears of it.
  deliver("ana@ndc.example", request("ex4", "E-MAIL eve@other.example", "STATION"));
  deliver("ana@ndc.example", request("ex5", "E-MAIL thief@evil.example", "STATION"), "Reply-To: thief@evil.example");
  await mailbox.work();
  const [own, ...others] = server.taken;
  assert.deepEqual(own!.to, ["box@ndc.example"]);
  assert.match(own!.mail.text!, /DATA_TYPE STATION/);
  assert.equal(others.length, 2);
  for (const { to, mail } of others) {
    assert.deepEqual(to, ["ana@ndc.example"]);
    assert.match(mail.text!, /DATA_TYPE ERROR_LOG[\s\S]*none of your account's/);
    assert.doesNotMatch(mail.text!, /ST0/);
  }
});

test("a stranger is told so once a day and gets no data; robots and the same again get nothing", async () => {
  deliver("stranger@evil.example", request("ex6", "STATION"));
  deliver("stranger@evil.example", request("ex7", "STATION"));
  deliver("mailer-daemon@evil.example", request("ex8", "STATION"));
  deliver("ana@ndc.example", request("ex9", "STATION"), "Auto-Submitted: auto-replied");
  deliver("ana@ndc.example", request("ex10", "STATION"));
  deliver("ana@ndc.example", request("ex10", "STATION"));
  assert.equal(await mailbox.work(), 6);
  assert.deepEqual(
    server.taken.map(({ to }) => to[0]),
    ["stranger@evil.example", "ana@ndc.example"],
  );
  assert.match(server.taken[0]!.mail.text!, /ERROR_LOG[\s\S]*nobody's here/);
  rig.now += 601;
  deliver("ana@ndc.example", request("ex10", "STATION"));
  await mailbox.work();
  assert.equal(server.taken.length, 3);
});

test("a disabled account is a stranger", async () => {
  await people.change("Eve", { state: "disabled" }, "test");
  deliver("eve@other.example", request("ex11", "STATION"));
  await mailbox.work();
  assert.match(server.taken[0]!.mail.text!, /ERROR_LOG/);
});

test("a server that refuses or drops: the request waits and is answered once it takes mail again", async () => {
  server.behave((n) => (n === 0 ? "refuse" : n === 1 ? "drop" : "take"));
  deliver("ana@ndc.example", request("ex12", "STATION"));
  for (const settled of [0, 0, 1]) {
    assert.equal(await mailbox.work(), settled);
    assert.equal(waiting().length, 1 - settled);
  }
  assert.equal(server.taken.length, 1);
  assert.match(server.taken[0]!.mail.text!, /DATA_TYPE STATION/);
});

test("what is too long, broken or no message at all does not stop the next", async () => {
  deliver("ana@ndc.example", "x".repeat(1_100_000));
  writeFileSync(join(folder, "new", "1600000000.M1.host"), Buffer.from([0, 255, 10, 13, 0, 128]));
  deliver("ana@ndc.example", "hello");
  deliver("ana@ndc.example", request("ex13", "STATION"));
  await mailbox.work();
  assert.deepEqual(waiting(), []);
  assert.match(server.taken[0]!.mail.text!, /ERROR_LOG/);
  assert.match(server.taken[1]!.mail.text!, /DATA_TYPE STATION/);
});
