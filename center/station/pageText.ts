/** The station's page as the browser gets it: one page without a library, so that it works at a station with nothing around it. */

export const pageHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Station</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<h1 id="name">Station</h1>
<p id="trouble" role="alert"></p>
<section aria-labelledby="now">
<h2 id="now">Now</h2>
<dl id="state"></dl>
</section>
<section aria-labelledby="commands-title">
<h2 id="commands-title">Commands</h2>
<table><thead><tr><th>Received</th><th>Command</th><th>By</th><th>State</th><th>Outcome</th></tr></thead><tbody id="commands"></tbody></table>
<label for="message">A command, as it came (with its signature)</label>
<textarea id="message" rows="4" spellcheck="false"></textarea>
<button id="hand-in" type="button">Hand in</button>
<pre id="answer"></pre>
</section>
<section aria-labelledby="settings-title">
<h2 id="settings-title">Settings</h2>
<label for="settings">The station's file; it starts anew when they are kept</label>
<textarea id="settings" rows="20" spellcheck="false"></textarea>
<button id="keep" type="button">Keep</button>
<p id="kept" role="status"></p>
</section>
<section aria-labelledby="told-title">
<h2 id="told-title">Told</h2>
<table><tbody id="told"></tbody></table>
</section>
<script src="/page.js"></script>
</body>
</html>
`;

export const pageStyle = `body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem auto; max-width: 60rem; padding: 0 1rem; color: #16202a; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; } dt { color: #4a5763; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .2rem .6rem .2rem 0; vertical-align: top; border-bottom: 1px solid #d7dde2; }
textarea { width: 100%; box-sizing: border-box; font: 13px/1.4 ui-monospace, monospace; } label { display: block; color: #4a5763; }
#trouble { color: #a11212; } pre { white-space: pre-wrap; }
`;

export const pageScript = `"use strict";
const by = (id) => document.getElementById(id);
const cell = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
const row = (texts) => { const tr = document.createElement("tr"); tr.append(...texts.map((text) => cell("td", text))); return tr; };
async function show() {
  try {
    const response = await fetch("/state");
    if (!response.ok) throw new Error(await response.text());
    const state = await response.json();
    document.title = by("name").textContent = "Station " + state.name;
    const facts = [
      ["Link to the centre", state.link.isUp ? "up, number " + (state.link.index + 1) : "down"],
      ["Frames on the disk", state.frames.first + " to " + state.frames.last],
      ["The centre has them to", state.acknowledgedTo === null ? "not heard yet" : state.acknowledgedTo],
      ["Gaps at the centre", String(state.gaps)],
    ];
    by("state").replaceChildren(...facts.flatMap(([word, value]) => [cell("dt", word), cell("dd", value)]));
    by("commands").replaceChildren(...state.commands.slice(-20).reverse().map((one) =>
      row([new Date(one.receivedAt * 1000).toISOString().slice(0, 19) + "Z", one.name + " " + one.channels.join(","), one.by, one.state, one.outcome])));
    by("told").replaceChildren(...state.told.map((one) => row([one.time, one.code, one.detail])));
    by("trouble").textContent = "";
  } catch (error) {
    by("trouble").textContent = "The station does not answer: " + error.message;
  }
}
by("keep").addEventListener("click", async () => {
  const response = await fetch("/settings", { method: "PUT", body: by("settings").value });
  by("kept").textContent = response.ok ? "Kept; the station has started anew." : await response.text();
});
by("hand-in").addEventListener("click", async () => {
  const response = await fetch("/commands", { method: "POST", body: by("message").value });
  by("answer").textContent = await response.text();
  await show();
});
fetch("/settings").then((response) => response.text()).then((text) => { by("settings").value = text; });
show();
setInterval(show, 5000);
`;
