/** The `harken` command: one program, one subcommand for each job. `harken COMMAND --help` explains each. */
import { HarkenError } from "@harken/core";
import { Command, CommanderError } from "commander";
import { acquireCommand } from "./commands/acquire.ts";
import { associateCommand } from "./commands/associate.ts";
import { authorityCommand } from "./commands/authority.ts";
import { compareCommand } from "./commands/compare.ts";
import { convertCommand } from "./commands/convert.ts";
import { correlateCommand } from "./commands/correlate.ts";
import { demoCommand } from "./commands/demo.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { healthCommand } from "./commands/health.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { backupCommand, ledgerCommand, restoreCommand, scrubCommand } from "./commands/keeping.ts";
import { keysCommand } from "./commands/keys.ts";
import { learnCommand } from "./commands/learn.ts";
import { liveCommand } from "./commands/live.ts";
import { locateCommand } from "./commands/locate.ts";
import { peopleCommand } from "./commands/people.ts";
import { processCommand } from "./commands/process.ts";
import { replayCommand } from "./commands/replay.ts";
import { spectrumCommand } from "./commands/spectrum.ts";
import { spotcheckCommand } from "./commands/spotcheck.ts";
import { srsCommand } from "./commands/srs.ts";
import { startCommand } from "./commands/start.ts";
import { stationCommand } from "./commands/station.ts";
import { timetableCommand } from "./commands/timetable.ts";
import { transportCommand } from "./commands/transport.ts";
import { traveltimeCommand } from "./commands/traveltime.ts";
import { tuneCommand } from "./commands/tune.ts";
import { version } from "./version.ts";

const program = new Command("harken")
  .description("An open verification data centre for the Comprehensive Nuclear-Test-Ban Treaty.")
  .version(version)
  .showHelpAfterError("(harken COMMAND --help explains a command)")
  .addCommand(startCommand())
  .addCommand(liveCommand())
  .addCommand(acquireCommand())
  .addCommand(stationCommand())
  .addCommand(keysCommand())
  .addCommand(authorityCommand())
  .addCommand(peopleCommand())
  .addCommand(backupCommand())
  .addCommand(restoreCommand())
  .addCommand(scrubCommand())
  .addCommand(ledgerCommand())
  .addCommand(healthCommand())
  .addCommand(timetableCommand())
  .addCommand(replayCommand())
  .addCommand(processCommand())
  .addCommand(inspectCommand())
  .addCommand(convertCommand())
  .addCommand(traveltimeCommand())
  .addCommand(locateCommand())
  .addCommand(associateCommand())
  .addCommand(compareCommand())
  .addCommand(correlateCommand())
  .addCommand(spotcheckCommand())
  .addCommand(learnCommand())
  .addCommand(evaluateCommand())
  .addCommand(tuneCommand())
  .addCommand(spectrumCommand())
  .addCommand(transportCommand())
  .addCommand(srsCommand())
  .addCommand(demoCommand());

program.exitOverride();
for (const command of program.commands) {
  command.exitOverride();
  for (const part of command.commands) part.exitOverride();
}

// A closed pipe (harken ... | head) is the reader's choice, not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof HarkenError) {
    process.stderr.write(`${error.code}: ${error.message} ${error.advise}\n`);
    process.exitCode = error.exit;
  } else {
    throw error;
  }
}
