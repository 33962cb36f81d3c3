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
    advise: "It may have been withdrawn; ask /api/v1/bulletins/:list/events for the list.",
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
  NOT_REVIEWED: {
    say: "Analysts do not edit the list {list}.",
    advise: "Edit {reviewed}: open an interval of it, and the automatic events are taken into it.",
    http: 409,
    exit: 2,
  },
  OVERLAP: {
    say: "The interval overlaps {other}, which {analyst} has opened.",
    advise: "Open that interval, or one beside it.",
    http: 409,
    exit: 2,
  },
  NOT_OPEN: {
    say: "No interval that begins at {from} was opened.",
    advise: "Open it first.",
    http: 409,
    exit: 2,
  },
  EVENT_CHANGED: {
    say: "The event {key} has changed meanwhile: {analyst}, {detail}.",
    advise: "Look at it as it is now and do your edit again if it is still wanted; nothing of either was lost.",
    http: 409,
    exit: 4,
  },
  NO_ARRIVAL: {
    say: "There is no arrival {key}.",
    advise: "Ask /api/v1/arrivals for the arrivals of a time.",
    http: 404,
    exit: 2,
  },
  NOT_IN_EVENT: {
    say: "The event does not hold the arrival {key}.",
    advise: "Associate it first.",
    http: 409,
    exit: 2,
  },
  ARRIVAL_TAKEN: {
    say: "The arrival {arrival} belongs to the event {event}.",
    advise: "Take it out of that event first, or associate it there.",
    http: 409,
    exit: 2,
  },
  CANNOT_LOCATE: {
    say: "The event {key} could not be located that way: {reason}.",
    advise: "Add arrivals, let more of them define, or hold the depth; or reject the event.",
    http: 422,
    exit: 3,
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
