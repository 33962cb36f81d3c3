/**
 * Keeps the page up to date: listens to the centre's stream, and asks every two seconds while there is none. Messages only say that
 * something changed, so bursts of them end in one question each.
 */
import { readStreamMessage, streamUrl } from "@harken/api";
import { loadIntervals } from "./review.ts";
import {
  connection,
  detail,
  events,
  loadDetail,
  loadEvents,
  loadStations,
  loadStatus,
  loadTruth,
  selectedKey,
  status,
} from "./state.ts";
import { loadTimetable } from "./timetable/timetable.ts";

const POLL_MS = 2000;
const RECONNECT_MS = 5000;
const GATHER_MS = 400;
/** Everything is asked for again this often, in case a message was lost. */
const REFRESH_MS = 30_000;

/** Calls `action` once, `GATHER_MS` after the first of a burst of calls. */
function gathered(action: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      action();
    }, GATHER_MS);
  };
}

const refreshEvents = gathered(() => {
  void loadEvents();
  void loadTruth();
  void loadStations();
});
const refreshTimetable = gathered(() => void loadTimetable());
const refreshDetail = gathered(() => void loadDetail());

function refreshAll(): void {
  void loadStatus();
  void loadIntervals();
  void loadTimetable();
  void loadEvents();
  void loadTruth();
  void loadStations();
  void loadDetail();
}

/** Starts; the page lives as long as this does. */
export function startLive(): void {
  refreshAll();
  connect();
  let ticks = 0;
  setInterval(() => {
    ticks++;
    if (connection.value !== "stream") void pollOnce();
    if (ticks % (REFRESH_MS / POLL_MS) === 0) refreshAll();
  }, POLL_MS);
}

async function pollOnce(): Promise<void> {
  const before = status.value;
  await loadStatus();
  const now = status.value;
  const moved = now?.counts.events !== before?.counts.events || now?.processedTo !== before?.processedTo;
  if (moved || events.value === null) refreshEvents();
  if (moved || detail.value === null) refreshDetail();
}

function connect(): void {
  const socket = new WebSocket(streamUrl(location.origin));
  socket.onopen = () => {
    connection.value = "stream";
    refreshAll();
  };
  socket.onmessage = ({ data }) => {
    const message = typeof data === "string" ? readStreamMessage(data) : null;
    if (message?.type === "status") status.value = message.status;
    if (message?.type === "interval") refreshTimetable();
    if (message?.type === "interval" && message.stage === "LEB") void loadIntervals();
    if (message?.type === "event") {
      refreshEvents();
      if (message.key === selectedKey.value) refreshDetail();
    }
  };
  socket.onclose = () => {
    connection.value = "polling";
    setTimeout(connect, RECONNECT_MS);
  };
}
