import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { defaultLimits } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { decodeSpectrumColumns } from "./decodeColumns.ts";
import { decodeN42, looksLikeN42 } from "./decodeN42.ts";
import { decodeSpe, looksLikeSpe } from "./decodeSpe.ts";

const utf8 = new TextEncoder();
const sum = (counts: Int32Array) => counts.reduce((total, n) => total + n, 0);

referenceTest(
  "columns of five real spectra: total and highest count as their reports state",
  ["radionuclide/certified-sources"],
  (_t, [path]) => {
    for (const name of ["Ba133_point", "Eu152_point", "Na22_point", "background", "example_sample"]) {
      const report = readFileSync(join(path!, `${name}.mcd`), "latin1");
      const stated = (label: string) => Number(new RegExp(`^${label}: *(\\d+)`, "m").exec(report)![1]);
      const { items, problems } = decodeSpectrumColumns(readFileSync(join(path!, `${name}.txt`)));
      const { counts, firstChannel } = items[0]!.data.gammaSpectrum!;
      assert.deepEqual(problems, [], name);
      assert.deepEqual([counts.length, firstChannel], [8192, 0], name);
      assert.equal(sum(counts), stated("TOTALSUM"), name);
      assert.equal(Math.max(...counts), stated("MAXVAL"), name);
    }
  },
);

test("columns: counts alone, energies, a head, times in the first two channels", () => {
  const of = (text: string, timesFirst = false) =>
    decodeSpectrumColumns(utf8.encode(text), defaultLimits, { timesFirst });
  const plain = of("1000\n990\n5\n7\n9\n", true).items[0]!.data;
  assert.deepEqual([plain.acquisition?.realSec, plain.acquisition?.liveSec], [1000, 990]);
  assert.deepEqual([...plain.gammaSpectrum!.counts], [0, 0, 5, 7, 9]);
  const energies = of("Energy (keV); counts\n10.5;3\n11.0;4\n11.5;8\n").items[0]!;
  assert.deepEqual(energies.calibration.energy, [10.5, 0.5]);
  assert.equal(energies.data.comment, "Energy (keV); counts");
  const channels = of("1,3\n2,4\n3,8\n").items[0]!;
  assert.deepEqual([channels.data.gammaSpectrum!.firstChannel, channels.calibration.energy], [1, null]);
  const broken = of("1 3\n2 -4\nx\n3 5\n4 6\n");
  assert.deepEqual(
    broken.problems.map(({ code, line }) => [code, line]),
    [
      ["columns.count", 2],
      ["columns.row", 3],
    ],
  );
  assert.deepEqual([...broken.items[0]!.data.gammaSpectrum!.counts], [3, 0, 5, 6], "a bad count keeps its place");
  assert.deepEqual(
    of("words only").problems.map(({ code }) => code),
    ["columns.none"],
  );
});

const spe = `$SPEC_ID:
Filter 17
$SPEC_REM:
DET# 1
$DATE_MEA:
08/16/2018 13:04:05
$MEAS_TIM:
615 631
$DATA:
0 7
       0
       3
       12
       40
       13
       2
       1
       0
$ENER_FIT:
0.5 0.35
$MCA_CAL:
3
-0.25 3.5E-1 1E-8 keV
$ENDRECORD:
`;

test("SPE: times, counts, and the polynomial of MCA_CAL before the line of ENER_FIT", () => {
  const { items, problems } = decodeSpe(utf8.encode(spe));
  assert.deepEqual(problems, []);
  const { data, calibration } = items[0]!;
  assert.deepEqual([...data.gammaSpectrum!.counts], [0, 3, 12, 40, 13, 2, 1, 0]);
  assert.deepEqual(data.acquisition, { startTime: Date.UTC(2018, 7, 16, 13, 4, 5) / 1000, realSec: 631, liveSec: 615 });
  assert.deepEqual(calibration.energy, [-0.25, 0.35, 1e-8]);
  assert.equal(data.comment, "Filter 17");
  assert.deepEqual(decodeSpe(utf8.encode(spe.replace(/\$MCA_CAL[^$]*/, ""))).items[0]!.calibration.energy, [0.5, 0.35]);
  assert.ok(looksLikeSpe(utf8.encode(spe)) && !looksLikeSpe(utf8.encode("BEGIN IMS2.0\n")));
});

test("SPE: faults by line", () => {
  const problems = (text: string) => decodeSpe(utf8.encode(text)).problems.map(({ code, line }) => [code, line]);
  assert.deepEqual(problems(spe.replace("0 7", "0 999999999")), [["spe.data", 9]]);
  assert.deepEqual(problems(spe.replace("      40", "      -40")), [["spe.count", 14]]);
  assert.deepEqual(problems(spe.replace("0 7", "0 9")), [["spe.short", 9]]);
  assert.deepEqual(problems(spe.replace("0 7", "0 6")), [["spe.count", 18]]);
  assert.deepEqual(problems(spe.replace("615 631", "long")), [["spe.time", undefined]]);
});

const current = `<?xml version="1.0"?>
<RadInstrumentData xmlns="http://physics.nist.gov/N42/2011/N42">
  <EnergyCalibration id="e1"><CoefficientValues>-0.5 0.4 0</CoefficientValues></EnergyCalibration>
  <FWHMCalibration id="f1"><EnergyValues>100 1000</EnergyValues><FWHMValues>1.0 1.8</FWHMValues></FWHMCalibration>
  <FullEnergyPeakEfficiencyCalibration id="p1">
    <EnergyValues>100 1000</EnergyValues><EfficiencyValues>0.1 0.02</EfficiencyValues>
    <EfficiencyUncertaintyValues>0.003 0.0006</EfficiencyUncertaintyValues>
  </FullEnergyPeakEfficiencyCalibration>
  <RadMeasurement id="m1">
    <MeasurementClassCode>Foreground</MeasurementClassCode>
    <StartDateTime>2026-11-24T10:00:00Z</StartDateTime>
    <RealTimeDuration>PT1H0.5S</RealTimeDuration>
    <Spectrum id="s1" energyCalibrationReference="e1" FWHMCalibrationReference="f1" fullEnergyPeakEfficiencyCalibrationReference="p1">
      <LiveTimeDuration>PT3590S</LiveTimeDuration>
      <ChannelData compressionCode="CountedZeroes">0 3 7 12 0 2 1</ChannelData>
    </Spectrum>
  </RadMeasurement>
</RadInstrumentData>`;
const earlier = `<N42InstrumentData xmlns="http://physics.nist.gov/Divisions/Div846/Gp4/ANSIN4242/2005/ANSIN4242">
  <Measurement><Spectrum Type="PHA" ID="a" Detector="Ge1">
    <StartTime>2006-03-01T12:00:00Z</StartTime><RealTime>PT60S</RealTime><LiveTime>PT58.5S</LiveTime>
    <Calibration Type="Energy"><Equation Model="Polynomial"><Coefficients>0 1.5</Coefficients></Equation></Calibration>
    <ChannelData>1 2 3 4</ChannelData>
  </Spectrum></Measurement></N42InstrumentData>`;

test("N42.42 of 2012: calibrations by reference, counted zeros", () => {
  const { items, problems } = decodeN42(utf8.encode(current));
  assert.deepEqual(problems, []);
  const { data, calibration } = items[0]!;
  assert.deepEqual([...data.gammaSpectrum!.counts], [0, 0, 0, 7, 12, 0, 0, 1]);
  assert.deepEqual(calibration.energy, [-0.5, 0.4, 0]);
  assert.deepEqual(data.gammaResolution[1], { energyKeV: 1000, value: 1.8, error: 0 });
  assert.deepEqual(data.gammaEfficiency[0], { energyKeV: 100, value: 0.1, error: 0.003 });
  assert.deepEqual(data.acquisition, { startTime: Date.UTC(2026, 10, 24, 10) / 1000, realSec: 3600.5, liveSec: 3590 });
  assert.ok(
    looksLikeN42(utf8.encode(current)) && looksLikeN42(utf8.encode(earlier)) && !looksLikeN42(utf8.encode(spe)),
  );
});

test("N42.42 of 2006", () => {
  const { items, problems } = decodeN42(utf8.encode(earlier));
  assert.deepEqual(problems, []);
  const { data, calibration } = items[0]!;
  assert.deepEqual([...data.gammaSpectrum!.counts], [1, 2, 3, 4]);
  assert.deepEqual([calibration.energy, data.detector], [[0, 1.5], "Ge1"]);
  assert.equal(data.acquisition!.liveSec, 58.5);
});

test("N42.42: a spectrum that cannot be read is left out with its reason; a run of zeros allots no more than channels may be", () => {
  const codes = (text: string) => decodeN42(utf8.encode(text)).problems.map(({ code }) => code);
  assert.deepEqual(codes(current.replace("7 12", "7 x")), ["n42.channel-data", "n42.no-spectrum"]);
  assert.deepEqual(codes(current.replace("0 3 7", "0 2000000000 7")), ["n42.channel-data", "n42.no-spectrum"]);
  assert.deepEqual(codes(earlier.replace("0 1.5", "0 0")), ["n42.energy"]);
  assert.deepEqual(codes("<a/>"), ["n42.no-spectrum"]);
});

const limits = { ...defaultLimits, maxItems: 1000, maxSamples: 100_000 };
fuzzDecoder("decodeSpe", (bytes) => decodeSpe(bytes, limits), [utf8.encode(spe)]);
fuzzDecoder("decodeN42", (bytes) => decodeN42(bytes, limits), [utf8.encode(current), utf8.encode(earlier)]);
fuzzDecoder("decodeSpectrumColumns", (bytes) => decodeSpectrumColumns(bytes, limits), [
  utf8.encode("a head\n0\t3\n1\t4\n2\t8\n"),
]);
