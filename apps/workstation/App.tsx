/** The page: top bar, strip of hours, and the docked panels. */
import { KeySheet } from "./KeySheet.tsx";
import { ReviewBar } from "./ReviewBar.tsx";
import { TopBar } from "./TopBar.tsx";
import { Dock } from "./workspace/Dock.tsx";
import { Palette } from "./workspace/Palette.tsx";

export function App() {
  return (
    <>
      <TopBar />
      <ReviewBar />
      <Dock />
      <KeySheet />
      <Palette />
    </>
  );
}
