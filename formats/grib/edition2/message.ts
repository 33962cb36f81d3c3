/**
 * A GRIB2 message: sections 1 to 7, of which 2 to 7, 3 to 7 or 4 to 7 may come again for further fields. What is not repeated stays in force, and so does a
 * bitmap that a later field refers to.
 */
import { gridSize } from "@harken/core";
import { pointsPresent, spread } from "../bitmap.ts";
import { type Complaint, complaint, isComplaint, type PackedField } from "../field.ts";
import { type GridLayout, inOrder } from "../grid/layout.ts";
import { type Octets, octetsOf } from "../octets.ts";
import { unpackData2 } from "./data.ts";
import { readGrid2 } from "./grid.ts";
import { type Identification, type Product2, readIdentification, readProduct2 } from "./product.ts";

const INDICATOR_LENGTH = 16;
const END_LENGTH = 4;
/** Bitmap indicators (code table 6.0). */
const BITMAP_HERE = 0;
const BITMAP_BEFORE = 254;
const NO_BITMAP = 255;

/** The fields of a message that frames well, in order; what cannot be read is a complaint in its place. */
export function* fieldsOf2(message: Uint8Array, maxSamples: number): Generator<PackedField | Complaint> {
  const discipline = message[6]!;
  const end = message.length - END_LENGTH;
  let identification: Identification | Complaint | null = null;
  let layout: GridLayout | Complaint | null = null;
  let product: Product2 | Complaint | null = null;
  let representation: Octets | null = null;
  let bitmap: Uint8Array | Complaint | null = null;
  let lastBitmap: Uint8Array | null = null;
  for (let at = INDICATOR_LENGTH; at < end; ) {
    const header = octetsOf(message.subarray(at, at + 6));
    const [length, number] = [header.u32(1), header.u8(5)];
    if (length < 5 || at + length > end) {
      yield complaint("section", `Section ${number} reaches beyond the end of its message; the rest was left out.`);
      return;
    }
    const section = octetsOf(message.subarray(at, at + length));
    at += length;
    if (number === 1) identification = readIdentification(section);
    else if (number === 3) layout = readGrid2(section, maxSamples);
    else if (number === 4)
      product =
        identification &&
        (isComplaint(identification) ? identification : readProduct2(section, discipline, identification));
    else if (number === 5) representation = section;
    else if (number === 6) {
      bitmap = readBitmap(section, lastBitmap);
      if (bitmap instanceof Uint8Array) lastBitmap = bitmap;
    } else if (number === 7) {
      yield fieldOf({ identification, layout, product, representation, bitmap, data: section });
    }
  }
}

function readBitmap(section: Octets, last: Uint8Array | null): Uint8Array | Complaint | null {
  const indicator = section.u8(6);
  if (indicator === NO_BITMAP) return null;
  if (indicator === BITMAP_HERE) return section.bytes.subarray(6);
  if (indicator === BITMAP_BEFORE)
    return last ?? complaint("bitmap", "The bitmap that the field refers to is missing.");
  return complaint("bitmap", `Bitmap ${indicator} of a catalogue is not known; the field was left out.`);
}

interface Sections {
  readonly identification: Identification | Complaint | null;
  readonly layout: GridLayout | Complaint | null;
  readonly product: Product2 | Complaint | null;
  readonly representation: Octets | null;
  readonly bitmap: Uint8Array | Complaint | null;
  readonly data: Octets;
}

function fieldOf(sections: Sections): PackedField | Complaint {
  const { identification, layout, product, representation, bitmap, data } = sections;
  if (!identification || !layout || !product || !representation)
    return complaint("section", "The data come before the sections that describe them; the field was left out.");
  if (isComplaint(identification)) return identification;
  if (isComplaint(layout)) return layout;
  if (bitmap && !(bitmap instanceof Uint8Array)) return bitmap;
  if (isComplaint(product)) return product;
  const { grid, alongGrid } = layout;
  const size = gridSize(grid);
  return {
    header: { ...identification, ...product, grid, alongGrid },
    size,
    unpack: () => {
      const count = bitmap ? pointsPresent(bitmap, size) : size;
      if (count === null) return "the bitmap is shorter than the grid";
      const present = unpackData2(representation, data.bytes.subarray(5), grid, count);
      if (typeof present === "string") return present;
      return inOrder(bitmap ? spread(present, bitmap, size) : present, layout);
    },
  };
}
