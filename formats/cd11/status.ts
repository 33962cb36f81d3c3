/**
 * The state of health that comes with each channel of CD-1.1: 32 bytes of format 1.
 *
 *     byte 0      format, 1
 *     bytes 1-4   flags, lowest bit first; see `statusFlags`
 *     bytes 5-7   the station's own
 *     bytes 8-27  time of the last synchronisation with GPS; may be blank or old
 *     bytes 28-31 clock differential, microseconds
 */
import { ByteReader } from "./byteReader.ts";
import { ByteWriter } from "./byteWriter.ts";
import { TIME_LETTERS } from "./subframe.ts";

const STATUS_BYTES = 32;
const FORMAT = 1;

/** Where each flag stands: byte and bit. */
const places = {
  dead: [1, 0],
  zeroed: [1, 1],
  clipped: [1, 2],
  calibrationUnderWay: [1, 3],
  equipmentHousingOpen: [2, 0],
  digitizerOpen: [2, 1],
  vaultDoorOpen: [2, 2],
  authenticationSealBroken: [2, 3],
  equipmentMoved: [2, 4],
  clockDifferentialTooLarge: [3, 0],
  gpsReceiverOff: [3, 1],
  gpsReceiverUnlocked: [3, 2],
  digitizerInputShorted: [3, 3],
  digitizerCalibrationLoopBack: [3, 4],
  mainPowerFailure: [4, 0],
  backupPowerUnstable: [4, 1],
} as const;

export type Cd11StatusFlag = keyof typeof places;
export const cd11StatusFlags = Object.freeze(Object.keys(places)) as readonly Cd11StatusFlag[];

export interface Cd11Status {
  /** The flags that are raised. */
  readonly flags: ReadonlySet<Cd11StatusFlag>;
  /** Bytes 5, 6 and 7. */
  readonly stationBytes: readonly [number, number, number];
  /** As the bytes have it; `readCd11Time` reads it. */
  readonly lastGpsTime: string;
  readonly clockDifferentialMicrosec: number;
}

/** null for another format, or fewer bytes. */
export function readCd11Status(status: Uint8Array): Cd11Status | null {
  if (status.length < STATUS_BYTES || status[0] !== FORMAT) return null;
  const isRaised = (flag: Cd11StatusFlag) => {
    const [byte, bit] = places[flag];
    return (status[byte]! & (1 << bit)) !== 0;
  };
  const reader = new ByteReader(status, 8, STATUS_BYTES);
  return {
    flags: new Set(cd11StatusFlags.filter(isRaised)),
    stationBytes: [status[5]!, status[6]!, status[7]!],
    lastGpsTime: reader.text(TIME_LETTERS),
    clockDifferentialMicrosec: reader.int32(),
  };
}

export function writeCd11Status(status: Cd11Status): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(8);
  head[0] = FORMAT;
  for (const flag of status.flags) {
    const [byte, bit] = places[flag];
    head[byte]! |= 1 << bit;
  }
  head.set(status.stationBytes, 5);
  const writer = new ByteWriter();
  writer.bytes(head);
  writer.text(status.lastGpsTime, TIME_LETTERS);
  writer.int32(status.clockDifferentialMicrosec);
  return writer.finish();
}
