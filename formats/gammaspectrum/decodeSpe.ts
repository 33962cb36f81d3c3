/**
 * SPE, the text form that the IAEA and ORTEC's programs share: sections that begin with $NAME:, of which these are read: SPEC_ID, DATE_MEA (month
 * first), MEAS_TIM (live and real), DATA (first and last channel, then counts), MCA_CAL or ENER_FIT (energy against channel).
 *
 *     const [{ data, calibration }] = decodeSpe(bytes).items;
 */
import { type Decoded, defaultLimits, type Limits, ProblemList } from "@harken/core";
import { number } from "../numbers.ts";
import { type TextLine, textLines } from "../textLines.ts";
import { countOf, type GammaSpectrumFile, gammaSpectrumFile, MAX_CHANNELS } from "./item.ts";

/** Whether bytes begin like such a file. */
export const looksLikeSpe = (bytes: Uint8Array): boolean =>
  /^(?:\xef\xbb\xbf)?\s*\$[A-Z_]+:/.test(new TextDecoder("latin1").decode(bytes.subarray(0, 200)));

export function decodeSpe(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<GammaSpectrumFile> {
  const problems = new ProblemList(limits.maxProblems);
  const sections = new Map<string, { readonly line: number; readonly lines: TextLine[] }>();
  let current: TextLine[] | null = null;
  for (const line of textLines(bytes, problems)) {
    const [, name] = /^\s*\$([A-Z_0-9]+):/.exec(line.text) ?? [];
    if (name !== undefined) {
      current = [];
      if (!sections.has(name)) sections.set(name, { line: line.number, lines: current });
    } else if (line.text.trim() !== "") current?.push(line);
  }
  const items: GammaSpectrumFile[] = [];
  const counts = readData(sections.get("DATA"), problems);
  if (counts) {
    const rows = (name: string) => sections.get(name)?.lines.map(({ text }) => text.trim()) ?? [];
    const numbers = (name: string, row: number) => (rows(name)[row] ?? "").split(/\s+/).map(number);
    const [liveSec = null, realSec = null] = numbers("MEAS_TIM", 0);
    if (liveSec === null || realSec === null)
      problems.warning("spe.time", "$MEAS_TIM: does not give live and real time; activities cannot be computed.");
    items.push(
      gammaSpectrumFile({
        ...counts,
        title: rows("SPEC_ID").join("\n"),
        startTime: timeOf(rows("DATE_MEA")[0] ?? ""),
        realSec,
        liveSec,
        energy: energyOf(numbers("MCA_CAL", 1)) ?? energyOf(numbers("ENER_FIT", 0)),
      }),
    );
  }
  return { items, problems: problems.list(), consumed: bytes.length };
}

function readData(
  section: { readonly line: number; readonly lines: readonly TextLine[] } | undefined,
  problems: ProblemList,
): { counts: Int32Array; firstChannel: number } | null {
  const [head, ...lines] = section?.lines ?? [];
  const [first = null, last = null] = (head?.text ?? "").trim().split(/\s+/).map(number);
  const sane = Number.isInteger(first) && Number.isInteger(last) && first! >= 0 && last! >= first!;
  if (!section || !sane || last! - first! >= MAX_CHANNELS) {
    problems.error("spe.data", "$DATA: must give the first and the last channel and then counts.", {
      line: section?.line ?? 1,
    });
    return null;
  }
  const counts = new Int32Array(last! - first! + 1);
  let at = 0;
  for (const { text, number: line } of lines)
    for (const token of text.trim().split(/\s+/)) {
      const value = countOf(token);
      if (value === null || at >= counts.length) {
        problems.error(
          "spe.count",
          value === null
            ? `Channel ${first! + at} holds "${token.slice(0, 20)}", which is no count.`
            : `$DATA: holds more than ${counts.length} counts.`,
          { line },
        );
        if (at >= counts.length) return { counts, firstChannel: first! };
        at++;
        continue;
      }
      counts[at++] = value;
    }
  if (at < counts.length)
    problems.warning("spe.short", `$DATA: holds ${at} of ${counts.length} counts; the others count as 0.`, {
      line: section.line,
    });
  return { counts, firstChannel: first! };
}

/** Coefficients that rise with channel; null for the zeros that an uncalibrated instrument writes. */
function energyOf(coefficients: readonly (number | null)[]): readonly number[] | null {
  const end = coefficients.indexOf(null);
  const values = (end < 0 ? coefficients : coefficients.slice(0, end)) as number[];
  return values.length >= 2 && values[1]! > 0 ? values : null;
}

/** "08/16/2018 13:04:05", the month first. */
function timeOf(text: string): number | null {
  const m = /^(\d{1,2})\/(\d{1,2})\/(\d{4})\s+(\d{1,2}):(\d\d):(\d\d(?:\.\d+)?)/.exec(text);
  if (!m) return null;
  const [month, day, year, hour, minute, second] = m.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
    ? Date.UTC(year, month - 1, day, hour, minute) / 1000 + second
    : null;
}
