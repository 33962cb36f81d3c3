/** Who is signed in. A centre without accounts asks nobody; one with accounts shows nothing before somebody has signed in. */
import { createClient, type FetchLike, type Session } from "@harken/api";
import { signal } from "@preact/signals";
import { explain } from "./explain.ts";

/** null until the centre has answered. */
export const session = signal<Session | null>(null);
const nobody: Session = { required: true, name: null, role: null };

/** `fetch` for the clients of the pages: when the centre does not know the caller any more, it is asked for again. */
export const fetchHere: FetchLike = async (url, init) => {
  const response = await fetch(url, init);
  if (response.status === 401 && !url.endsWith("/session")) session.value = nobody;
  return response;
};

const client = createClient(location.origin, fetchHere);

export const refused = signal<string | null>(null);

const mayLook = ({ required, name }: Session) => !required || name !== null;

/** Asks who is signed in, and calls `start` once, when the page may show something. */
export async function enter(start: () => void): Promise<void> {
  let started = false;
  session.subscribe((now) => {
    if (started || !now || !mayLook(now)) return;
    started = true;
    start();
  });
  try {
    session.value = await client.session();
  } catch (cause) {
    // The page itself says that the centre does not answer, and goes on asking.
    session.value = { required: false, name: null, role: null };
    refused.value = explain(cause);
  }
}

export async function signIn(name: string, password: string): Promise<void> {
  try {
    session.value = await client.signIn({ name, password });
    refused.value = null;
  } catch (cause) {
    refused.value = explain(cause);
  }
}

export async function signOut(): Promise<void> {
  await client.signOut();
  // What was on the page is not for the next one who sits here.
  location.reload();
}

export const isLookingAllowed = (): boolean => session.value !== null && mayLook(session.value);
