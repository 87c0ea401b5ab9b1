import { useState } from 'react';

/** Keeps what somebody changes of a document as a whole; `changed` is what is different from now. */
export function useHead<Name extends string>(now: Readonly<Record<Name, string>>) {
  const [of, setOf] = useState(now);
  const changed = Object.entries<string>(of).flatMap(([name, text]) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names are those of `now`.
    text.trim() === now[name as Name] ? [] : [[name, text.trim()] as const],
  );
  return {
    of,
    put: (name: Name) => (text: string) => setOf((before) => ({ ...before, [name]: text })),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above.
    changed: Object.fromEntries(changed) as { readonly [Key in Name]?: string },
    isChanged: changed.length > 0,
  };
}
