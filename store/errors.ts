/** Every error of the durable world that a person can meet. */
import { defineErrors } from "@harken/core";

export const storeErrors = defineErrors({
  DATABASE_UNREACHABLE: {
    say: "The database {where} could not be opened: {reason}.",
    advise:
      "Check DATABASE_URL, that PostgreSQL runs, and that the user may create tables; or unset it for the embedded database.",
    http: 503,
    exit: 4,
  },
  DATABASE_TOO_NEW: {
    say: "The database was made by a newer Harken ({reason}).",
    advise: "Use that version of Harken, or start with another data folder.",
    http: 503,
    exit: 4,
  },
  FOLDER_IN_USE: {
    say: "The data folder {folder} is in use by another centre.",
    advise: "Stop the other one, or name another folder with --data.",
    http: 503,
    exit: 4,
  },
  FENCED: {
    say: "Worker {worker} lost its claim on {stage} {name} from {start}; its rows were not kept.",
    advise: "Nothing to do: another worker has taken the interval over.",
    http: 409,
    exit: 4,
  },
  ARCHIVE_DAMAGED: {
    say: "The archive file {file} does not hold what the index says at byte {offset}: {reason}.",
    advise: "Restore the file from a copy, or delete its index rows and let the data be acquired again.",
    http: 500,
    exit: 4,
  },
  RESTORE_REFUSED: {
    say: "The backup cannot be restored: {reason}.",
    advise: "Name a new folder and an empty database, and a backup that is whole.",
    http: 409,
    exit: 4,
  },
});
