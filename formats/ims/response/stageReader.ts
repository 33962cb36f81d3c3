/** Stages between two CAL2 lines: a line of parameters, then lines of numbers, as many as the parameters announce. */
import type { Complex, ProblemList, ResponseStage, ResponseUnit } from "@harken/core";
import { number } from "../../numbers.ts";
import { genericStage } from "./genericStage.ts";
import { parseStage, type StageHeader } from "./stageLine.ts";

interface Block {
  readonly header: StageHeader;
  readonly numbers: readonly number[];
}

/** More numbers than any stage has. */
const MAX_NUMBERS = 100_000;
const MAX_STAGES = 100;

export class StageReader {
  readonly #problems: ProblemList;
  readonly #blocks: Block[] = [];
  #header: StageHeader | null = null;
  #numbers: number[] = [];
  #line = 0;
  /** Rate of the samples that leave the last stage, Hz. */
  #rate: number;
  #unit: ResponseUnit = "nm";

  constructor(sampleRateHz: number | null, problems: ProblemList) {
    this.#rate = sampleRateHz ?? 0;
    this.#problems = problems;
  }

  static reads(keyword: string): boolean {
    return /^(?:PAZ2|FAP2|GEN2|DIG2|FIR2)$/.test(keyword);
  }

  /** `keyword` is null for a line of numbers or a comment. */
  read(keyword: string | null, text: string, line: number): void {
    if (keyword) {
      this.#close();
      this.#header = parseStage(keyword, text);
      this.#numbers = [];
      this.#line = line;
      if (!this.#header) this.#problems.error("ims.bad-stage", `The ${keyword} line cannot be read.`, { line });
      return;
    }
    if (!this.#header || /^\s*\(/.test(text)) return;
    const room = Math.min(this.#header.numberCount, MAX_NUMBERS) - this.#numbers.length;
    for (const word of text.trim().split(/\s+/, Math.max(0, room))) {
      const value = number(word);
      if (value !== null) this.#numbers.push(value);
      else if (word !== "") {
        this.#problems.error("ims.bad-stage-number", `"${word.slice(0, 30)}" is no number.`, { line });
        this.#header = null;
        return;
      }
    }
  }

  /** Stages in the order of their numbers. */
  finish(): readonly ResponseStage[] {
    this.#close();
    const ordered = this.#blocks.toSorted((a, b) => a.header.number - b.header.number);
    return ordered.map((block) => {
      const stage = this.#build(block);
      this.#unit = stage.outputUnit;
      return stage;
    });
  }

  #close(): void {
    const header = this.#header;
    this.#header = null;
    if (!header || this.#blocks.length >= MAX_STAGES) return;
    if (this.#numbers.length < header.numberCount) {
      const message = `Stage ${header.number} announces ${header.numberCount} numbers and has ${this.#numbers.length}; it was left out.`;
      this.#problems.error("ims.short-stage", message, { line: this.#line });
      return;
    }
    this.#blocks.push({ header, numbers: this.#numbers });
  }

  #build({ header, numbers }: Block): ResponseStage {
    const inputUnit = this.#unit;
    const { outputUnit } = header;
    const ends = { inputUnit, outputUnit };
    switch (header.kind) {
      case "PAZ2": {
        const roots = pairs(numbers);
        const shared = { kind: "paz", ...ends, gain: header.scale, normalization: 1, gainFrequencyHz: 0 } as const;
        const split = { poles: roots.slice(0, header.poleCount), zeros: roots.slice(header.poleCount) };
        if (header.decimation === 0) return { ...shared, domain: "laplace", ...split };
        if (this.#rate <= 0) return { kind: "gain", ...ends, gain: header.scale };
        const sampleRateHz = this.#rate;
        this.#rate /= header.decimation;
        return { ...shared, domain: "z", ...split, sampleRateHz };
      }
      case "FAP2": {
        const rows = triples(numbers).sort(([a], [b]) => a - b);
        const [frequenciesHz, amplitudes, phasesDeg] = [0, 1, 2].map((i) => rows.map((row) => row[i]!));
        return {
          ...{ kind: "fap", ...ends, gain: 1, gainFrequencyHz: 0 },
          frequenciesHz: frequenciesHz!,
          amplitudes: amplitudes!,
          phasesDeg: phasesDeg!,
        };
      }
      case "GEN2":
        return genericStage(header, pairs(numbers), ends);
      case "DIG2":
        if (header.sampleRateHz > 0) this.#rate = header.sampleRateHz;
        return { kind: "gain", ...ends, gain: header.scale };
      case "FIR2": {
        const { symmetry, correctionSec, scale } = header;
        const mirrored = symmetry === "C" ? numbers : symmetry === "B" ? numbers.slice(0, -1) : [];
        const decimation = Math.max(1, header.decimation);
        const inputRateHz = this.#rate;
        this.#rate /= decimation;
        const coefficients = [...numbers, ...mirrored.toReversed()];
        if (inputRateHz <= 0 || coefficients.length === 0) return { kind: "gain", ...ends, gain: scale };
        return { kind: "fir", ...ends, coefficients, inputRateHz, decimation, correctionSec, gain: scale };
      }
    }
  }
}

function pairs(values: readonly number[]): Complex[] {
  return Array.from({ length: values.length >> 1 }, (_, i) => ({ re: values[2 * i]!, im: values[2 * i + 1]! }));
}

function triples(values: readonly number[]): [number, number, number][] {
  const count = Math.floor(values.length / 3);
  return Array.from({ length: count }, (_, i) => [values[3 * i]!, values[3 * i + 1]!, values[3 * i + 2]!]);
}
