/** A pattern for LIKE that finds a text anywhere, its own wildcards taken as they stand. */
export const containing = (text: string): string =>
  `%${text.trim().replace(/[\\%_]/g, String.raw`\$&`)}%`;
