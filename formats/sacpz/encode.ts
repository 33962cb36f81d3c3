/**
 * Writes channels as annotated SAC pole-zero files, one block after the other, laid out as the IRIS web service does.
 *
 *     const text = encodeSacPoleZero(channels);
 *
 * The format holds analogue poles and zeros and one constant. Gains are multiplied into the constant, velocity and acceleration are turned
 * into displacement by zeros at the origin, digital filters count as flat (SAC's custom). Responses by table or polynomial do not fit; their
 * channels are left out.
 */
import { type Channel, type Complex, hasPlace, type InstrumentResponse, isoTime } from "@harken/core";

const OPEN_END = "2599-12-31T23:59:59";
const RULE = `* ${"*".repeat(34)}`;

/** The response as displacement poles and zeros; null when it cannot be put so. `constant` is counts per metre, or per Pa for pressure. */
export function poleZeroOf(
  response: InstrumentResponse,
): { zeros: readonly Complex[]; poles: readonly Complex[]; constant: number } | null {
  const zeros: Complex[] = [];
  const poles: Complex[] = [];
  let constant = 1;
  switch (response.inputUnit) {
    case "nm":
      constant = 1e9;
      break;
    case "m/s**2":
      zeros.push({ re: 0, im: 0 }, { re: 0, im: 0 });
      break;
    case "m/s":
      zeros.push({ re: 0, im: 0 });
      break;
    case "m":
    case "Pa":
      break;
    default:
      return null;
  }
  for (const stage of response.stages) {
    if (stage.kind === "fap" || stage.kind === "polynomial") return null;
    constant *= stage.gain;
    if (stage.kind !== "paz" || stage.domain === "z") continue;
    constant *= stage.normalization;
    zeros.push(...stage.zeros);
    poles.push(...stage.poles);
  }
  if (response.stages.length === 0) constant *= response.sensitivity ?? 0;
  return constant !== 0 && Number.isFinite(constant) ? { zeros, poles, constant } : null;
}

export function encodeSacPoleZero(channels: readonly Channel[]): string {
  return channels
    .map(encodeBlock)
    .filter((block) => block !== null)
    .join("\n\n");
}

function encodeBlock(channel: Channel): string | null {
  const { id, response } = channel;
  const poleZero = response && poleZeroOf(response);
  if (!poleZero) return null;
  const field = (name: string, value: string | number) => `* ${name.padEnd(18)}: ${value}`;
  const time = (value: number) => isoTime(value, 6).replace(/\.?0*Z$/, "");
  const metres = (km: number) => (km * 1000).toFixed(3).replace(/0{1,2}$/, "");
  const sensitivity = response.inputUnit === "m/s" && response.sensitivity ? response.sensitivity : null;
  const lines = [
    RULE,
    field("NETWORK   (KNETWK)", id.network),
    field("STATION    (KSTNM)", id.station),
    field("LOCATION   (KHOLE)", id.location),
    field("CHANNEL   (KCMPNM)", id.channel),
    ...(channel.startTime === null ? [] : [field("START", time(channel.startTime))]),
    field("END", channel.endTime === null ? OPEN_END : time(channel.endTime)),
    ...(hasPlace(channel)
      ? [field("LATITUDE", channel.latitudeDeg.toFixed(6)), field("LONGITUDE", channel.longitudeDeg.toFixed(6))]
      : []),
    field("ELEVATION", metres(channel.elevationKm - channel.depthKm)),
    field("DEPTH", metres(channel.depthKm)),
    field("DIP", channel.vangDeg),
    field("AZIMUTH", Math.max(0, channel.hangDeg)),
    ...(channel.sampleRateHz === null ? [] : [field("SAMPLE RATE", channel.sampleRateHz)]),
    field("INPUT UNIT", response.inputUnit === "Pa" ? "PA" : "M"),
    field("OUTPUT UNIT", "COUNTS"),
    field("INSTTYPE", channel.instrument),
    ...(sensitivity === null
      ? []
      : [
          field("SENSITIVITY", `${exponent(sensitivity)} (M/S)`),
          field("A0", exponent(poleZero.constant / sensitivity)),
        ]),
    RULE,
    ...roots("ZEROS", poleZero.zeros),
    ...roots("POLES", poleZero.poles),
    `CONSTANT\t${exponent(poleZero.constant)}`,
    "",
  ];
  return lines.join("\n");
}

/** All digits that a float64 needs, at least six decimals as is the custom. */
function exponent(value: number): string {
  const shortest = value.toExponential();
  const text = /\.\d{6}/.test(shortest) ? shortest : value.toExponential(6);
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}

function roots(keyword: string, values: readonly Complex[]): string[] {
  const signed = (value: number) => (value < 0 ? "" : "+") + exponent(value);
  return [`${keyword}\t${values.length}`, ...values.map(({ re, im }) => `\t${signed(re)}\t${signed(im)}\t`)];
}
