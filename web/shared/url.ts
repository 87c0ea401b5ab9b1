/** The query of a page's address: flat text, nothing else. */
export type Search = Readonly<Record<string, string | undefined>>;

/** Reads an address's query as text: no guessing that '1' is a number. */
export const parseSearch = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text));

/** Prints what is set, in a stable order. */
export function printSearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') params.set(name, value);
  }
  params.sort();
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** Keeps the text values of the names a page understands. */
export function pickSearch(
  search: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Search {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') picked[name] = value;
  }
  return picked;
}
