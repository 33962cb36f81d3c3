/**
 * A client that is not ours, as a process of its own: seisplotjs asks the FDSN services at a port what there is of a station and fetches it; prints what
 * it read as its last line, in JSON. The library is made for pages and defines its elements when it is loaded.
 */
const [port = "0", station = ""] = process.argv.slice(2);
for (const name of ["HTMLElement", "HTMLDivElement"]) Object.assign(globalThis, { [name]: class {} });
Object.assign(globalThis, { customElements: { define: () => undefined, get: () => undefined } });
// Its referrer is no address, which a page's fetch passes over and Node's does not.
const pageFetch = (url: URL, init: RequestInit) => fetch(url, { ...init, referrer: "" });
Object.assign(globalThis, { window: { fetch: pageFetch } });
const { fdsndataselect, fdsnavailability, util } = await import("seisplotjs");

const available = await new fdsnavailability.AvailabilityQuery("127.0.0.1")
  .protocol("http:")
  .port(Number(port))
  .stationCode(station)
  .startTime(util.isoToDateTime("2018-05-15T00:00:00Z"))
  .endTime(util.isoToDateTime("2018-05-17T00:00:00Z"))
  .query();
const asked = new fdsndataselect.DataSelectQuery("127.0.0.1").protocol("http:").port(Number(port));
const seismograms = await asked.postQuerySeismograms(available);
const version = await asked.queryVersion();
process.stdout.write(
  `\n${JSON.stringify({
    version: version.trim(),
    channels: seismograms.map((shown) => ({
      codes: shown.codes(),
      segments: (shown.seismogram?.segments ?? []).map(({ startTime, sampleRate, y }) => ({
        startTime: startTime.toMillis() / 1_000,
        sampleRateHz: sampleRate,
        samples: [...y],
      })),
    })),
  })}\n`,
  // Its timers would keep the process for half a minute.
  () => process.exit(),
);
