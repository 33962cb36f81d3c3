/** The sheet of keys, over the page. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { keyBindings } from "./keys.ts";
import { keySheetOpen } from "./state.ts";

export function KeySheet() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = keySheetOpen.value;
  useLayoutEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
    if (!open) dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      class="key-sheet"
      aria-label="Keys"
      onClose={() => {
        keySheetOpen.value = false;
      }}
    >
      <h2>Keys</h2>
      <dl>
        {keyBindings.map(({ shown, action }) => (
          <div key={action}>
            <dt>{shown}</dt>
            <dd>{action}</dd>
          </div>
        ))}
      </dl>
      <p class="faint">
        The wheel over the station names scrolls the traces; on the map it zooms. Depth marks: f held, s at the surface,
        p depth phases.
      </p>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
