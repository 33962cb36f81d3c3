/** Writes a request for waveforms as an IMS2.0 message; `decodeImsRequests` reads it. */
import { imsTime } from "@harken/core";

export interface ImsWaveformRequest {
  readonly messageId: string;
  readonly source: string;
  /** Data asked for: [from, to), epoch s. */
  readonly from: number;
  readonly to: number;
  /** Codes in upper case; `*` stands for any letters. */
  readonly stations: readonly string[];
  readonly channels: readonly string[];
  readonly auxiliaries: readonly string[];
  readonly subformat: "CM6" | "CM8" | "INT";
}

/** Throws RangeError for codes that would break the line. */
export function writeImsWaveformRequest(request: ImsWaveformRequest): Uint8Array<ArrayBuffer> {
  const { messageId, source, from, to, stations, channels, auxiliaries, subformat } = request;
  const lists = Object.entries({ STA_LIST: stations, CHAN_LIST: channels, AUX_LIST: auxiliaries });
  for (const code of [messageId, ...lists.flatMap(([, codes]) => codes)])
    if (!/^[!-+--~]{1,20}$/.test(code)) throw new RangeError(`"${code}" cannot stand in a request`);
  const lines = [
    "BEGIN IMS2.0",
    "MSG_TYPE REQUEST",
    `MSG_ID ${messageId}${source ? ` ${source}` : ""}`,
    `TIME ${imsTime(from)} TO ${imsTime(to)}`,
    ...lists.map(([name, codes]) => `${name} ${codes.join(",")}`),
    `WAVEFORM IMS2.0:${subformat}`,
    "STOP",
  ];
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
}
