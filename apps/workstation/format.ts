/**
 * Numbers and times as the page writes them: UTC, fixed digits, an en dash where nothing was measured.
 *
 *     formatTime(1264125971.42) === "2010-01-22 02:06:11.4"
 */
export const nothing = "–";

const MINUTE = 60;
const HOUR = 3600;

/** Date and time with one decimal of a second. */
export function formatTime(timeSec: number): string {
  return `${formatDate(timeSec)} ${formatClock(timeSec)}`;
}

export function formatDate(timeSec: number): string {
  return rounded(timeSec)?.slice(0, 10) ?? nothing;
}

/** Time of day with one decimal of a second. */
export function formatClock(timeSec: number): string {
  return rounded(timeSec)?.slice(11, 21) ?? nothing;
}

/** Date and time to the minute, for the extent of the data. */
export function formatMinute(timeSec: number | null): string {
  return timeSec === null ? nothing : (rounded(timeSec)?.slice(0, 16).replace("T", " ") ?? nothing);
}

function rounded(timeSec: number): string | null {
  const date = new Date(Math.round(timeSec * 10) * 100);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

export function formatNumber(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return nothing;
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/** With its sign, for residuals and errors. */
export function formatSigned(value: number | null | undefined, digits: number): string {
  const text = formatNumber(value, digits);
  return text === nothing || text.startsWith("-") || Number(text) === 0 ? text : `+${text}`;
}

/** "45 s", "3 min 20 s", "2 h 05 min". */
export function formatDuration(durationSec: number): string {
  const sec = Math.max(0, Math.round(durationSec));
  if (sec < MINUTE) return `${sec} s`;
  if (sec < HOUR) return `${Math.floor(sec / MINUTE)} min ${String(sec % MINUTE).padStart(2, "0")} s`;
  const minutes = Math.floor((sec % HOUR) / MINUTE);
  return `${Math.floor(sec / HOUR)} h ${String(minutes).padStart(2, "0")} min`;
}

/** With thin groups of three digits: 1 234 567. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
