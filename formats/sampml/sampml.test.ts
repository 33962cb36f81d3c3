import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { defaultLimits, epoch } from "@harken/core";
import { fuzzDecoder, referenceTest } from "@harken/testing";
import { decodeSampMl, looksLikeSampMl } from "./decode.ts";

const folder = "radionuclide/usp74";

interface Json {
  readonly counts: readonly number[];
  readonly calibrations: readonly { readonly coeffs: readonly number[] }[];
  readonly peaks: readonly { readonly peakID: string; readonly Energy: string; readonly Area: string }[];
  readonly lines: readonly { readonly Name: string; readonly Activity?: string }[];
  readonly nuclides: readonly { readonly name: string; readonly mda: readonly number[]; readonly identified: string }[];
}

referenceTest(
  "a real IDC sample: counts, calibrations, peaks, lines and nuclides as another reader of the same file stored them",
  [`${folder}/sampml-full-967273.xml`, `${folder}/usp74_967273.json`],
  (_t, [xml, json]) => {
    const bytes = readFileSync(xml!);
    assert.ok(looksLikeSampMl(bytes));
    const { items, problems } = decodeSampMl(bytes);
    assert.deepEqual(problems, []);
    const stored = JSON.parse(readFileSync(json!, "utf8")) as Json;
    const [sample] = items;
    const [spectrum] = sample!.spectra;
    const { data, calibration } = spectrum!;
    assert.equal(sample!.sampleId, "74200812230011");
    assert.deepEqual([...data.gammaSpectrum!.counts], stored.counts);
    assert.deepEqual([data.station, data.detector, data.system, data.qualifier], ["USP74", "USP74_001", "P", "FULL"]);
    assert.equal(data.collection!.airVolumeM3, 23_866.640625);
    assert.equal(data.collection!.startTime, epoch(2008, 12, 23, 0, 4, 48));
    assert.deepEqual([data.acquisition!.realSec, data.acquisition!.liveSec], [84_305, 84_162]);
    assert.deepEqual(calibration.energy, stored.calibrations[0]!.coeffs);
    assert.deepEqual(calibration.resolution, { form: "root", coefficients: stored.calibrations[1]!.coeffs });
    assert.equal(calibration.efficiency!.referenceKeV, 947.795043945);
    assert.equal(calibration.efficiency!.coefficients.length, 6);
    const [analysis] = sample!.analyses;
    assert.equal(analysis!.category.automatic, 1);
    assert.deepEqual(
      analysis!.peaks.map((p) => [p.id, p.energyKeV, p.area.value]),
      stored.peaks.map((p) => [p.peakID, Number.parseFloat(p.Energy), Number.parseFloat(p.Area)]),
    );
    assert.equal(analysis!.lines.length, stored.lines.length);
    assert.equal(
      analysis!.lines.filter(({ concentration }) => concentration).length,
      stored.lines.filter(({ Activity }) => Activity).length,
    );
    assert.deepEqual(
      analysis!.nuclides.map((n) => [n.name, n.mdc, n.identified]),
      stored.nuclides.map((n) => [n.name, n.mda[0], n.identified === "1"]),
    );
    assert.equal(analysis!.nuclides.find(({ name }) => name === "PB-212F")!.halfLifeSec, 10.64 * 3600);
    assert.equal(analysis!.parameters["EnergyTolerance"], "0.40000000596");
    const flag = analysis!.flags.find(({ name }) => name === "Ba140MDC")!;
    assert.deepEqual([flag.pass, flag.value, flag.test], [true, 20.7593021393, "lower than 30"]);
    assert.equal(analysis!.flags.length, 11);
  },
);

const document = (data: string, extra = "") => `<?xml version="1.0" encoding="ISO-8859-1"?>
<SampML xmlns="http://www.ctbto.org/SAMPML/0.5"><SampleInformation UUID="01">
<StationInformation><StationCode>XXP01</StationCode></StationInformation>
<DetectorInformation><DetectorCode>XXP01_001</DetectorCode></DetectorInformation><SampleType>PARTICULATE</SampleType>
<MeasuredInformation><Spectrum id="s" calibrationIDs="e r f"><Geometry>M4</Geometry><Quantity unit="m3">20000</Quantity>
<CollectionStart>2020-01-01T00:00:00</CollectionStart><CollectionStop>2020-01-02T00:00:00</CollectionStop>
<AcquisitionStart>2020-01-03T00:00:00</AcquisitionStart><RealAcquisitionTime>PT23H10S</RealAcquisitionTime>
<LiveAcquisitionTime>PT82000.5S</LiveAcquisitionTime><MeasurementType>S</MeasurementType><SpectrumType>PREL</SpectrumType>
<Data gammaEnergySpan="2700">${data}</Data></Spectrum></MeasuredInformation>
<Analyses><Analysis id="a" spectrumIDs="s"><Software><Name>x</Name></Software>${extra}</Analysis></Analyses>
<CalibrationInformation><Calibration Type="EnergyToChannels" ID="e"><Equation Form="E"><Coefficients>0 0.5</Coefficients></Equation></Calibration>
<Calibration Type="ResolutionToEnergy" ID="r"><Equation Form="FWHM(E)= SQRT(Term0 + Term1*E)"><Coefficients>1 0.002</Coefficients></Equation></Calibration>
</CalibrationInformation></SampleInformation></SampML>`;
const utf8 = new TextEncoder();
const decode = (text: string) => decodeSampMl(utf8.encode(text));
const codes = (text: string) => decode(text).problems.map(({ code }) => code);

test("durations, another form of resolution, and a spectrum without efficiency", () => {
  const { items, problems } = decode(document("1 2 3"));
  assert.deepEqual(problems, []);
  const { data, calibration } = items[0]!.spectra[0]!;
  assert.deepEqual(data.acquisition, { startTime: epoch(2020, 1, 3), realSec: 82_810, liveSec: 82_000.5 });
  assert.deepEqual(calibration, {
    energy: [0, 0.5],
    resolution: { form: "squares", coefficients: [1, 0.002] },
    efficiency: null,
  });
});

test("each fault is named, and the rest is kept", () => {
  assert.deepEqual(codes("<other/>"), ["sampml.none"]);
  assert.deepEqual(codes(document("1 x 3")), ["sampml.spectrum", "sampml.no-spectrum"]);
  assert.deepEqual(codes(document("")), ["sampml.spectrum", "sampml.no-spectrum"]);
  assert.deepEqual(codes(document("1 2").replace(">S<", ">?<")), ["sampml.measurement-type"]);
  assert.deepEqual(codes(document("1 2").replace("PARTICULATE", "STONE")), ["sampml.sample-type"]);
  assert.deepEqual(codes(document("1 2").replace("0 0.5", "none")), ["sampml.calibration"]);
  const peak = '<PeakResults><PeakResult peakID="1"><Energy>10</Energy></PeakResult></PeakResults>';
  assert.deepEqual(codes(document("1 2", peak)), ["sampml.row"]);
  assert.deepEqual(codes(document("1 2").replace("PT23H10S", "PT")), ["phd.no-acquisition"]);
});

const rich = `<IdedNuclides><Nuclide quantifiable="true" reportMDA="true"><Name>BE-7</Name><HalfLife>53.29 D</HalfLife>
<Concentration>5</Concentration><MDA>1 0</MDA></Nuclide></IdedNuclides><Flags><DataQualityFlags><Ba140MDC><Value>2</Value>
<Pass>1</Pass></Ba140MDC></DataQualityFlags></Flags><Parameters><UpdateParameters><ZeroShift>0.5</ZeroShift></UpdateParameters></Parameters>`;
fuzzDecoder(
  "decodeSampMl",
  (bytes) => decodeSampMl(bytes, { ...defaultLimits, maxItems: 1000 }),
  [utf8.encode(document("1 2 3 4 5", rich))],
  ({ items }) => {
    for (const { spectra } of items)
      for (const { data } of spectra) assert.ok(data.gammaSpectrum!.counts.length <= 65_536);
  },
);
