/** Does a piece of work again and again, never twice at once. Returns what ends it, after the piece that is at work. */
export function repeat(
  work: () => Promise<unknown>,
  everyMs: number,
  failed: (cause: unknown) => void,
): () => Promise<void> {
  let current: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    current ??= work()
      .catch(failed)
      .finally(() => {
        current = null;
      });
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await current;
  };
}
