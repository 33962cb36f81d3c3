/** The way from each page to the others. */

const PAGES = {
  "./": "Events",
  "samples.html": "Radionuclide",
  "quality.html": "Quality",
  "transport.html": "Transport",
  "messages.html": "Messages",
} as const;

/** Links to every page but `here`. */
export function PageLinks({ here }: { readonly here: keyof typeof PAGES }) {
  return (
    <nav class="pages" aria-label="Pages">
      {Object.entries(PAGES)
        .filter(([address]) => address !== here)
        .map(([address, name]) => (
          <a key={address} href={address}>
            {name}
          </a>
        ))}
    </nav>
  );
}
