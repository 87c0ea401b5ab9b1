/** What is noted by key: a Map is one. */
export type Noted<V> = {
  readonly get: (key: string) => V | undefined;
  readonly set: (key: string, value: V) => unknown;
};

/** Notes over other notes: nothing reaches those below before `keep`. */
export type Overlay<V> = Noted<V> & { readonly keep: () => void };

/** Lays notes over others, so that what is refused leaves nothing behind. Copies nothing. */
export function overlay<V>(below: Noted<V>): Overlay<V> {
  const own = new Map<string, V>();
  return {
    get: (key) => own.get(key) ?? below.get(key),
    set: (key, value) => own.set(key, value),
    keep: () => {
      for (const [key, value] of own) below.set(key, value);
    },
  };
}
