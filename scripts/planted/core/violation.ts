// Breaks the package rules on purpose; nothing imports it. The boundary check must report it (see scripts/checks.ts).
import { readFileSync } from "node:fs";
import { decoded } from "../formats/decoded.ts";

export const broken = [readFileSync, decoded];
