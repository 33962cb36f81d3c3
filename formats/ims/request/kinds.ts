/** Request lines that are known, and what each needs before it (IDC-3.4.1Rev1, tables of request environments; later ones as the IDC's own parser has them). */

export interface RequestKind {
  /** The kind that a synonym stands for. */
  readonly kind?: string;
  readonly needs: readonly ("time" | "bulletin")[];
  readonly subtypes: readonly string[];
}

const plain: RequestKind = { needs: [], subtypes: [] };
const timed: RequestKind = { needs: ["time"], subtypes: [] };
const listed: RequestKind = { needs: ["time", "bulletin"], subtypes: [] };

const ARRIVALS = ["AUTOMATIC", "REVIEWED", "GROUPED", "ASSOCIATED", "UNASSOCIATED"] as const;
const SAMPLES = [
  ...["SPHDF", "SPHDP", "BLANKPHD", "CALIBPHD", "DETBKPHD", "GASBKPHD", "QCPHD", "MET", "RMSSOH", "RLR"],
  ...["ARR", "RRR", "SSREB", "ARMR", "FPEB", "ALERT_FLOW", "ALERT_SYSTEM", "ALERT_TEMP", "ALERT_UPS", "RNPS"],
] as const;

export const requestKinds: Readonly<Record<string, RequestKind>> = Object.freeze({
  BULLETIN: listed,
  SLEV: { ...listed, kind: "BULLETIN" },
  EVENT: listed,
  ORIGIN: listed,
  // The automatic and the unassociated detections belong to no bulletin; the standard wants one all the same, its users do not send it.
  ARRIVAL: { needs: ["time"], subtypes: ARRIVALS },
  SLSD: { kind: "ARRIVAL", needs: ["time"], subtypes: ARRIVALS },
  WAVEFORM: timed,
  STATION: plain,
  CHANNEL: plain,
  NETWORK: plain,
  RESPONSE: plain,
  // As GSE2.0 called it.
  INSTRUMENT: { ...plain, kind: "RESPONSE" },
  OUTAGE: timed,
  STA_STATUS: timed,
  CHAN_STATUS: timed,
  COMM_STATUS: timed,
  AUTH_STATUS: timed,
  COMMENT: plain,
  EXECSUM: listed,
  WAVE_MISSION: timed,
  WAVE_QUALITY: timed,
  ...Object.fromEntries(SAMPLES.map((name) => [name, timed])),
  SUBSCRIBE: plain,
  UNSUBSCRIBE: plain,
  CHANGE: plain,
  SUBSCR_LOG: plain,
  SUBSCR_PROD: plain,
  SUBSCR_RESEND: plain,
});
