/** Packet headers (ISO/IEC 15444-1, B.10): which code-blocks a packet adds to, by how many passes, and where their bytes are. */
import type { Tile } from "./codestream.ts";
import type { CodeBlock, Packet, PrecinctBand, Resolution } from "./geometry.ts";
import { packetsOf } from "./geometry.ts";

const SOP = 0x91;
const EPH = 0x92;

/** Hands every code-block its passes and bytes. Stops where the data end: what came before still decodes, to fewer planes. */
export function readPackets(tile: Tile, resolutions: readonly Resolution[]): void {
  const { packets: bytes } = tile;
  let at = 0;
  for (const packet of packetsOf(tile, resolutions)) {
    if (at >= bytes.length) return;
    if (bytes[at] === 0xff && bytes[at + 1] === SOP) at += 6;
    const header = headerBits(bytes, at);
    const added = readHeader(packet, header.bit, header.bits);
    at = header.end();
    if (bytes[at] === 0xff && bytes[at + 1] === EPH) at += 2;
    for (const { block, passes, length } of added) {
      block.passes += passes;
      block.data.push(bytes.subarray(at, Math.min(bytes.length, at + length)));
      at += length;
    }
  }
}

interface Addition {
  readonly block: CodeBlock;
  readonly passes: number;
  readonly length: number;
}

function readHeader({ layer, precinct }: Packet, bit: () => number, bits: (n: number) => number): Addition[] {
  const added: Addition[] = [];
  if (bit() === 0) return added;
  for (const band of precinct)
    for (const [i, block] of band.blocks.entries()) {
      if (!isIncluded(band, block, i, layer, bit)) continue;
      const passes = passCount(bit, bits);
      while (bit() === 1) {
        if (++block.lengthBits > 31) return added;
      }
      const length = bits(block.lengthBits + Math.floor(Math.log2(passes)));
      added.push({ block, passes, length });
    }
  return added;
}

function isIncluded(band: PrecinctBand, block: CodeBlock, i: number, layer: number, bit: () => number): boolean {
  if (block.included) return bit() === 1;
  const [x, y] = [i % band.across, Math.floor(i / band.across)];
  if (!band.inclusion.below(x, y, layer + 1, bit)) return false;
  block.included = true;
  // More planes than a word has bits are no coefficient's.
  let planes = 1;
  while (planes < 40 && !band.zeroPlanes.below(x, y, planes, bit)) planes++;
  block.zeroPlanes = planes - 1;
  return true;
}

/** Table B.4. */
function passCount(bit: () => number, bits: (n: number) => number): number {
  if (bit() === 0) return 1;
  if (bit() === 0) return 2;
  const two = bits(2);
  if (two < 3) return 3 + two;
  const five = bits(5);
  if (five < 31) return 6 + five;
  return 37 + bits(7);
}

/** Bits of a header: behind a byte of ones only seven bits of the next count. Beyond the end stand zeros. */
function headerBits(bytes: Uint8Array, from: number) {
  let at = from;
  let held = 0;
  let have = 0;
  const bit = (): number => {
    if (have === 0) {
      have = held === 0xff ? 7 : 8;
      held = bytes[at++] ?? 0;
    }
    have--;
    return (held >> have) & 1;
  };
  return {
    bit,
    bits: (n: number): number => {
      let value = 0;
      for (let i = 0; i < n; i++) value = value * 2 + bit();
      return value;
    },
    end: () => (held === 0xff ? at + 1 : at),
  };
}
