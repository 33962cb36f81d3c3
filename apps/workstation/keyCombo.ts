/** The part of a KeyboardEvent that names a key. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The key with its modifiers as the table of keys writes it. */
export function comboOf(event: Press): string {
  const { key, code, altKey, shiftKey } = event;
  const mod = event.ctrlKey || event.metaKey;
  if (!mod && !altKey) return key;
  // With Alt some keyboards write another letter.
  const letter = /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key.toLowerCase();
  return `${mod ? "mod+" : ""}${altKey ? "alt+" : ""}${shiftKey ? "shift+" : ""}${letter}`;
}
