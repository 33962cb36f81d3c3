/** Whether a code is one of a list, in which `*` stands for any letters. */
export function isAskedFor(code: string, list: readonly string[]): boolean {
  return list.some((pattern) => {
    const parts = pattern.toUpperCase().split("*");
    const text = code.toUpperCase();
    if (parts.length === 1) return text === parts[0];
    const last = parts.pop()!;
    let at = parts[0]!.length;
    if (!text.startsWith(parts[0]!)) return false;
    for (const part of parts.slice(1)) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  });
}
