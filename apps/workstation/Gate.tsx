/** Shows the page to those who may look, and the sign-in to others. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { isLookingAllowed, refused, session, signIn, signOut } from "./session.ts";

export function Gate({ children }: { children: ComponentChildren }) {
  if (session.value === null) return <p class="empty">Asking the centre who may look …</p>;
  return isLookingAllowed() ? children : <SignIn />;
}

function SignIn() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [waiting, setWaiting] = useState(false);
  return (
    <form
      class="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        setWaiting(true);
        void signIn(name, password).finally(() => setWaiting(false));
      }}
    >
      <h1>Harken</h1>
      <label>
        Name
        <input
          name="username"
          autocomplete="username"
          value={name}
          required
          maxLength={40}
          autofocus
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        Password
        <input
          name="password"
          type="password"
          autocomplete="current-password"
          value={password}
          required
          maxLength={200}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </label>
      <button type="submit" disabled={waiting}>
        Sign in
      </button>
      {refused.value && (
        <p class="trouble" role="alert">
          {refused.value}
        </p>
      )}
    </form>
  );
}

/** Who is signed in, with the way out; nothing where the centre asks nobody. */
export function Who() {
  const now = session.value;
  if (!now?.name) return null;
  return (
    <span class="who">
      {now.name}{" "}
      <button type="button" title={`Signed in as ${now.role}`} onClick={() => void signOut()}>
        Sign out
      </button>
    </span>
  );
}
