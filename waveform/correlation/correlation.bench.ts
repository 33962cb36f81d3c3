/** Repeats looked for in an hour of an array of nine elements at 20 Hz: reading to detections, of ten templates and of one. Synthesised input. */
import { detectRepeats } from "./detect.ts";
import { regionalRepeats } from "./settings.ts";
import { makeTemplate, type Template } from "./template.ts";
import { RATE_HZ, recordings, testArray, testOrigin } from "./testArray.ts";
import { openTraces } from "./traces.ts";

const START = 1_000_000_000;
const HOURS = 1;
const station = testArray();
const pulses = Array.from({ length: 10 }, (_, i) => {
  return { atSec: 300 * (i + 1), size: 3, shape: i + 1, northSecPerKm: 0.08, eastSecPerKm: 0.05 };
});
const segments = recordings(station, 3600 * HOURS, pulses, START);
const prepared = openTraces(station, segments, regionalRepeats);
const templates = pulses.flatMap(({ atSec }, i): Template[] => {
  const onset = { phase: "P", time: START + atSec, predicted: false };
  const made = makeTemplate({ key: `M${i}`, origin: testOrigin(START + i) }, onset, prepared, regionalRepeats);
  return made.ok ? [made.template] : [];
});

const row = (count: number) => ({
  name: `repeats of ${count} template${count > 1 ? "s" : ""} of ${regionalRepeats.lengthSec} s, ${station.sites.length} elements, ${HOURS} h at ${RATE_HZ} Hz, filtered and searched`,
  unit: "template-hours",
  amount: count * HOURS,
  run: () => {
    const traces = openTraces(station, segments, regionalRepeats);
    detectRepeats(templates.slice(0, count), traces, regionalRepeats.falseEventsPerDay, regionalRepeats);
  },
});

export const benchmarks = [row(10), row(1)];
