import assert from "node:assert/strict";
import { test } from "node:test";
import { createEarthModel } from "@harken/earth";
import { runDprkDemo } from "./demo.ts";
import { dprkMapSvg } from "./map.ts";

const result = runDprkDemo(createEarthModel("iasp91"));
const svg = dprkMapSvg(result);

test("the map is one well-formed SVG document of finite numbers", () => {
  assert.match(svg, /^<svg xmlns='http:\/\/www\.w3\.org\/2000\/svg' viewBox='0 0 (\d+) (\d+)'/);
  assert.doesNotMatch(svg, /NaN|Infinity|undefined|null/);
  const open: string[] = [];
  for (const [tag, closing, name, selfClosing] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g)) {
    if (selfClosing) continue;
    if (closing) assert.equal(open.pop(), name, tag);
    else open.push(name!);
  }
  assert.deepEqual(open, []);
});

test("both panels show six places with ellipses, inside the panel, and every test has a label", () => {
  const frames = [
    ...svg.matchAll(/<clipPath[^>]*><rect x='([\d.]+)' y='([\d.]+)' width='([\d.]+)' height='([\d.]+)'/g),
  ];
  assert.equal(frames.length, 2);
  for (const [, ...numbers] of frames) {
    const [x, y, width, height] = numbers.map(Number) as [number, number, number, number];
    const dots = [...svg.matchAll(/<circle cx='([\d.]+)' cy='([\d.]+)' r='4.5' fill='#\w+' stroke/g)].filter(
      ([, cx, cy]) => Number(cx) > x && Number(cx) < x + width && Number(cy) > y && Number(cy) < y + height,
    );
    assert.equal(dots.length, 6);
  }
  assert.equal(svg.match(/<ellipse /g)!.length, 12);
  for (let i = 1; i <= 6; i++) assert.equal(svg.match(new RegExp(`>test ${i}</text>`, "g"))!.length, 2);
});

test("the scale of the map is that of its bars: the first and second test are as far apart as their places say", () => {
  const bar = Number(/h([\d.]+)v-5'[^>]*\/>\n<text[^>]*>5 km/.exec(svg)![1]) / 5;
  const [a, b] = [...svg.matchAll(/<circle cx='([\d.]+)' cy='([\d.]+)' r='4.5' fill='#\w+' stroke/g)].map(
    ([, x, y]) => [Number(x), Number(y)],
  );
  const drawn = Math.hypot(a![0]! - b![0]!, a![1]! - b![1]!) / bar;
  const [one, two] = result.tests.map(({ origin }) => origin);
  const north = 111.07 * (one!.latitudeDeg - two!.latitudeDeg);
  const east = 111.32 * Math.cos((41.3 * Math.PI) / 180) * (one!.longitudeDeg - two!.longitudeDeg);
  assert.ok(Math.abs(drawn - Math.hypot(north, east)) < 0.02, `${drawn} ${Math.hypot(north, east)}`);
});
