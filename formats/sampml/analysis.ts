/** One `Analysis` element: what another program found in the spectrum. */
import type { ProblemList } from "@harken/core";
import { number } from "../numbers.ts";
import { attribute, child, childNumber, children, childText, text, type XmlElement } from "../xml/read.ts";
import type { Measured, StoredAnalysis, StoredFlag, StoredLine, StoredNuclide, StoredPeak } from "./stored.ts";

export function readAnalysis(element: XmlElement, problems: ProblemList): StoredAnalysis {
  const rows = <T>(group: string, name: string, read: (row: XmlElement) => T | null): T[] => {
    const parent = child(element, group);
    return (parent ? children(parent, name) : []).flatMap((row, i) => {
      const item = read(row);
      if (item === null) problems.error("sampml.row", `${name} ${i + 1} lacks a number and is left out.`);
      return item === null ? [] : [item];
    });
  };
  const category = child(element, "Categorization");
  const software = child(element, "Software");
  return {
    id: attribute(element, "id"),
    spectrumIds: attribute(element, "spectrumIDs").split(/\s+/).filter(Boolean),
    software: [childText(software, "Name"), childText(software, "Version")].filter(Boolean).join(" "),
    category: {
      automatic: childNumber(category, "AutomaticCategory"),
      reviewed: childNumber(category, "ReviewedCategory"),
    },
    peaks: rows("PeakResults", "PeakResult", readPeak),
    nuclides: rows("IdedNuclides", "Nuclide", readNuclide),
    lines: rows("IdedNuclideLines", "IdedNuclideLine", readLine),
    flags: readFlags(child(element, "Flags")),
    parameters: readParameters(child(element, "Parameters")),
  };
}

/** "value error" or a value alone; null for "None". */
function measured(element: XmlElement, name: string): Measured | null {
  const [first = "", second = ""] = childText(element, name).trim().split(/\s+/);
  const [value, error] = [number(first), number(second)];
  return value === null ? null : { value, error: error !== null && error >= 0 ? error : null };
}

function readPeak(element: XmlElement): StoredPeak | null {
  const energy = measured(element, "Energy");
  const area = measured(element, "Area");
  if (!energy || !area) return null;
  return {
    id: attribute(element, "peakID"),
    energyKeV: energy.value,
    channel: measured(element, "Centroid"),
    area,
    widthChannels: childNumber(element, "Width"),
    fwhmKeV: measured(element, "FWHM"),
    backgroundCounts: measured(element, "BackgroundCounts"),
    efficiency: measured(element, "Efficiency"),
    criticalLevelCounts: childNumber(element, "LC"),
  };
}

function readNuclide(element: XmlElement): StoredNuclide | null {
  const name = childText(element, "Name");
  if (name === "") return null;
  const halfLife = childText(element, "HalfLife");
  const indicator = child(element, "NuclideIdentificationIndicator");
  const concentration = childNumber(element, "Concentration");
  // The document calls this error a percentage, but it is in the unit of the concentration.
  const error = childNumber(element, "ConcentrationError");
  return {
    name,
    type: childText(element, "Type"),
    halfLife,
    halfLifeSec: secondsOf(halfLife),
    identified: indicator !== null && (number(attribute(indicator, "numericVal")) ?? 0) > 0,
    quantifiable: attribute(element, "quantifiable") === "true",
    reportsMdc: attribute(element, "reportMDA") === "true",
    concentration: concentration === null ? null : { value: concentration, error },
    mdc: measured(element, "MDA")?.value ?? null,
  };
}

const unitSec: Readonly<Record<string, number>> = Object.freeze({
  Y: 365.2422 * 86_400,
  D: 86_400,
  H: 3600,
  M: 60,
  S: 1,
});

function secondsOf(halfLife: string): number | null {
  const [amount = "", unit = ""] = halfLife.trim().split(/\s+/);
  const value = number(amount);
  return value === null || !Object.hasOwn(unitSec, unit) ? null : value * unitSec[unit]!;
}

function readLine(element: XmlElement): StoredLine | null {
  const energyKeV = measured(element, "Energy");
  const percent = measured(element, "Abundance");
  if (!energyKeV || !percent) return null;
  const id = attribute(element, "peakID");
  return {
    nuclide: childText(element, "Name"),
    peakId: id === "" ? null : id,
    energyKeV,
    intensity: { value: percent.value / 100, error: percent.error === null ? null : percent.error / 100 },
    // Called percent in the document, written as a fraction.
    efficiency: measured(element, "Efficiency"),
    concentration: measured(element, "Activity"),
    mdc: childNumber(element, "MDA"),
  };
}

function readFlags(element: XmlElement | null): StoredFlag[] {
  const named = (group: string): (readonly [string, XmlElement])[] => {
    const parent = child(element, group);
    return namesIn(parent).flatMap((name) => children(parent!, name).map((row) => [name, row] as const));
  };
  return [
    ...named("TimelinessAndAvailabilityFlags").map(([name, row]) => ({
      name,
      pass: text(row).trim() === "true",
      value: null,
      test: "",
    })),
    ...named("DataQualityFlags").map(([name, row]) => ({
      name,
      pass: childText(row, "Pass").trim() === "1",
      value: childNumber(row, "Value"),
      test: childText(row, "Test"),
    })),
  ];
}

function readParameters(element: XmlElement | null): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  for (const group of ["ProcessingParameters", "UpdateParameters"]) {
    const parent = child(element, group);
    for (const name of namesIn(parent)) found.set(name, childText(parent, name).trim());
  }
  return Object.fromEntries(found);
}

/** Names of an element's children; attributes and text, which the reader keeps beside them, begin with a sign. */
function namesIn(element: XmlElement | null): string[] {
  return element === null || typeof element === "string"
    ? []
    : Object.keys(element).filter((n) => /^[A-Za-z_]/.test(n));
}
