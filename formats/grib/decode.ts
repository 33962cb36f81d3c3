/**
 * GRIB, editions 1 and 2 (WMO No. 306, Manual on Codes, FM 92): weather fields, message by message.
 *
 *     const { items, problems } = decodeGrib(bytes);
 *     decodeGrib(bytes, defaultLimits, ({ parameter }) => ["u", "v", "w"].includes(parameter.shortName)).items;
 */
import { type Decoded, defaultLimits, type Limits, ProblemList, type WeatherField } from "@harken/core";
import { fieldOf1 } from "./edition1/message.ts";
import { fieldsOf2 } from "./edition2/message.ts";
import { isComplaint, type WeatherHeader } from "./field.ts";
import { gribFrames } from "./frame.ts";

/** All fields for which `wanted` is true, values unpacked; the values of others are not touched. */
export function decodeGrib(
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
  wanted: (header: WeatherHeader) => boolean = () => true,
): Decoded<WeatherField> {
  const problems = new ProblemList(limits.maxProblems);
  const items: WeatherField[] = [];
  let room = limits.maxSamples;
  let consumed = 0;
  for (const { edition, offset, length } of gribFrames(bytes, limits.maxItems, problems)) {
    const message = bytes.subarray(offset, offset + length);
    const fields = edition === 1 ? [fieldOf1(message, limits.maxSamples)] : fieldsOf2(message, limits.maxSamples);
    let found = 0;
    for (const field of fields) {
      found++;
      if (isComplaint(field)) {
        problems.error(field.code, field.message, { offset });
        continue;
      }
      if (!wanted(field.header)) continue;
      if (field.size > room || items.length >= limits.maxItems) {
        problems.error("grib.too-large", "The fields hold more values than are allowed; the rest was left out.", {
          offset,
        });
        return { items, problems: problems.list(), consumed };
      }
      // Values that cannot be unpacked took as long as those that can.
      room -= field.size;
      const values = field.unpack();
      if (typeof values === "string") {
        problems.error("grib.data", `${nameOf(field.header)} was left out: ${values}.`, { offset });
        continue;
      }
      items.push({ ...field.header, values });
    }
    if (found === 0) problems.warning("grib.no-field", "The message holds no field.", { offset });
    consumed = offset + length;
  }
  return { items, problems: problems.list(), consumed };
}

const nameOf = ({ parameter, level }: WeatherHeader) => `${parameter.shortName} at ${level.kind} ${level.value}`;
