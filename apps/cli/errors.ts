/** Every error a person can meet at the command line: what it says, what to do, and the exit status. */
import { defineErrors } from "@harken/core";

export const cliErrors = defineErrors({
  NOT_FOUND: {
    say: "There is no file or folder {path}.",
    advise: "Check the spelling, or give another path.",
    http: 404,
    exit: 2,
  },
  NOTHING_TO_READ: {
    say: "No file was found under {path}.",
    advise: "Name a file, or a folder that holds waveform files.",
    http: 400,
    exit: 2,
  },
  FETCH_WHAT: {
    say: "What is to be fetched is not said: {missing}.",
    advise:
      "For example: harken process --fdsn https://service.iris.edu --channels 'IU.ANMO.00.BH?' --from 2026-11-25T00:00 --to 2026-11-25T01:00",
    http: 400,
    exit: 2,
  },
  NO_WAVEFORMS: {
    say: "None of the files read ({count}) holds a waveform.",
    advise: "Run `harken inspect FILE` on one of them to see what it is.",
    http: 422,
    exit: 3,
  },
  NOTHING_IN_WINDOW: {
    say: "No waveform lies between --from and --to.",
    advise: "Run `harken inspect FILE` to see the times of the data.",
    http: 422,
    exit: 3,
  },
  NO_STATION: {
    say: "No coordinates were found for any of the stations ({stations}).",
    advise: "Name a StationXML, CSS3.0 site table, SACPZ or IMS STATION file with --metadata.",
    http: 422,
    exit: 3,
  },
  NO_BULLETIN: {
    say: "{path} holds no arrivals{reason}.",
    advise: "Give CSS3.0 tables (arrival, assoc, site) an IMS1.0/ISF bulletin, or SEISAN's S-files and STATION0.HYP.",
    http: 422,
    exit: 3,
  },
  NO_EVENTS: {
    say: "{path} holds no events{reason}.",
    advise: "Give a bulletin: IMS1.0/ISF, QuakeML, SEISAN, or a folder of CSS3.0 tables with origin and event.",
    http: 422,
    exit: 3,
  },
  NO_TEMPLATE: {
    say: "No event of the bulletin made a template. {reason}",
    advise: "Add the waveforms of the bulletin's events to the data, or choose another band with --band.",
    http: 422,
    exit: 3,
  },
  BAD_PRIORS: {
    say: "{path} holds no priors of the Bayesian associator: {reason}.",
    advise: "Make them with `harken learn BULLETIN --out FILE`.",
    http: 422,
    exit: 3,
  },
  BAD_OPTION: { say: "{option} cannot be {value}.", advise: "{advice}", http: 400, exit: 2 },
  KEPT_OTHER: {
    say: "{path} does not hold results of this evaluation: {reason}.",
    advise: "Name another file with --keep, or repeat the options (and the version) that it was begun with.",
    http: 409,
    exit: 2,
  },
  NOT_WRITABLE: {
    say: "{path} could not be written: {reason}.",
    advise: "Choose another place to write to.",
    http: 500,
    exit: 4,
  },
  CANNOT_CONVERT: { say: "{from} cannot be written as {to}.", advise: "{advice}", http: 422, exit: 3 },
  CANNOT_LOCATE: {
    say: "{what} could not be located: {reason}.",
    advise: "Add arrivals, or fix the depth with --depth.",
    http: 422,
    exit: 3,
  },
  NO_SPECTRUM: {
    say: "{path} holds no spectrum{reason}",
    advise:
      "Give a PHD message (DATA_TYPE SAMPLEPHD and its like), a SAMPML or N42 document, an SPE file or columns of counts.",
    http: 422,
    exit: 3,
  },
  NO_FIELD: {
    say: "{path} holds no source-receptor field: {reason}.",
    advise: "Give files in the CTBTO's SRS format, plain or gzip.",
    http: 422,
    exit: 3,
  },
  FIELDS_DIFFER: {
    say: "The fields cannot be used together: {reason}.",
    advise:
      "Give fields of one grid and one length of step, or make them again with the same --grid and --output-hours.",
    http: 422,
    exit: 3,
  },
  SAMPLE_WITHOUT_FIELD: {
    say: "None of the fields is of the sample {sample} ({count} samples lack one).",
    advise: "Give a field for every line of the table; station and end of sampling must agree to the hour.",
    http: 422,
    exit: 3,
  },
  CANNOT_ANALYSE: {
    say: "None of the spectra ({count}) could be analysed: {reason}.",
    advise: "Look at the problems listed above; a sample needs times, a spectrum and its calibrations.",
    http: 422,
    exit: 3,
  },
});
