/** The line at the top: what the centre is doing, how far it has got, what it holds, and the bulletin as files. */
import type { Progress, Status } from "@harken/api";
import { formatCount, formatDuration, formatMinute, formatNumber } from "./format.ts";
import { Who } from "./Gate.tsx";
import { PageLinks } from "./PageLinks.tsx";
import { client, connection, keySheetOpen, listName, status, troubles } from "./state.ts";
import { PanelMenu } from "./workspace/PanelMenu.tsx";

const stateWords: Readonly<Record<Status["state"], string>> = {
  starting: "Starting",
  processing: "Processing",
  "caught-up": "Up to date",
  stopping: "Stopping",
  failed: "Failed",
};

const modeWords: Readonly<Record<Status["mode"], string>> = {
  simulation: "simulated network",
  live: "live data",
  archive: "archive",
};

export function TopBar() {
  const now = status.value;
  return (
    <header class="top-bar">
      <h1>Harken</h1>
      {now === null ? (
        <span>{troubles.value["status"] ?? "Asking the centre for its state …"}</span>
      ) : (
        <>
          <span class={`state state-${now.state}`}>{stateWords[now.state]}</span>
          <span class="faint">{modeWords[now.mode]}</span>
          {now.state === "processing" ? (
            <ProgressView progress={now.progress} />
          ) : (
            <span class="progress-words" title={now.progress.message}>
              {now.progress.message}
            </span>
          )}
          <span class="data-time" title="First and last data, and the time up to which they are processed (UTC)">
            Data {formatMinute(now.dataFrom)}–{formatMinute(now.dataTo).slice(-5)}, processed to{" "}
            {formatMinute(now.processedTo).slice(-5)}
          </span>
          <span class="counts">
            {formatCount(now.counts.arrivals)} arrivals · {formatCount(now.counts.events)} events
          </span>
        </>
      )}
      <span class="links">
        <b>{listName.value}</b>{" "}
        <a href={client.bulletinUrl(listName.value, "ims")} download={`${listName.value}.ims`}>
          IMS1.0
        </a>{" "}
        <a href={client.bulletinUrl(listName.value, "xml")} download={`${listName.value}.xml`}>
          QuakeML
        </a>
        <PageLinks here="./" /> <Connection /> <Who />
        <PanelMenu />
        <button
          type="button"
          title="Keys (?)"
          aria-label="Show the keys"
          onClick={() => {
            keySheetOpen.value = true;
          }}
        >
          ?
        </button>
      </span>
    </header>
  );
}

function Connection() {
  const lost = "status" in troubles.value;
  const word = lost ? "no answer" : connection.value === "stream" ? "live" : "every 2 s";
  return (
    <span
      class={lost ? "connection lost" : "connection"}
      title={troubles.value["status"] ?? "How the page keeps up to date"}
    >
      {word}
    </span>
  );
}

function ProgressView({ progress }: { progress: Progress }) {
  const { stage, done, total, unit, ratePerSec, etaSec, message } = progress;
  const share = Math.min(1, done / Math.max(1, total));
  const facts = [
    `${formatNumber(100 * share, 0)} %`,
    etaSec === null ? null : `${formatDuration(etaSec)} left`,
    ratePerSec === null ? null : `${formatNumber(ratePerSec, ratePerSec < 10 ? 1 : 0)} ${unit}/s`,
  ].filter((fact) => fact !== null);
  return (
    <span
      class="progress"
      title={`${message}. ${stage}: ${formatNumber(done, 0)} of ${formatNumber(total, 0)} ${unit}`}
    >
      <progress value={share} max={1} aria-label={message} />
      <span class="progress-words">
        {facts.join(", ")} · {message}
      </span>
    </span>
  );
}
