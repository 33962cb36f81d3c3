/**
 * The client's side of DataLink as a machine without sockets: commands become bytes for the server, the server's bytes become events.
 *
 *     const client = new DataLinkClient();
 *     socket.write(client.send({ kind: "id", client: "harken:acquisition:1:x64" }));
 *     socket.write(client.send({ kind: "stream" }));
 *     const { events } = client.receive(bytes);
 */
import { type Problem, ProblemList } from "@harken/core";
import { type DataLinkCommand, type DataLinkReply, writeDataLinkCommand } from "./message.ts";
import { parseDataLinkReply } from "./parse.ts";
import { DataLinkReader, LONGEST_DATA } from "./reader.ts";

export interface DataLinkClientEvent {
  readonly reply: DataLinkReply;
  /** The command that is answered; null for packets of a stream and for what was not asked. */
  readonly command: DataLinkCommand | null;
}

/** Which replies answer a command that has any. */
const answers: Readonly<Partial<Record<DataLinkCommand["kind"], readonly DataLinkReply["kind"][]>>> = {
  id: ["id"],
  position: ["ok"],
  "position-after": ["ok"],
  match: ["ok"],
  reject: ["ok"],
  read: ["packet"],
  write: ["ok"],
  endstream: ["endstream"],
  info: ["info"],
  other: ["ok"],
};

export class DataLinkClient {
  readonly #reader: DataLinkReader;
  readonly #waiting: DataLinkCommand[] = [];

  constructor(maxData: number = LONGEST_DATA) {
    this.#reader = new DataLinkReader("server", maxData);
  }

  /** Commands that the server has not answered yet. */
  get unanswered(): readonly DataLinkCommand[] {
    return this.#waiting;
  }

  /** The bytes to send. */
  send(command: DataLinkCommand): Uint8Array<ArrayBuffer> {
    const isAnswered = answers[command.kind] !== undefined;
    if (isAnswered && !(command.kind === "write" && !command.flags.includes("A"))) this.#waiting.push(command);
    return writeDataLinkCommand(command);
  }

  receive(bytes: Uint8Array): {
    readonly events: readonly DataLinkClientEvent[];
    readonly problems: readonly Problem[];
  } {
    const problems = new ProblemList();
    const events: DataLinkClientEvent[] = [];
    this.#reader.push(bytes);
    for (let message = this.#reader.next(problems); message; message = this.#reader.next(problems)) {
      const { header, data } = message;
      const reply = data ? parseDataLinkReply(header, data) : ({ kind: "other", header } as const);
      if (reply.kind === "other")
        problems.warning("datalink.unknown-reply", `"${header.slice(0, 60)}" is no reply that is known here.`);
      events.push({ reply, command: this.#commandOf(reply) });
    }
    return { events, problems: problems.list() };
  }

  #commandOf(reply: DataLinkReply): DataLinkCommand | null {
    const [first] = this.#waiting;
    const isAnswer = first && (reply.kind === "error" || answers[first.kind]!.includes(reply.kind));
    return isAnswer ? this.#waiting.shift()! : null;
  }
}
