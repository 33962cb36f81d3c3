/**
 * XML read into plain elements, made safe against hostile files: no document type declaration and so no entities of its own, bounds on size,
 * count and depth, names that cannot reach a prototype. What cannot be read is a problem, never an exception.
 *
 *     const root = readXml(bytes, limits, problems); // { name: "FDSNStationXML", element }
 *     for (const network of children(root.element, "Network")) attribute(network, "code");
 *
 * Namespace prefixes are dropped: the formats here are told apart by their element names.
 */
import type { Limits, ProblemList } from "@harken/core";
import { XMLParser } from "fast-xml-parser";
import { number } from "../numbers.ts";

/** An element; a string where it holds nothing but text. */
export type XmlElement = string | { readonly [name: string]: XmlElement | readonly XmlElement[] };

/** StationXML and QuakeML are below 15 deep. */
const MAX_DEPTH = 64;
const MAX_BYTES = 256_000_000;
/** Between two tags: the parser keeps each letter of a text apart until the text ends. */
const MAX_TEXT = 1_000_000;
const ATTRIBUTE = "@";
const CDATA = "#cdata";
const TEXT = "#text";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  cdataPropName: CDATA,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Entities are resolved here when a text is asked for: the five of XML and character numbers.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
  jPath: false,
});

/** The root element; null, with a problem, when the bytes cannot be read. */
export function readXml(
  bytes: Uint8Array,
  limits: Limits,
  problems: ProblemList,
): { name: string; element: XmlElement } | null {
  if (bytes.length > MAX_BYTES) {
    problems.error("xml.too-long", `The file has ${bytes.length} bytes; split it into parts below 256 MB.`);
    return null;
  }
  const text = decode(bytes, problems);
  const refusal = refuse(text, limits);
  if (refusal) {
    problems.error(...refusal);
    return null;
  }
  try {
    const document = parser.parse(withoutCutTag(text)) as Record<string, XmlElement | readonly XmlElement[]>;
    const name = Object.keys(document).find((key) => key !== TEXT);
    if (name === undefined) {
      problems.error("xml.no-element", "The file holds no XML element.");
      return null;
    }
    const found = document[name]!;
    const element = Array.isArray(found) ? (found[0] as XmlElement) : (found as XmlElement);
    if (!endsWithRoot(text, name))
      problems.error("xml.truncated", `The file does not end with </${name}>: it is cut off, or tags do not match.`);
    return { name, element };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    problems.error("xml.malformed", `The file is no well-formed XML: ${message.slice(0, 200)}`);
    return null;
  }
}

/** By the encoding that the declaration or a byte order mark names; UTF-8 otherwise. */
function decode(bytes: Uint8Array, problems: ProblemList): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  const declaration = new TextDecoder("latin1").decode(bytes.subarray(0, 200));
  const named = /^\s*(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1];
  const label = utf16 ?? named ?? "utf-8";
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    problems.warning("xml.unknown-encoding", `The encoding ${label} is not known; UTF-8 was taken.`);
    return new TextDecoder().decode(bytes);
  }
}

/** Why the text is not parsed at all: code and sentence. */
function refuse(text: string, { maxItems }: Limits): [string, string] | null {
  if (/<!DOCTYPE/i.test(text))
    return ["xml.doctype", "The file has a document type declaration, which is not read; take it out."];
  let marks = 0;
  for (let at = text.indexOf("<"); at >= 0; ) {
    const next = text.indexOf("<", at + 1);
    if ((next < 0 ? text.length : next) - at > MAX_TEXT)
      return ["xml.text-too-long", `A text is longer than ${MAX_TEXT} letters.`];
    if (text.charCodeAt(at + 1) !== 47) marks++;
    at = next;
  }
  for (let at = text.indexOf("="); at >= 0; at = text.indexOf("=", at + 1)) marks++;
  // Each element and attribute takes about 150 bytes.
  if (marks > 2 * maxItems)
    return ["xml.too-many-elements", `The file has more than ${2 * maxItems} elements and attributes; split it.`];
  return null;
}

/** A file that is cut off within a tag is read up to that tag. */
function withoutCutTag(text: string): string {
  const last = text.lastIndexOf("<");
  return last >= 0 && text.indexOf(">", last) < 0 ? text.slice(0, last) : text;
}

function endsWithRoot(text: string, name: string): boolean {
  const tail = text.slice(-MAX_TAIL).trimEnd();
  const at = tail.lastIndexOf("</");
  const last = at < 0 ? /^<[^>]*\/>$/.test(tail.slice(tail.lastIndexOf("<"))) : undefined;
  if (last !== undefined) return last;
  const closing = /^<\/(?:[^\s:>]+:)?([^\s:>]+)\s*>(?:\s|<!--[^<]*-->)*$/.exec(tail.slice(at));
  return closing?.[1] === name;
}
/** Comments may follow the root. */
const MAX_TAIL = 10_000;

/** Every child of that name. */
export function children(element: XmlElement, name: string): readonly XmlElement[] {
  if (typeof element === "string") return [];
  const found = element[name];
  if (found === undefined || !Object.hasOwn(element, name)) return [];
  return Array.isArray(found) ? found : [found as XmlElement];
}

/** The first child of that name. */
export const child = (element: XmlElement | null, name: string): XmlElement | null =>
  element === null ? null : (children(element, name)[0] ?? null);

/** Text of the first child of that name, "" when there is none. */
export const childText = (element: XmlElement | null, name: string): string => text(child(element, name));

/** Number in the first child of that name; null when there is none, or none that is finite. */
export const childNumber = (element: XmlElement | null, name: string): number | null =>
  number(childText(element, name));

export function text(element: XmlElement | null): string {
  if (element === null) return "";
  if (typeof element === "string") return resolve(element);
  const plain = element[TEXT];
  return (typeof plain === "string" ? resolve(plain) : "") + children(element, CDATA).map(String).join("");
}

export function attribute(element: XmlElement, name: string): string {
  const found = typeof element === "string" ? undefined : element[ATTRIBUTE + name];
  return typeof found === "string" ? resolve(found) : "";
}

const NAMED: Readonly<Record<string, string>> = Object.freeze({ lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" });

function resolve(value: string): string {
  if (!value.includes("&")) return value;
  return value.replace(/&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, (all, name, decimal, hex) => {
    if (name) return NAMED[name]!;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

const SNIFFED_BYTES = 4_096;

/** Whether the file begins like XML whose root is of that name. */
export function looksLikeXml(bytes: Uint8Array, root: string): boolean {
  const head = bytes.subarray(0, SNIFFED_BYTES);
  const start = new TextDecoder("latin1").decode(head).replaceAll("\0", "");
  return /^[^<]{0,64}</.test(start) && new RegExp(`<(?:[A-Za-z][\\w.-]*:)?${root}[\\s>]`).test(start);
}
