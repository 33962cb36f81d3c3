/** Analyses in a thread of their own, so that the page goes on moving: an input in, its analysis out, under the number it came with. */
import { type AnalysisInput, analyse } from "./analysis.ts";

self.onmessage = ({ data: { number, input } }: MessageEvent<{ number: number; input: AnalysisInput }>) => {
  self.postMessage({ number, analysis: analyse(input) });
};
