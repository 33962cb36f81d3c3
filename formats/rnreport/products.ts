/** Radionuclide products in IMS2.0 messages: the lines around each, and the way from a message's sections to them, which is the same for all. */
import { type Decoded, type Limits, ProblemList } from "@harken/core";
import { decodeImsMessages } from "../ims/message.ts";
import { cutSections, rowsOf, type Section } from "./text.ts";

/** A product of a message, cut into its sections. */
export interface ProductText {
  readonly messageId: string;
  readonly dataType: string;
  /** Of the product's first line. */
  readonly line: number;
  /** The first section of a title. */
  readonly section: (title: string) => Section | undefined;
  /** The rows of a section's table that have so many columns and can be read; the others are told. */
  readonly rows: <T>(title: string, columns: number, read: (cells: readonly string[]) => T | null) => T[];
}

/** Lines of a message with one product; `content` begins with the titles of its kind. */
export function writeProduct(messageId: string, dataType: string, content: readonly string[]): string {
  return ["BEGIN IMS2.0", "MSG_TYPE DATA", `MSG_ID ${messageId}`, `DATA_TYPE ${dataType}`, ...content, "STOP", ""].join(
    "\n",
  );
}

/** What a kind of product is called: its data types, the prefix of its problems, and its name in words. */
export interface ProductKind {
  readonly dataTypes: readonly string[];
  readonly code: string;
  readonly name: string;
}

/** The products of one kind; `read` gives null, and tells why, for what is none. */
export function readProducts<T>(
  bytes: Uint8Array,
  limits: Limits,
  { dataTypes, code, name }: ProductKind,
  read: (product: ProductText, problems: ProblemList) => T | null,
): Decoded<T> {
  const envelope = decodeImsMessages(bytes, limits);
  const problems = new ProblemList(limits.maxProblems);
  for (const problem of envelope.problems) problems.add(problem);
  const items: T[] = [];
  const found = envelope.items.flatMap(({ id, sections }) =>
    sections.filter(({ dataType }) => dataTypes.includes(dataType)).map((section) => ({ id, ...section })),
  );
  for (const { id, dataType, start, end, line } of found) {
    if (items.length >= limits.maxItems) {
      problems.error(`${code}.too-many`, `More than ${limits.maxItems} products; the rest was left out.`, { line });
      break;
    }
    const cut = cutSections(new TextDecoder().decode(bytes.subarray(start, end)), line);
    const section = (title: string) => cut.find((one) => one.title === title);
    const rows: ProductText["rows"] = (title, columns, readCells) =>
      rowsOf(section(title)).flatMap(({ cells, line: at }) => {
        const row = cells.length === columns ? readCells(cells) : null;
        if (row === null) problems.error("report.row", `A row of ${title} cannot be read.`, { line: at });
        return row === null ? [] : [row];
      });
    const item = read({ messageId: id, dataType, line, section, rows }, problems);
    if (item) items.push(item);
  }
  if (items.length === 0 && problems.list().length === 0)
    problems.error(`${code}.none`, `The text holds no ${name} (DATA_TYPE ${dataTypes.join(" or ")}).`);
  return { items, problems: problems.list(), consumed: bytes.length };
}
