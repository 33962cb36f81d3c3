/** What HELP is answered with. */
import { messageLists } from "./eventSections.ts";
import { sectionLimits } from "./sources.ts";

export function helpText(name: string): string[] {
  return [
    `${name} answers IMS1.0 and IMS2.0 request messages, by mail and over HTTPS (POST /api/v1/messages).`,
    "A request is BEGIN, MSG_TYPE REQUEST, MSG_ID, E-MAIL (by mail), environment lines, request lines and STOP:",
    "   BEGIN IMS2.0 / MSG_TYPE REQUEST / MSG_ID 1 MY_NDC / TIME 2026/05/25 TO 2026/05/26 / BULL_TYPE SEL3",
    "   / BULLETIN IMS1.0:SHORT / STOP        (each on a line of its own)",
    "Request lines: STATION CHANNEL NETWORK RESPONSE (INSTRUMENT) WAVEFORM OUTAGE BULLETIN (SLEV) EVENT ORIGIN",
    "   ARRIVAL (SLSD) with :AUTOMATIC :REVIEWED :GROUPED :ASSOCIATED :UNASSOCIATED, COMMENT, STA_STATUS CHAN_STATUS",
    "   COMM_STATUS AUTH_STATUS, SPHDF SPHDP BLANKPHD CALIBPHD DETBKPHD GASBKPHD QCPHD ARR RRR SSREB",
    "Environment lines: TIME BULL_TYPE STA_LIST CHAN_LIST AUX_LIST BEAM_LIST COMM_LIST ARRIVAL_LIST ORIGIN_LIST",
    "   EVENT_LIST LAT LON DEPTH DEPTH_MINUS_ERROR MAG MAG_TYPE MB_MINUS_MS EVENT_STA_DIST GROUP_BULL_LIST RELATIVE_TO.",
    "   Each holds until it is given again; alone it goes back to its default (CHAN_LIST *Z, TIME none, all others *).",
    `Bulletins: ${messageLists.join(" ")}. Waveforms: CM6, CM8, INT.`,
    `At most ${sectionLimits.samples} samples, ${sectionLimits.events} events or ${sectionLimits.arrivals} arrivals in a request line.`,
    "What cannot be answered is told in ERROR_LOG.",
  ];
}
