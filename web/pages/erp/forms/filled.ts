/** What somebody wrote, trimmed; what is empty is left out, as a request leaves it out. */
export function filled<Fields extends Readonly<Record<string, string>>>(
  fields: Fields,
): { -readonly [Name in keyof Fields]?: string } {
  const written = Object.entries(fields).flatMap(([name, text]) =>
    text.trim() === '' ? [] : [[name, text.trim()] as const],
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- they are the same names.
  return Object.fromEntries(written) as { -readonly [Name in keyof Fields]?: string };
}

/** What somebody wrote; null empties a field that had something. */
export const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
