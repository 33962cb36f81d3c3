/** As much of MIME (RFC 2045, 2046) as signed messages need. Text is one letter for a byte. */

export interface MimePart {
  /** By names in lower case; folded lines joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const MOST_HEADERS = 200;

export function headersOf(text: string): MimePart {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/, MOST_HEADERS)) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== "" && !headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return { headers, body: end ? text.slice(end.index + end[0].length) : "" };
}

/** A parameter of a header, such as the boundary; null without it. */
export function parameterOf(header: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]{1,200})"|([^\\s;]{1,200}))`, "i").exec(header);
  return match?.[1] ?? match?.[2] ?? null;
}

/** The parts between boundaries, byte by byte: the line's end before a boundary is the boundary's. */
export function partsOf(body: string, boundary: string): string[] {
  const parts: string[] = [];
  let start = -1;
  for (let at = 0; at < body.length; ) {
    const lineEnd = body.indexOf("\n", at);
    const next = lineEnd < 0 ? body.length : lineEnd + 1;
    const line = body.slice(at, next).trimEnd();
    if (line === `--${boundary}` || line === `--${boundary}--`) {
      if (start >= 0) parts.push(body.slice(start, Math.max(start, body[at - 2] === "\r" ? at - 2 : at - 1)));
      if (line.endsWith("--") && line !== `--${boundary}`) break;
      start = next;
    }
    at = next;
  }
  return parts;
}

export const withCrlf = (text: string): string => text.replace(/\r?\n/g, "\r\n");

/** What a part says, as UTF-8 text with plain line ends. */
export function textOf({ headers, body }: MimePart): string {
  const encoding = headers.get("content-transfer-encoding")?.toLowerCase() ?? "";
  const bytes =
    encoding === "base64"
      ? Buffer.from(body, "base64")
      : Buffer.from(encoding === "quoted-printable" ? unquoted(body) : body, "latin1");
  return bytes.toString("utf8").replace(/\r\n/g, "\n");
}

const unquoted = (body: string): string =>
  body
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
