/**
 * XML written line by line, indented, everything escaped.
 *
 *     const xml = new XmlWriter();
 *     xml.open("Network", { code: "IM" });
 *     xml.leaf("Description", "A & B");
 *     xml.close();
 *     xml.toString();
 */

export type XmlAttributes = Readonly<Record<string, string | number | null>>;

export class XmlWriter {
  readonly #lines: string[] = ['<?xml version="1.0" encoding="UTF-8"?>'];
  readonly #open: string[] = [];

  /** An attribute whose value is null is left out. */
  open(name: string, attributes: XmlAttributes = {}): void {
    this.#line(`<${name}${attributesOf(attributes)}>`);
    this.#open.push(name);
  }

  close(): void {
    const name = this.#open.pop();
    if (name === undefined) throw new Error("no element is open");
    this.#line(`</${name}>`);
  }

  /** An element of text; left out when the text is null. */
  leaf(name: string, value: string | number | null, attributes: XmlAttributes = {}): void {
    if (value === null) return;
    this.#line(`<${name}${attributesOf(attributes)}>${escaped(String(value))}</${name}>`);
  }

  /** What `write` puts in stands inside the element. */
  within(name: string, attributes: XmlAttributes, write: () => void): void {
    this.open(name, attributes);
    write();
    this.close();
  }

  toString(): string {
    return `${this.#lines.join("\n")}\n`;
  }

  #line(text: string): void {
    this.#lines.push("  ".repeat(this.#open.length) + text);
  }
}

/** As they stand within a tag, each after a space. */
export const attributesOf = (attributes: XmlAttributes) =>
  Object.entries(attributes)
    .map(([name, value]) => (value === null ? "" : ` ${name}="${escaped(String(value))}"`))
    .join("");

/** XML 1.0 has no way to write the other control characters and lone surrogates; they are left out. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ESCAPES: Readonly<Record<string, string>> = Object.freeze({
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
  "\n": "&#10;",
  "\t": "&#9;",
});

const SPECIAL = /[&<>"\r\n\t]/g;

function escaped(value: string): string {
  // Nearly every value is a number or a code.
  if (/^[\w.:/~ +-]*$/.test(value)) return value;
  return value
    .toWellFormed()
    .replace(UNWRITABLE, "")
    .replace(SPECIAL, (letter) => ESCAPES[letter]!);
}
