/** RealQuantity and TimeQuantity of QuakeML: a value with its uncertainty. */
import { isoTime, parseTime } from "@harken/core";
import { childNumber, childText, type XmlElement } from "../xml/read.ts";
import type { XmlWriter } from "../xml/write.ts";

export interface Uncertainty {
  readonly uncertainty: number | string | null;
  /** Percent; null for a standard deviation. */
  readonly confidenceLevel?: number | null;
}

/** Left out when the value is null. */
export function writeQuantity(
  xml: XmlWriter,
  name: string,
  value: number | string | null,
  { uncertainty, confidenceLevel = null }: Uncertainty = { uncertainty: null },
): void {
  if (value === null) return;
  xml.within(name, {}, () => {
    xml.leaf("value", value);
    xml.leaf("uncertainty", uncertainty);
    if (uncertainty !== null) xml.leaf("confidenceLevel", confidenceLevel);
  });
}

/** Decimals of a second that are tried, as few as tell the time apart from every other float64. */
const DECIMALS = [3, 6, 7, 8, 9];

export function quakeMlTime(time: number): string {
  const digits = DECIMALS.find((count) => parseTime(isoTime(time, count)) === time) ?? 9;
  return isoTime(time, digits);
}

export const readValue = (element: XmlElement | null): number | null => childNumber(element, "value");
export const readUncertainty = (element: XmlElement | null): number | null => childNumber(element, "uncertainty");
export const readTimeValue = (element: XmlElement | null): number | null => parseTime(childText(element, "value"));
