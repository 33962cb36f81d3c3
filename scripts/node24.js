// The one place that finds the pinned Node. The sources are TypeScript run directly, which needs Node 24;
// npm installs that runtime as an optional dependency, so a machine with an older Node still works.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const PINNED_MAJOR = 24;

/** Path of the newest usable Node: this one when it is new enough, else the one that npm installed. */
export function findNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= PINNED_MAJOR) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/node`);
  } catch (cause) {
    throw new Error(
      `Harken needs Node ${PINNED_MAJOR} or newer; this is ${process.version} and npm has not installed ${name}. ` +
        `Run "npm ci" again, or install Node ${PINNED_MAJOR} yourself.`,
      { cause },
    );
  }
}

/** Runs a TypeScript file with the pinned Node, passing signals on, and exits with its status. */
export function runWithNode24(file, args) {
  const child = spawn(findNode(), ["--disable-warning=ExperimentalWarning", file, ...args], {
    // The channel tells the program when this process is gone, so that a server does not outlive its command unseen.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
  child.on("error", (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
}
