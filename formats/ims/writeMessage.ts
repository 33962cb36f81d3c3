/**
 * The envelope of a data message (IDC-3.4.1Rev1, "Message preface") round sections that are written elsewhere.
 *
 *     writeImsMessage({ id: "4711", source: "IDC", reference: "ex009" }, [writeStationSection(stations)]);
 */
import { imsTime } from "@harken/core";
import { concatBytes } from "../step.ts";

export interface ImsEnvelope {
  /** "IMS2.0" by default. */
  readonly version?: string;
  readonly id: string;
  readonly source?: string;
  /** Id of the message that this one answers. */
  readonly reference?: string;
  readonly referenceSource?: string;
  /** Which part of an answer in several it is. */
  readonly part?: { readonly number: number; readonly of: number };
  /** Of a delivery to a subscription. */
  readonly product?: { readonly id: string; readonly delivery: string };
}

/** A section is its lines or, with samples in it, its bytes; each begins with its DATA_TYPE. Throws RangeError for what breaks the preface. */
export function writeImsMessage(
  { version = "IMS2.0", id, source = "", reference = "", referenceSource = "", part, product }: ImsEnvelope,
  sections: readonly (readonly string[] | Uint8Array)[],
): Uint8Array<ArrayBuffer> {
  const word = (text: string) => (text === "" ? "" : ` ${text}`);
  const preface = [
    `BEGIN ${version}`,
    "MSG_TYPE DATA",
    `MSG_ID ${fitting(id, 20, "message")}${word(fitting(source, 16, "source"))}`,
  ];
  if (reference !== "") {
    const origin = word(fitting(referenceSource, 16, "source"));
    const place = part ? ` PART ${part.number} OF ${part.of}` : "";
    preface.push(`REF_ID ${fitting(reference, 20, "request")}${origin}${place}`);
  }
  if (product)
    preface.push(`PROD_ID ${fitting(product.id, 20, "product")} ${fitting(product.delivery, 20, "delivery")}`);
  return concatBytes([
    encodeLines(preface),
    ...sections.map((section) => (section instanceof Uint8Array ? section : encodeLines(section))),
    encodeLines(["STOP"]),
  ]);
}

/** Lines of free text under LOG or ERROR_LOG: the first column is blank, so that no line is taken for the envelope. */
export function writeLogSection(
  dataType: "LOG" | "ERROR_LOG",
  texts: readonly string[],
  time: number | null = null,
): string[] {
  const stamp = time === null ? [] : [` ${imsTime(time, 0)}`];
  return [
    `DATA_TYPE ${dataType} IMS2.0`,
    ...stamp,
    ...texts.map((text) => ` ${text.replace(/[\r\n]+/g, " ").slice(0, 1_000)}`),
  ];
}

const encodeLines = (lines: readonly string[]) => new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));

/** Throws RangeError for a code that its columns cannot hold. */
export function fitting(text: string, width: number, what: string): string {
  if (text.length <= width && !/\s/.test(text)) return text;
  throw new RangeError(`The ${what} code "${text}" does not fit the ${width} columns of an IMS message.`);
}
