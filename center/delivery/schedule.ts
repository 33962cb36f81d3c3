/** When a subscription's next delivery is due (IDC-3.4.1Rev1, FREQ). */

const MINUTE_SEC = 60;
const HOUR_SEC = 3_600;
const DAY_SEC = 86_400;
/** A schedule that names no possible day is looked for so long. */
const LONGEST_DAYS = 400;

const CUSTOM = /^CUSTOM (-?\d+)\/(-?\d+):(-?\d+):(-?\d+)$/;

/**
 * The time after `now`. IMMEDIATE: at once, whenever there is something; CONTINUOUS: each minute; DAILY: at midnight UTC; CUSTOM per/dow:dom:hr at an hour
 * (each hour for -1) of a day of the week (0 is Sunday) and of the month, -1 for any, and not before `per` days from now.
 */
export function nextDelivery(frequency: string, now: number): number {
  if (frequency === "IMMEDIATE") return now;
  if (frequency === "CONTINUOUS") return now + MINUTE_SEC;
  const custom = CUSTOM.exec(frequency);
  if (!custom) return (Math.floor(now / DAY_SEC) + 1) * DAY_SEC;
  const [period, weekday, monthday, hour] = custom.slice(1).map(Number) as [number, number, number, number];
  const earliest = period > 0 ? now + period * DAY_SEC - HOUR_SEC : now;
  const first = (Math.floor(earliest / HOUR_SEC) + 1) * HOUR_SEC;
  for (let time = first; time < first + LONGEST_DAYS * DAY_SEC; time += HOUR_SEC) {
    const date = new Date(time * 1000);
    if (hour >= 0 && date.getUTCHours() !== hour) continue;
    if (weekday >= 0 && date.getUTCDay() !== weekday) continue;
    if (monthday >= 0 && date.getUTCDate() !== monthday) continue;
    return time;
  }
  return first + LONGEST_DAYS * DAY_SEC;
}
