/** Numbers of many sizes as the page of transport writes them: three digits that mean something. */
export function three(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 0.01 && size < 1e4 ? String(Number(value.toPrecision(3))) : value.toExponential(2);
}

/** 3 h, 1.5 d. */
export function hours(sec: number): string {
  const count = sec / 3600;
  return count < 48 ? `${Number(count.toFixed(1))} h` : `${Number((count / 24).toFixed(1))} d`;
}
