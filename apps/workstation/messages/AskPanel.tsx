/** A request message by hand, and its answer to read and to keep. */
import { useState } from "preact/hooks";
import { ask, troubles } from "./state.ts";

const example = (to: number) => {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10).replaceAll("-", "/");
  return [
    "BEGIN IMS2.0",
    "MSG_TYPE REQUEST",
    "MSG_ID 1 PORTAL",
    `TIME ${day(to - 7 * 86_400_000)} TO ${day(to + 86_400_000)}`,
    "BULL_TYPE SEL3",
    "BULLETIN IMS1.0:SHORT",
    "STOP",
    "",
  ].join("\n");
};

export function AskPanel() {
  const [text, setText] = useState(() => example(Date.now()));
  const [answer, setAnswer] = useState<string | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const send = async (message: string) => {
    setWaiting(true);
    setAnswer(await ask(message));
    setWaiting(false);
  };
  return (
    <div class="ask-panel">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(text);
        }}
      >
        <h2>Request message</h2>
        <textarea
          name="message"
          aria-label="Request message"
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <p>
          <button type="submit" disabled={isWaiting}>
            Send
          </button>{" "}
          <button
            type="button"
            disabled={isWaiting}
            onClick={() => void send("BEGIN IMS2.0\nMSG_TYPE REQUEST\nMSG_ID HELP PORTAL\nHELP\nSTOP\n")}
          >
            What can be asked
          </button>
        </p>
        {troubles.value["ask"] && (
          <p class="trouble" role="alert">
            {troubles.value["ask"]}
          </p>
        )}
      </form>
      <Answer text={answer} isWaiting={isWaiting} />
    </div>
  );
}

/** Longest answer that is shown; the file has it whole. */
const SHOWN_LETTERS = 200_000;

function Answer({ text, isWaiting }: { text: string | null; isWaiting: boolean }) {
  if (isWaiting) return <p class="empty">The centre looks for it …</p>;
  if (text === null) return <p class="empty">The answer comes here.</p>;
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  return (
    <div class="answer">
      <button type="button" onClick={() => save(bytes)}>
        Keep as a file
      </button>
      <pre data-answer>{text.slice(0, SHOWN_LETTERS)}</pre>
    </div>
  );
}

function save(bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: "text/plain" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "answer.ims" });
  link.click();
  URL.revokeObjectURL(url);
}
