/** A field of a message before its values are unpacked: what it is, and how to get the values when they are wanted. */
import type { WeatherField } from "@harken/core";
import type { Values } from "./packing/scaling.ts";

export type WeatherHeader = Omit<WeatherField, "values">;

export interface PackedField {
  readonly header: WeatherHeader;
  /** Number of values when unpacked. */
  readonly size: number;
  /** The values in the order of `WeatherField`, or what is wrong in words. */
  readonly unpack: () => Values | string;
}

/** Something that keeps a field from being read: a problem's code and its sentence. */
export interface Complaint {
  readonly code: string;
  readonly message: string;
}

export const complaint = (code: string, message: string): Complaint => ({ code: `grib.${code}`, message });

export const isComplaint = (found: object): found is Complaint => "code" in found && "message" in found;
