/**
 * Time: epoch seconds UTC as float64 inside, text at the edges. A float64 holds today's epoch seconds to 0.2 microseconds; formats
 * that carry nanoseconds keep their own integers.
 *
 *     isoTime(1242083086.25);              // "2009-05-11T23:04:46.250Z"
 *     parseTime("2009-05-25T00:54:42.8Z"); // 1243212882.8
 */

const DAY = 86_400;

/**
 * Days since 1970-01-01 of a proleptic Gregorian date (month 1 to 12). Howard Hinnant's days_from_civil: exact for every year,
 * unlike Date.UTC, which maps the years 0 to 99 to 1900.
 */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146_097 + doe - 719_468;
}

export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly dayOfYear: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Fraction of the second, 0 to 1. */
  readonly fraction: number;
}

/** Epoch seconds of a date and time. `second` may carry a fraction; 60 (a leap second) becomes the next second. */
export function epoch(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  return daysFromCivil(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
}

/** Epoch seconds of a year and day of year (1 to 366). */
export function epochOfDay(year: number, dayOfYear: number, hour = 0, minute = 0, second = 0): number {
  return (daysFromCivil(year, 1, 1) + dayOfYear - 1) * DAY + hour * 3600 + minute * 60 + second;
}

/** Splits epoch seconds, after rounding to `digits` decimals of a second, so that 59.9996 prints as the next minute. */
export function dateParts(time: number, digits = 6): DateParts {
  const scale = 10 ** digits;
  const whole = Math.floor(time);
  let ticks = Math.round((time - whole) * scale);
  let seconds = whole;
  if (ticks >= scale) {
    ticks -= scale;
    seconds += 1;
  }
  const days = Math.floor(seconds / DAY);
  const inDay = seconds - days * DAY;
  // civil_from_days, the inverse of the above.
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day,
    dayOfYear: days - daysFromCivil(year, 1, 1) + 1,
    hour: Math.floor(inDay / 3600),
    minute: Math.floor((inDay % 3600) / 60),
    second: inDay % 60,
    fraction: ticks / scale,
  };
}

const pad = (value: number, width = 2) => String(value).padStart(width, "0");
const fractionText = (fraction: number, digits: number) =>
  digits === 0 ? "" : `.${pad(Math.round(fraction * 10 ** digits), digits)}`;

/** `2009-05-25T00:54:42.800Z`, with `digits` decimals of a second. */
export function isoTime(time: number, digits = 3): string {
  const p = dateParts(time, digits);
  const date = `${pad(p.year, 4)}-${pad(p.month)}-${pad(p.day)}`;
  return `${date}T${pad(p.hour)}:${pad(p.minute)}:${pad(p.second)}${fractionText(p.fraction, digits)}Z`;
}

/** The IMS1.0 pair `2009/05/25 00:54:42.800`. */
export function imsTime(time: number, digits = 3): string {
  const p = dateParts(time, digits);
  const date = `${pad(p.year, 4)}/${pad(p.month)}/${pad(p.day)}`;
  return `${date} ${pad(p.hour)}:${pad(p.minute)}:${pad(p.second)}${fractionText(p.fraction, digits)}`;
}

/** CSS3.0 jdate: year times 1000 plus day of year. */
export function julianDate(time: number): number {
  const p = dateParts(time, 3);
  return p.year * 1000 + p.dayOfYear;
}

const PATTERN =
  /^\s*(\d{4})(?:[-/](\d{1,2})[-/](\d{1,2})|-?(\d{3}))(?:[T ,]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:\.\d*)?))?)?\s*(Z|[+-]00:?00)?\s*$/;

/**
 * Epoch seconds of ISO 8601 (`2009-05-25T00:54:42.8Z`), IMS (`2009/05/25 00:54:42.8`), ordinal (`2009145 00:54:42.8`) or a plain
 * number of epoch seconds; null for anything else. No zone means UTC.
 */
export function parseTime(text: string): number | null {
  if (/^\s*-?\d{5,}(\.\d*)?\s*$/.test(text) && !/^\s*\d{7}\s*$/.test(text)) return Number(text);
  const m = PATTERN.exec(text);
  if (!m) return null;
  const [, year, month, day, ordinal, hour = "0", minute = "0", second = "0"] = m;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) >= 61) return null;
  if (ordinal !== undefined) {
    if (Number(ordinal) < 1 || Number(ordinal) > 366) return null;
    return epochOfDay(Number(year), Number(ordinal), Number(hour), Number(minute), Number(second));
  }
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null;
  return epoch(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second));
}
