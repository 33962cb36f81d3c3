/**
 * Results of a proficiency test as an analyst writes them: a line for each nuclide with reference and reported activity, each with its standard uncertainty;
 * a dash for what is not there.
 *
 *     Cs-137  10.0 0.2   10.4 0.3
 *     Co-60   -    -      1.2 0.1
 */
import type { ProficiencyEntry } from "@harken/api";

export type Results = Pick<ProficiencyEntry, "reference" | "reported">;

/** Or what is wrong with a line. */
export function readResults(text: string): Results | string {
  const reference: ProficiencyEntry["reference"] = [];
  const reported: ProficiencyEntry["reported"] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const wrong = (what: string) => `line ${at + 1}: ${what}`;
    const [nuclide, ...cells] = line.trim().split(/[\s,;]+/);
    if (cells.length !== 4) return wrong("a nuclide and four numbers are wanted");
    if (reference.concat(reported).some((one) => one.nuclide === nuclide)) return wrong(`${nuclide} stands twice`);
    for (const [list, value, error] of [
      [reference, cells[0]!, cells[1]!],
      [reported, cells[2]!, cells[3]!],
    ] as const) {
      if (value === "-") continue;
      const [activityBq, errorBq] = [Number(value), Number(error)];
      if (!(activityBq >= 0 && errorBq >= 0)) return wrong(`${value} ${error} is no activity with its uncertainty`);
      list.push({ nuclide: nuclide!, activityBq, errorBq });
    }
  }
  return reference.length === 0 ? "no reference value is given" : { reference, reported };
}
