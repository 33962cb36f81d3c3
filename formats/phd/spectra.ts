/** Spectra and histograms in a PHD message, read and written. Counts are non-negative integers below 2^31. */
import type { CoincidenceHistogram, ProblemList, PulseHeightSpectrum } from "@harken/core";
import type { Block, Line } from "./blocks.ts";

/** Far above any detector's; bounds what a header can make us allot. */
const MAX_CHANNELS = 65_536;
const MAX_CELLS = 4_194_304;

const tokensOf = (line: string) => line.trim().split(/\s+/).filter(Boolean);
const isCount = (value: number) => Number.isInteger(value) && value >= 0 && value < 2 ** 31;

/**
 * `channels span`, then lines `first c c c c c`. The base of the first channel differs between systems and is taken from the first line. Channels
 * that the lines do not give are zero, and told.
 */
export function readSpectrum(block: Block, problems: ProblemList): PulseHeightSpectrum | null {
  const complain = (message: string, line: number) =>
    problems.error("phd.spectrum", `#${block.name}: ${message}`, { line });
  const [head, ...lines] = filled(block.lines);
  const [channels = Number.NaN, spanKeV = Number.NaN] = head ? tokensOf(head.text).map(Number) : [];
  if (!Number.isInteger(channels) || channels < 1 || channels > MAX_CHANNELS || !Number.isFinite(spanKeV)) {
    complain("the first line must give the number of channels and the energy span.", head?.number ?? block.line);
    return null;
  }
  const firstChannel = Number(tokensOf(lines[0]?.text ?? "")[0]);
  if (!(firstChannel === 0 || firstChannel === 1)) {
    complain("the first channel must be 0 or 1.", lines[0]?.number ?? block.line);
    return null;
  }
  const counts = new Int32Array(channels);
  const seen = new Uint8Array(channels);
  for (const { text, number } of lines) {
    const [at = Number.NaN, ...values] = tokensOf(text).map(Number);
    for (let i = 0; i < values.length; i++) {
      const index = at - firstChannel + i;
      // MIKS and SAUNA fill the last line up to five counts: zeros beyond the end are padding.
      if (index >= channels && values[i] === 0) continue;
      if (!(index >= 0 && index < channels) || !isCount(values[i]!)) {
        complain(`channel ${at + i} holds ${text.trim().split(/\s+/)[i + 1]}, which is no count.`, number);
        continue;
      }
      counts[index] = values[i]!;
      seen[index] = 1;
    }
  }
  const missing = seen.reduce((n, is) => n + (is ? 0 : 1), 0);
  if (missing > 0)
    problems.warning(
      "phd.spectrum-incomplete",
      `#${block.name}: ${missing} of ${channels} channels are not given; they count as 0.`,
      { line: block.line },
    );
  return { firstChannel, spanKeV, counts };
}

/** `gammaChannels betaChannels gammaSpan betaSpan`, then one row for each gamma channel. */
export function readHistogram(block: Block, problems: ProblemList): CoincidenceHistogram | null {
  const [head, ...lines] = filled(block.lines);
  const [gammaChannels = 0, betaChannels = 0, gammaSpanKeV = Number.NaN, betaSpanKeV = Number.NaN] = head
    ? tokensOf(head.text).map(Number)
    : [];
  const cells = gammaChannels * betaChannels;
  const sane = [gammaChannels, betaChannels].every((n) => Number.isInteger(n) && n > 0) && cells <= MAX_CELLS;
  if (!sane || !Number.isFinite(gammaSpanKeV) || !Number.isFinite(betaSpanKeV)) {
    problems.error(
      "phd.histogram",
      "#Histogram: the first line must give gamma channels, beta channels and both energy spans.",
      { line: head?.number ?? block.line },
    );
    return null;
  }
  const counts = new Int32Array(cells);
  let at = 0;
  for (const { text, number } of lines) {
    for (const token of tokensOf(text)) {
      const value = Number(token);
      if (at >= cells || !isCount(value)) {
        problems.error(
          "phd.histogram",
          at >= cells ? `#Histogram: more than ${cells} counts.` : `#Histogram: ${token.slice(0, 20)} is no count.`,
          { line: number },
        );
        return at >= cells ? { gammaChannels, betaChannels, gammaSpanKeV, betaSpanKeV, counts } : null;
      }
      counts[at++] = value;
    }
  }
  if (at < cells) {
    problems.error("phd.histogram", `#Histogram: ${at} of ${cells} counts are given; it was left out.`, {
      line: block.line,
    });
    return null;
  }
  return { gammaChannels, betaChannels, gammaSpanKeV, betaSpanKeV, counts };
}

const COUNTS_A_LINE = 5;

export function writeSpectrum({ firstChannel, spanKeV, counts }: PulseHeightSpectrum): string[] {
  const lines = [`${counts.length} ${spanKeV}`];
  for (let i = 0; i < counts.length; i += COUNTS_A_LINE) {
    const values = Array.from(counts.subarray(i, i + COUNTS_A_LINE), (n) => String(n).padEnd(10));
    lines.push(`${String(firstChannel + i).padEnd(5)} ${values.join(" ")}`.trimEnd());
  }
  return lines;
}

export function writeHistogram(histogram: CoincidenceHistogram): string[] {
  const { gammaChannels, betaChannels, gammaSpanKeV, betaSpanKeV, counts } = histogram;
  const lines = [`${gammaChannels} ${betaChannels} ${gammaSpanKeV} ${betaSpanKeV}`];
  for (let row = 0; row < gammaChannels; row++)
    lines.push(counts.subarray(row * betaChannels, (row + 1) * betaChannels).join(" "));
  return lines;
}

const filled = (lines: readonly Line[]) => lines.filter(({ text }) => text.trim() !== "");
