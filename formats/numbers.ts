/** Decimal numbers in text, as Fortran, C and XML Schema write them: no hexadecimal, nothing infinite; null for all else. */
export function number(text: string): number | null {
  const trimmed = text.trim();
  if (!/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(trimmed)) return null;
  const found = Number(trimmed) + 0;
  return Number.isFinite(found) ? found : null;
}

/** Whether every number within a value, however deep, is finite. */
export function allFinite(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value !== "object" || value === null || Object.values(value).every(allFinite);
}
