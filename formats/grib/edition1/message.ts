/** A GRIB1 message: its sections one behind the other, and the one field they hold. */
import { gridSize } from "@harken/core";
import { pointsPresent, spread } from "../bitmap.ts";
import { type Complaint, complaint, isComplaint, type PackedField } from "../field.ts";
import { inOrder } from "../grid/layout.ts";
import { type Octets, octetsOf } from "../octets.ts";
import { unpackData1 } from "./data.ts";
import { readGrid1 } from "./grid.ts";
import { readProduct1 } from "./product.ts";

const INDICATOR_LENGTH = 8;
const END_LENGTH = 4;

/** The field of a message that frames well. */
export function fieldOf1(message: Uint8Array, maxSamples: number): PackedField | Complaint {
  let at = INDICATOR_LENGTH;
  const end = message.length - END_LENGTH;
  const section = (isLast = false): Octets | null => {
    const claimed = octetsOf(message.subarray(at, at + 3)).u24(1);
    // Above 8 MB the last section does not say its length; it goes to the message's end.
    const length = isLast && claimed < 120 ? Math.max(claimed, end - at) : claimed;
    if (length < 4 || at + length > end) return null;
    at += length;
    return octetsOf(message.subarray(at - length, at));
  };
  const cut = complaint("section", "A section reaches beyond the end of its message; the field was left out.");
  const first = section();
  if (!first) return cut;
  const product = readProduct1(first);
  if (isComplaint(product)) return product;
  if (!product.hasGrid)
    return complaint("no-grid", "The message names a grid of a catalogue instead of describing it; it was left out.");
  const second = section();
  if (!second) return cut;
  const layout = readGrid1(second, maxSamples);
  if (isComplaint(layout)) return layout;
  const third = product.hasBitmap ? section() : null;
  if (product.hasBitmap && !third) return cut;
  const data = section(true);
  if (!data) return cut;
  if (third && third.u16(5) !== 0)
    return complaint("bitmap", "The message names a bitmap of a catalogue instead of holding it; it was left out.");
  const { grid, alongGrid, hybrid } = layout;
  const size = gridSize(grid);
  const { centre, parameter, level, referenceTime, validTime, intervalStart, member, decimalScale } = product;
  return {
    header: { centre, parameter, level, referenceTime, validTime, intervalStart, member, grid, alongGrid, hybrid },
    size,
    unpack: () => {
      const bitmap = third?.bytes.subarray(6) ?? null;
      const count = bitmap ? pointsPresent(bitmap, size) : size;
      if (count === null) return "the bitmap is shorter than the grid";
      const present = unpackData1(data, grid, decimalScale, count);
      if (typeof present === "string") return present;
      return inOrder(bitmap ? spread(present, bitmap, size) : present, layout);
    },
  };
}
