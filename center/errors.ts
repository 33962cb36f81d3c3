/** Every error of the centre that a person or a program can meet. */
import { defineErrors } from "@harken/core";

export const centerErrors = defineErrors({
  BAD_OPTION: {
    say: "{option} cannot be {value}: {reason}.",
    advise: "Correct it and start again.",
    http: 400,
    exit: 2,
  },
  FOLDER_NOT_WRITABLE: {
    say: "The data folder {folder} cannot be written: {reason}.",
    advise: "Name another folder with --data, or change its permissions.",
    http: 503,
    exit: 4,
  },
  OTHER_WORLD: {
    say: "The data folder {folder} was filled from another simulated world ({reason}).",
    advise: "Start with the same options as before, or name a new folder with --data.",
    http: 409,
    exit: 2,
  },
  ADDRESS_IN_USE: {
    say: "Something listens at {host} port {port} already.",
    advise: "Stop it, or choose another port with --port (0 takes a free one).",
    http: 503,
    exit: 4,
  },
  BAD_REQUEST: {
    say: "The request is not valid: {reason}.",
    advise: "See /api/v1/openapi.json for what the route takes.",
    http: 400,
    exit: 2,
  },
  NO_ROUTE: {
    say: "There is nothing at {path}.",
    advise: "See /api/v1/openapi.json for the routes.",
    http: 404,
    exit: 2,
  },
  NO_EVENT: {
    say: "There is no event {key}.",
    advise: "It may have been withdrawn; ask /api/v1/bulletins/SEL1/events for the list.",
    http: 404,
    exit: 2,
  },
  NO_CHANNEL: {
    say: "No station has a channel {channel}.",
    advise: "Ask /api/v1/stations for the channels.",
    http: 404,
    exit: 2,
  },
  BAD_WINDOW: {
    say: "The window from {from} to {to} cannot be shown: {reason}.",
    advise: "Ask for a later `to`, or a shorter window.",
    http: 400,
    exit: 2,
  },
  BAD_FILTER: {
    say: "The filter {filter} cannot be used: {reason}.",
    advise: "Write none, or bp:LOW-HIGH with 0 < LOW < HIGH in Hz.",
    http: 400,
    exit: 2,
  },
  FOREIGN_ORIGIN: {
    say: "The page at {origin} may not use this centre.",
    advise: "Open the centre's own page.",
    http: 403,
    exit: 2,
  },
  STOPPING: { say: "The centre is stopping.", advise: "Ask again when it runs.", http: 503, exit: 4 },
  INTERNAL: {
    say: "The centre made a mistake.",
    advise: "Look at the log in the data folder; it has the details.",
    http: 500,
    exit: 70,
  },
});
