/** Every command by its name, over the page: write some of its words, Enter does it. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { allCommands } from "./commands.ts";
import { saveCurrentLayout } from "./dock.ts";
import { type Command, findCommands, paletteOpen } from "./palette.ts";

const MOST_SHOWN = 14;

export function Palette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = paletteOpen.value;
  useLayoutEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} class="palette" aria-label="Commands" onCancel={() => (paletteOpen.value = false)}>
      {open && <Finder />}
    </dialog>
  );
}

function Finder() {
  const [written, setWritten] = useState("");
  const [at, setAt] = useState(0);
  const [naming, setNaming] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), [naming]);

  const askName = () => {
    setNaming(true);
    setWritten("");
  };
  const find = (words: string) => findCommands(allCommands(askName), words).slice(0, MOST_SHOWN);
  const found = naming ? [] : find(written);
  const aimed = Math.min(at, Math.max(0, found.length - 1));
  const run = (command: Command | undefined) => {
    if (!command) return;
    const stays = command.run === askName;
    if (!stays) paletteOpen.value = false;
    command.run();
  };
  return (
    <>
      <input
        ref={field}
        role="combobox"
        aria-expanded={!naming}
        aria-controls="palette-list"
        aria-activedescendant={naming ? undefined : `command-${aimed}`}
        aria-label={naming ? "Name of the layout" : "Command"}
        placeholder={naming ? "a name for this layout" : "what shall be done?"}
        maxLength={60}
        value={written}
        onInput={({ currentTarget }) => {
          setWritten(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (step !== undefined) setAt((aimed + step + found.length) % Math.max(1, found.length));
          else if (event.key !== "Enter") return;
          else if (naming) {
            saveCurrentLayout(event.currentTarget.value);
            paletteOpen.value = false;
          }
          // Of what stands in the field: Enter may come before the list has been drawn.
          else run(event.currentTarget.value === written ? found[aimed] : find(event.currentTarget.value)[0]);
          event.preventDefault();
        }}
      />
      {!naming && (
        <div id="palette-list" role="listbox" aria-label="Commands that were found">
          {found.map((command, index) => (
            <div
              key={command.name}
              id={`command-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === aimed}
              onPointerDown={(event) => {
                event.preventDefault();
                run(command);
              }}
            >
              {command.name} <kbd>{command.shown}</kbd>
            </div>
          ))}
        </div>
      )}
      {!naming && found.length === 0 && <p class="empty">No command has these words.</p>}
    </>
  );
}
