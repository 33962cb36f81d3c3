// The walls of the house: which package may know about which (see docs/house.md). A rule names a package and what it may import; the
// same rules hold for the planted violation under scripts/planted, so that the check itself is checked.
const packages = {
  core: [],
  signal: ["core"],
  earth: ["core"],
  formats: ["core"],
  waveform: ["core", "signal", "earth"],
  radionuclide: ["core"],
  atmosphere: ["core"],
  treaty: ["core"],
  api: ["core"],
  simulator: ["core", "signal", "earth", "formats", "waveform", "radionuclide", "atmosphere", "treaty"],
  store: ["core", "formats"],
  center: [
    "core",
    "signal",
    "earth",
    "formats",
    "waveform",
    "radionuclide",
    "atmosphere",
    "treaty",
    "simulator",
    "api",
    "store",
  ],
  "apps/cli": [
    "core",
    "signal",
    "earth",
    "formats",
    "waveform",
    "radionuclide",
    "atmosphere",
    "treaty",
    "simulator",
    "api",
    "store",
    "center",
  ],
  "apps/workstation": ["core", "signal", "earth", "formats", "waveform", "radionuclide", "atmosphere", "treaty", "api"],
};
const pure = [
  "core",
  "signal",
  "earth",
  "formats",
  "waveform",
  "radionuclide",
  "atmosphere",
  "treaty",
  "simulator",
  "api",
];
const names = Object.keys(packages);
const any = (list) => `(${list.join("|")})`;
// Tests and benches may use Node, the test helpers, and the packages that read the data which they need.
const sources = "(?<!\\.(test|bench))\\.tsx?$";
const base = "^(?:scripts/planted/)?";

export default {
  forbidden: [
    ...names.map((name) => ({
      name: `${name}-imports-${packages[name].length ? "only-its-row" : "nothing"}`,
      severity: "error",
      from: { path: `${base}${name}/.+${sources}` },
      to: { path: `${base}${any(names.filter((other) => other !== name && !packages[name].includes(other)))}/.+` },
    })),
    {
      name: "pure-imports-no-node",
      severity: "error",
      from: { path: `${base}${any(pure)}/.+${sources}` },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "browser-imports-no-node",
      severity: "error",
      from: { path: `^apps/workstation/.+${sources}`, pathNot: "(vite\\.config|/test(Server|Pages))\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "others-by-the-front-door",
      comment: "Another package is imported by its name, that is by its index.ts.",
      severity: "error",
      from: { path: `^${any(names)}/` },
      to: { path: `^${any(names)}/(?!index\\.ts$).+`, pathNot: "^$1/" },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: { path: sources },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "tests-only-in-tests",
      severity: "error",
      from: { path: `^${any(names)}/.+${sources}` },
      to: { path: "^testing/|\\.test\\.ts$" },
    },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^node:" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.as\\.ts$|/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".js"],
    },
  },
};
