/** Every error of the certificate authority that a person can meet. */
import { defineErrors } from "@harken/core";

export const authorityErrors = defineErrors({
  NO_AUTHORITY: {
    say: "{folder} holds no certificate authority: {reason}.",
    advise: "`harken authority create NAME --folder FOLDER` makes one.",
    http: 404,
    exit: 2,
  },
  AUTHORITY_EXISTS: {
    say: "{folder} holds a certificate authority already.",
    advise: "Name another folder; the old authority's certificates would not be believed under a new key.",
    http: 409,
    exit: 2,
  },
  WRONG_PASSPHRASE: {
    say: "The authority's key cannot be opened: {reason}.",
    advise: "Give the file of its passphrase with --passphrase-file.",
    http: 403,
    exit: 2,
  },
  BAD_HOLDER: {
    say: "No certificate can be made for {name}: {reason}.",
    advise: "Correct it and ask again.",
    http: 400,
    exit: 2,
  },
  NO_CERTIFICATE: {
    say: "There is no certificate {serial} that is valid.",
    advise: "`harken authority list` shows them; the first letters of a serial number are enough.",
    http: 404,
    exit: 2,
  },
  NOT_BELIEVED: {
    say: "The message is not believed: {reason}.",
    advise: "Nothing was done. Ask its sender by another way.",
    http: 403,
    exit: 3,
  },
});
