/** Every file of the reference data by the front door: what kind it is, by its name and folder, is what `readFile` must find. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { referenceTest, testScale } from "@harken/testing";
import { readFile } from "./formats.ts";

/** First fit counts; what fits nothing must be claimed by none of these formats. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\/cmar-2005-05-11\/messages\/2005.*\.gz$/, "ims"],
  [/\/formats\/ims\/.*\.response$|\/tmp\.ims$/, "ims"],
  [/\.mseed3$|\/reference-testdata-mstlpack-rollingbuffer/, "miniseed3"],
  [/\.mseed2?$/, "miniseed2"],
  [/\/infrasound-dia-2007\/.*\/NL\..*\.\d{3}$|\/nz-alpine-fault\/WAV\//, "miniseed2"],
  [/\/STATION0\.HYP$/, "seisan-stations"],
  [/\/REA\/TEST_\/.*\.S\d{6}$/, "nordic"],
  [/\.SAC$/, "sac"],
  [/\/cd11\/(?:frames|protocol-vectors)\//, "cd11"],
  [/\/SACPZ\.|\.paz$/, "sacpz"],
  [/\.fap$/, "cssresponse"],
  [/_event\.xml$/, "quakeml"],
  [/\.xml$/, "stationxml"],
  [/\.(?:affiliation|instrument|network|sensor|site|sitechan)$/, "css3.0"],
  [/\/ueb-20100520-css30\/.*\.(?:amplitude|arrival|assoc|event|netmag|origerr|origin|stamag|wfdisc)$/, "css3.0"],
];
/** Records and frames that have no samples, on purpose. */
const NO_SAMPLES = /detectiononly|headeronly|detection\.record|-text\.|protocol-vectors/;
/** Everyday runs take each tenth file of a folder with more than this. */
const MANY = 40;
const EVERY = testScale(1, 10);

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => `${folder}/${name}`);
  const chosen = files.length > MANY ? files.filter((_, i) => i % EVERY === 0) : files;
  return [
    ...chosen,
    ...entries.filter((entry) => entry.isDirectory()).flatMap(({ name }) => filesOf(`${folder}/${name}`)),
  ];
}

const MAX_BYTES = 30_000_000;
const named = new Set(KINDS.map(([, format]) => format));
const folders = ["waveforms", "formats", "parametric/gms-station-ref", "parametric/ueb-20100520-css30"];

referenceTest("every stored file is read as what it is", folders, (_t, paths) => {
  const counts = new Map<string, number>();
  for (const file of paths.flatMap(filesOf)) {
    if (statSync(file).size > MAX_BYTES) continue;
    const stored = readFileSync(file);
    const bytes = file.endsWith(".gz") ? gunzipSync(stored) : stored;
    const expected = KINDS.find(([pattern]) => pattern.test(file))?.[1];
    const { format, segments, channels, sites, bulletin, references, problems } = readFile(
      bytes,
      basename(file).replace(/\.gz$/, ""),
    );
    if (!expected) {
      assert.ok(!named.has(format), `${file} was taken for ${format}`);
      continue;
    }
    assert.equal(format, expected, file);
    counts.set(format, (counts.get(format) ?? 0) + 1);
    // A file of a known format gives something, or says why not.
    const found = segments.length + channels.length + sites.length + references.length + (bulletin ? 1 : 0);
    assert.ok(found > 0 || problems.length > 0 || format === "css3.0" || NO_SAMPLES.test(file), file);
  }
  for (const [, format] of KINDS) assert.ok(counts.get(format), `no file of ${format} was met`);
});
