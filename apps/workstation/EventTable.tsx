/** The event list: only the rows in sight are in the page, so ten thousand events scroll as ten do. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useBoxSize } from "./boxSize.ts";
import { type EventColumn, eventColumns, visibleRows } from "./eventColumns.ts";
import { events, select, selectedKey, sortedEvents, sorting, status, troubles } from "./state.ts";

const ROW_HEIGHT = 20;
const HEAD_HEIGHT = 22;

export function EventTable() {
  const box = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const { height } = useBoxSize(box, { width: 0, height: 400 });
  const list = sortedEvents.value;
  const at = list.findIndex(({ key }) => key === selectedKey.value);

  useLayoutEffect(() => {
    const element = box.current!;
    if (at < 0) return;
    const top = at * ROW_HEIGHT;
    const room = element.clientHeight - HEAD_HEIGHT - ROW_HEIGHT;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + room) element.scrollTop = top - room;
  }, [at]);

  const [first, last] = visibleRows(scrollTop, height, ROW_HEIGHT, list.length);
  return (
    <section class="panel event-list" aria-label="Events">
      <div class="scroll" ref={box} onScroll={() => setScrollTop(box.current?.scrollTop ?? 0)}>
        <table aria-rowcount={list.length + 1}>
          <thead>
            <tr>
              {eventColumns.map((column) => (
                <Heading key={column.id} column={column} />
              ))}
            </tr>
          </thead>
          <tbody>
            {first > 0 && <tr class="space" style={{ height: `${first * ROW_HEIGHT}px` }} />}
            {list.slice(first, last).map((event, index) => (
              <tr
                key={event.key}
                data-event-key={event.key}
                aria-rowindex={first + index + 2}
                aria-selected={event.key === selectedKey.value}
                onClick={() => select(event.key)}
              >
                {eventColumns.map((column) => (
                  <td
                    key={column.id}
                    class={column.numeric ? "number" : column.id}
                    title={column.numeric ? undefined : column.text(event)}
                  >
                    {column.text(event)}
                  </td>
                ))}
              </tr>
            ))}
            {last < list.length && <tr class="space" style={{ height: `${(list.length - last) * ROW_HEIGHT}px` }} />}
          </tbody>
        </table>
        {list.length === 0 && <p class="empty">{emptySentence()}</p>}
      </div>
    </section>
  );
}

function Heading({ column }: { column: EventColumn }) {
  const active = sorting.value.column === column.id;
  const descending = sorting.value.descending;
  return (
    <th
      scope="col"
      title={column.hint}
      class={column.numeric ? "number" : ""}
      aria-sort={active ? (descending ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        onClick={() => {
          sorting.value = { column: column.id, descending: active && !descending };
        }}
      >
        {column.title}
        {active ? (descending ? " ▾" : " ▴") : ""}
      </button>
    </th>
  );
}

function emptySentence(): string {
  const trouble = troubles.value["events"];
  if (trouble) return trouble;
  if (events.value === null) return "Asking the centre for its events …";
  const now = status.value;
  if (now === null || now.state === "starting") return "The centre is starting; events follow once data are processed.";
  if (now.state === "failed") return `The centre stopped with an error: ${now.progress.message}`;
  if (now.state === "processing") {
    const found = `${now.counts.arrivals} arrivals so far.`;
    return `The first events appear after a stretch of data of all stations has been processed. ${now.progress.message}; ${found}`;
  }
  return "All data are processed and hold no event.";
}
