/** ISO 8601 durations of days, hours, minutes and seconds (PT84305S), as XML Schema writes them: seconds, null for all else. */
export function parseDuration(text: string): number | null {
  const m = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,12}(?:\.\d{1,9})?)S)?)?$/.exec(text.trim());
  if (!m || m.slice(1).every((part) => part === undefined)) return null;
  const [days = "0", hours = "0", minutes = "0", seconds = "0"] = m.slice(1);
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
