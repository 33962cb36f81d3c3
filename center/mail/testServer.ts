/** A real SMTP server for tests: keeps what it took, and takes, refuses, drops or delays as it is told. */
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** `lost`: the mail is taken, but the connection breaks before the sender hears of it. */
export type Behaviour = "take" | "refuse" | "drop" | "delay" | "lost";

export interface TakenMail {
  readonly to: readonly string[];
  readonly mail: ParsedMail;
}

export interface TestServer {
  readonly url: string;
  readonly taken: TakenMail[];
  /** What is done with the n-th mail from now on, from 0. */
  behave(how: (n: number) => Behaviour): void;
  close(): Promise<void>;
}

const DELAY_MS = 100;

export async function startTestServer(): Promise<TestServer> {
  const taken: TakenMail[] = [];
  let how: (n: number) => Behaviour = () => "take";
  let count = 0;
  const server = new SMTPServer({
    ...{ authOptional: true, disabledCommands: ["STARTTLS", "AUTH"], logger: false },
    onData(stream, session, done) {
      const behaviour = how(count++);
      const { rcptTo } = session.envelope;
      simpleParser(stream).then(async (mail) => {
        if (behaviour === "refuse") return done(Object.assign(new Error("try again later"), { responseCode: 451 }));
        if (behaviour === "delay") await new Promise((resolve) => setTimeout(resolve, DELAY_MS));
        if (behaviour !== "drop") taken.push({ to: rcptTo.map(({ address }) => address), mail });
        if (behaviour === "drop" || behaviour === "lost") return drop(server, session.id);
        done();
      }, done);
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    ...{ url: `smtp://127.0.0.1:${port}`, taken },
    behave(next) {
      how = next;
      count = 0;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Cuts the connection of a session, as a failing network does. */
function drop(server: SMTPServer, id: string): void {
  const { connections } = server as unknown as {
    connections: Set<{ session: { id: string }; _socket: { destroy(): void } }>;
  };
  for (const connection of connections) if (connection.session.id === id) connection._socket.destroy();
}
