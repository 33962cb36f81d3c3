/** GRIB messages built octet by octet for the tests, with simple packing, from values that a formula gives. */

export const ROWS = 9;
export const COLUMNS = 12;

/** A smooth field with something on every scale, K. */
export const formula = (row: number, column: number): number =>
  250 + 20 * Math.sin(row / 3) + 5 * Math.cos(column / 2) + ((7 * row + 3 * column) % 5) / 4;

export const fieldValues = (): number[] =>
  Array.from({ length: ROWS * COLUMNS }, (_, i) => formula(Math.floor(i / COLUMNS), i % COLUMNS));

const octets = (value: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.floor(value / 256 ** (count - 1 - i)) % 256);

/** Sign and magnitude. */
const signed = (value: number, count: number): number[] =>
  octets(value < 0 ? 2 ** (8 * count - 1) - value : value, count);

function ieee32(value: number): number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return [...new Uint8Array(view.buffer)];
}

export function packBits(integers: readonly number[], bits: number): number[] {
  const text = integers.map((x) => x.toString(2).padStart(bits, "0")).join("");
  return Array.from({ length: Math.ceil(text.length / 8) }, (_, i) =>
    Number.parseInt(text.slice(8 * i, 8 * i + 8).padEnd(8, "0"), 2),
  );
}

export interface Layer {
  readonly values: readonly number[];
  readonly category?: number;
  readonly number?: number;
  /** Hectopascals. */
  readonly levelHPa?: number;
  /** Which points have a value; all without it. */
  readonly present?: readonly boolean[];
  /** The bitmap of the field before. */
  readonly sameBitmap?: boolean;
}

export interface MessageOptions {
  readonly scanning?: number;
  readonly rows?: number;
  readonly columns?: number;
  readonly stepDeg?: number;
  readonly firstLatDeg?: number;
}

const BITS = 16;
export const STEP = 2 ** -10;

const section = (number: number, body: readonly number[]) => [...octets(body.length + 5, 4), number, ...body];

/** A GRIB2 message with several fields on one grid: 50 N to 34 N by 2 deg, 10 W to 12 E by 2 deg unless the options say otherwise. */
export function message2(layers: readonly Layer[], options: MessageOptions = {}): Uint8Array {
  const { scanning = 0, rows = ROWS, columns = COLUMNS, stepDeg = 2, firstLatDeg = 50 } = options;
  const latitudes = [firstLatDeg, firstLatDeg - stepDeg * (rows - 1)] as const;
  const longitudes = [-10, -10 + stepDeg * (columns - 1)] as const;
  const [firstLat, lastLat] = scanning & 0x40 ? [latitudes[1]!, latitudes[0]] : latitudes;
  const [firstLon, lastLon] = scanning & 0x80 ? [longitudes[1]!, longitudes[0]] : longitudes;
  const deg = (value: number) => signed(value * 1e6, 4);
  const body = [
    ...section(1, [0, 98, 0, 0, 28, 0, 1, ...octets(2024, 2), 6, 3, 12, 0, 0, 0, 1]),
    ...section(3, [
      ...[0, ...octets(rows * columns, 4), 0, 0, 0, 0, 6, 255, ...octets(2 ** 32 - 1, 4)],
      ...[255, ...octets(2 ** 32 - 1, 4), 255, ...octets(2 ** 32 - 1, 4)],
      ...[...octets(columns, 4), ...octets(rows, 4), 0, 0, 0, 0, ...octets(2 ** 32 - 1, 4)],
      ...[...deg(firstLat), ...deg((firstLon + 360) % 360), 48, ...deg(lastLat!), ...deg((lastLon! + 360) % 360)],
      ...[...octets(stepDeg * 1e6, 4), ...octets(stepDeg * 1e6, 4), scanning],
    ]),
    ...layers.flatMap((layer) => fieldSections(layer)),
  ];
  const whole = [...Buffer.from("GRIB"), 0, 0, 0, 2, ...octets(16 + body.length + 4, 8), ...body];
  return Uint8Array.from([...whole, ...Buffer.from("7777")]);
}

function fieldSections(layer: Layer): number[] {
  const { values, category = 0, number = 0, levelHPa = 500, present, sameBitmap } = layer;
  const kept = present ? values.filter((_, i) => present[i]) : values;
  const reference = Math.fround(Math.floor(kept.reduce((least, v) => Math.min(least, v), Infinity)));
  return [
    ...section(4, [
      ...[0, 0, 0, 0, category, number, 2, 0, 0, 0, 0, 0, 1, ...octets(6, 4)],
      ...[100, 0, ...octets(levelHPa * 100, 4), 255, 255, ...octets(2 ** 32 - 1, 4)],
    ]),
    ...section(5, [...octets(kept.length, 4), 0, 0, ...ieee32(reference), ...signed(-10, 2), 0, 0, BITS, 0]),
    ...section(6, sameBitmap ? [254] : present ? [0, ...packBits(present.map(Number), 1)] : [255]),
    ...section(
      7,
      packBits(
        kept.map((v) => Math.round((v - reference) / STEP)),
        BITS,
      ),
    ),
  ];
}

/** A GRIB1 message of ECMWF's temperature (table 128, 130) on the same grid, reference 256 K, with an ensemble number. */
export function message1(values: readonly number[], options: MessageOptions & { member?: number } = {}): Uint8Array {
  const { scanning = 0, rows = ROWS, columns = COLUMNS, member = 3 } = options;
  const deg = (value: number) => signed(value * 1000, 3);
  const product = [
    ...[
      0,
      0,
      52,
      128,
      98,
      148,
      255,
      0x80,
      130,
      100,
      ...octets(850, 2),
      24,
      6,
      3,
      12,
      0,
      1,
      6,
      0,
      0,
      0,
      0,
      0,
      21,
      0,
      0,
      0,
    ],
    ...[...Array(12).fill(0), 1, 1, 11, ...octets(1035, 2), ...Buffer.from("0001"), member, 50, 0],
  ];
  const lastLat = 50 - 2 * (rows - 1);
  const grid = [
    ...[0, 0, 32, 0, 255, 0, ...octets(columns, 2), ...octets(rows, 2), ...deg(50), ...deg(-10), 0x80],
    ...[...deg(lastLat), ...deg(-10 + 2 * (columns - 1)), ...octets(2000, 2), ...octets(2000, 2), scanning, 0, 0, 0, 0],
  ];
  // IBM 0x42dc0000 is 220.
  const packed = packBits(
    values.map((v) => Math.round((v - 220) / STEP)),
    BITS,
  );
  const data = [...octets(11 + packed.length, 3), 0, ...signed(-10, 2), 0x42, 0xdc, 0, 0, BITS, ...packed];
  const length = 8 + product.length + grid.length + data.length + 4;
  return Uint8Array.from([
    ...[...Buffer.from("GRIB"), ...octets(length, 3), 1],
    ...[...product, ...grid, ...data, ...Buffer.from("7777")],
  ]);
}
