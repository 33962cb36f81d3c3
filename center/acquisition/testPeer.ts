/** A peer that says to a centre what a test wants it to say, frame by frame. */
import { connect, type Socket } from "node:net";
import {
  type Cd11Data,
  type Cd11Payload,
  type Cd11Sign,
  Cd11Splitter,
  cd11DataOf,
  decodeCd11Frame,
  encodeCd11Frame,
  notSigned,
  type ReceivedCd11Frame,
  signCd11Channels,
} from "@harken/formats";
import { loadKeyRing } from "./keys.ts";
import { signerOf } from "./signatures.ts";
import { testChannel, truthSegment, until, type writeKeys } from "./testRig.ts";

export interface Peer {
  readonly socket: Socket;
  readonly heard: ReceivedCd11Frame[];
  readonly isClosed: () => boolean;
  send(bytes: Uint8Array): void;
  say(payload: Cd11Payload): void;
  /** The newest acknack. */
  acknack(): Extract<Cd11Payload, { kind: "acknack" }> | undefined;
  /** Waits until the centre says that it has a frame. */
  acknowledged(sequence: bigint): Promise<void>;
}

export async function connectPeer(
  port: number,
  station: string,
  options: { readonly isSilent?: boolean } = {},
): Promise<Peer> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const splitter = new Cd11Splitter();
  const heard: ReceivedCd11Frame[] = [];
  let isClosed = false;
  socket.on("data", (chunk: Buffer) => {
    for (const bytes of splitter.push(chunk).frames) heard.push(...decodeCd11Frame(bytes).items);
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    isClosed = true;
  });
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  const acknack = () => heard.map(({ payload }) => payload).findLast((payload) => payload.kind === "acknack");
  const say = (payload: Cd11Payload) =>
    void socket.write(
      encodeCd11Frame({
        creator: station,
        destination: "0",
        sequence: 0n,
        series: 0,
        payload,
        authentication: notSigned,
      }),
    );
  if (!options.isSilent) say({ kind: "option-request", options: [{ type: 1, value: Buffer.from(station) }] });
  return {
    ...{ socket, heard, say, acknack },
    isClosed: () => isClosed,
    send: (bytes) => void socket.write(bytes),
    acknowledged: (sequence) =>
      until(`frame ${sequence} is acknowledged`, () => {
        const said = acknack();
        return (
          !!said &&
          said.highest >= sequence &&
          said.lowest <= sequence &&
          !said.gaps.some(({ start, end }) => start <= sequence && sequence < end)
        );
      }),
  };
}

/** Ten seconds of two channels of station TST from sample `from` on. */
export function testPayload(start: number, from: number, keyId: number): Cd11Data {
  const segments = ["BHZ", "BHN"].map((code) => truthSegment(testChannel("TST1", code), start, from, from + 200));
  return cd11DataOf(segments, { channelOptions: () => ({ keyId }) })[0]!;
}

export interface FrameOptions {
  readonly creator?: string;
  /** 0: the frame itself is not signed. */
  readonly frameKey?: number;
  readonly sign?: Cd11Sign;
}

export function signer(...keys: ReturnType<typeof writeKeys>["private"][]): Cd11Sign {
  return signerOf(loadKeyRing(keys, "/", "private"));
}

export function testFrame(
  payload: Cd11Data,
  sequence: bigint,
  { creator = "TST", frameKey = 7, sign }: FrameOptions,
): Uint8Array {
  const authentication = { keyId: frameKey, value: new Uint8Array(0) };
  const frame = { creator, destination: "0", sequence, series: 0, payload, authentication };
  return encodeCd11Frame(sign ? signCd11Channels(frame, sign) : frame, sign);
}
