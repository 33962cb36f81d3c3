/** Every error of acquisition and of a station that a person can meet. */
import { defineErrors } from "@harken/core";

export const acquisitionErrors = defineErrors({
  BAD_SETTINGS: {
    say: "{file} is no configuration: {reason}.",
    advise: "Correct it; docs/acquisition.md lists what may stand in it.",
    http: 400,
    exit: 2,
  },
  BAD_KEY: {
    say: "Key {keyId} in {file} cannot be used: {reason}.",
    advise: "Give a PEM file of an Ed25519, ECDSA P-256 or DSA-1024 key; `harken keys` makes one.",
    http: 400,
    exit: 2,
  },
  PORT_IN_USE: {
    say: "Something listens at {host} port {port} already, or may not be listened at: {reason}.",
    advise: "Stop it, or name another port in the configuration.",
    http: 503,
    exit: 4,
  },
});
