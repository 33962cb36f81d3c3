/**
 * Open stations that are in the monitoring system, or near one that is (within a degree or two), with the servers that send their data.
 *
 * Servers: docs.earthscope.org/service/seedlink (at most five connections, a keep-alive every four minutes at the most) and geoscope.ipgp.fr, as read
 * in November 2026. Which station has which channel is written down from memory: `harken live` asks the servers' station services at its start, takes what
 * is there, and says what is not.
 */
import type { LiveSettings } from "./settings.ts";

export interface OpenStation {
  /** NET.STA.LOC.CHAN; of an array a pattern of its elements. */
  readonly channels: readonly string[];
  /** Operational code of the monitoring system's station. */
  readonly facility: string;
  readonly isNear: boolean;
}

const isIn = (facility: string, ...channels: string[]): OpenStation => ({ channels, facility, isNear: false });
const isNear = (facility: string, ...channels: string[]): OpenStation => ({ channels, facility, isNear: true });

const inGsn = (network: "IU" | "II", stations: string) =>
  stations.split(" ").map((code) => isIn(code, `${network}.${code}.00.BH?`));
const nearGsn = (network: "IU" | "II", pairs: string) =>
  pairs.split(" ").map((pair) => {
    const [code, facility] = pair.split(">");
    return isNear(facility!, `${network}.${code}.00.BH?`);
  });
const any = (network: string, band: string, stations: string) =>
  stations.split(" ").map((code) => isIn(code, `${network}.${code}.*.${band}`));

export const earthScopeStations: readonly OpenStation[] = Object.freeze([
  ...inGsn("IU", "AFI ANMO BILL DAV FURI GNI GUMO HNR KMBO KOWA LSZ LVC MA2 MSKU NWAO PMG PMSA PTGA QSPA RAO RAR RCBR"),
  ...inGsn("IU", "SDV SFJD SJG TEIG TIXI TSUM YAK YSS"),
  ...nearGsn("IU", "ANTO>BRTR CHTO>CMAR COLA>ILAR CTAO>CTA GRFO>GERES INCN>KSRS KBS>SPITS KEV>ARCES KIEV>AKASG"),
  ...nearGsn("IU", "MAJO>MJAR MAKZ>MKAR PAB>ESDC PET>PETK ULN>SONM WAKE>H11"),
  ...inGsn("II", "AAK ARU BORG JTS KAPI KDAK KURK MBAR MSVF NNA OBN PALK PFO RAYN RPN TLY"),
  ...nearGsn("II", "ABKT>GEYT ASCN>H10 BRVK>BVAR DGAR>H08 ESK>EKA KIV>KBZ NRIL>NRIK WRAB>WRA"),
  ...any("GT", "BH?", "BDFB BOSA CPUP DBIC LBTB LPAZ PLCA VNDA"),
  ...any("AU", "BH?", "CTA FITZ MAW STKA"),
  ...any("CN", "HH?", "BBB DLBC FRB INK RES SADO SCHQ ULM"),
  isIn("YKA", "CN.YK??.*.SHZ", "CN.YKA?.*.SHZ"),
  isIn("ILAR", "IM.IL??.*.SHZ", "IM.IL??.*.BHZ"),
  isIn("NVAR", "IM.NV??.*.SHZ", "IM.NV31.*.BH?"),
  isIn("PDAR", "IM.PD??.*.SHZ", "IM.PD31.*.BH?"),
  isIn("TXAR", "IM.TX??.*.SHZ", "IM.TX31.*.BH?"),
  isIn("I53US", "IM.I53H?.*.BDF"),
  isIn("I55US", "IM.I55H?.*.BDF"),
  isIn("I56US", "IM.I56H?.*.BDF"),
  isIn("I57US", "IM.I57H?.*.BDF"),
  isIn("I59US", "IM.I59H?.*.BDF"),
]);

export const geoscopeStations: readonly OpenStation[] = Object.freeze([
  isIn("ATD", "G.ATD.00.BH?"),
  isNear("PPT", "G.PPTF.00.BH?"),
  isNear("DZM", "G.NOUC.00.BH?"),
  isNear("KOG", "G.MPG.00.BH?"),
  isNear("BBTS", "G.MBO.00.BH?"),
  isNear("H04", "G.CRZF.00.BH?"),
  isNear("H05", "G.FDFM.00.BH?"),
  isNear("I21FR", "G.TAOE.00.BH?"),
  isNear("I23FR", "G.PAF.00.BH?"),
]);

const channelsOf = (stations: readonly OpenStation[]) => stations.flatMap(({ channels }) => channels);

export const openStations: LiveSettings = Object.freeze({
  sources: [
    {
      ...{ name: "EarthScope", fdsn: "https://service.earthscope.org", channels: channelsOf(earthScopeStations) },
      seedlink: { host: "rtserve.earthscope.org", port: 18_500, tls: true, keepAliveSec: 240 },
    },
    {
      ...{ name: "GEOSCOPE", fdsn: "https://ws.ipgp.fr", channels: channelsOf(geoscopeStations) },
      seedlink: { host: "rtserver.ipgp.fr", port: 18_000, tls: false, keepAliveSec: 240 },
    },
  ],
  backfillMinutes: 60,
  metadataHours: 24,
  keepJournalDays: 7,
});
