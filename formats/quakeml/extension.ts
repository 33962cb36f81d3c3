/**
 * What a bulletin knows and QuakeML 1.2 has no element for, as attributes of a namespace of our own on the standard elements: other programs
 * pass over them, and a bulletin read back is the one that was written.
 */
import { number } from "../numbers.ts";
import { attribute, type XmlElement } from "../xml/read.ts";
import type { XmlAttributes } from "../xml/write.ts";

export const NAMESPACE = "urn:harken:bulletin:1";
export const PREFIX = "harken";

/** Attributes in our namespace; those that are null are left out. */
export function extension(values: XmlAttributes): XmlAttributes {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${PREFIX}:${name}`, value]));
}

export const extensionNumber = (element: XmlElement, name: string): number | null => number(attribute(element, name));
