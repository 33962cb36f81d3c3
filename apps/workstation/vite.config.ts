/** How the browser pages are built: waveforms and events, radionuclide samples, transport, messages; Preact's JSX, no outside resources. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: page("."),
  base: "./",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        ...{ index: page("index.html"), panel: page("panel.html") },
        ...{ samples: page("samples.html"), transport: page("transport.html") },
        messages: page("messages.html"),
      },
    },
  },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
