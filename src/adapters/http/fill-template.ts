/** What a placeholder stands for; undefined: nothing does. */
export type Values = (name: string) => string | undefined;

const PLACEHOLDER = /('?)\{([a-zA-Z0-9.]+)\}('?)/g;

/**
 * Puts values into a text with placeholders: '/orders/{key}', "number eq '{reference}'". In a path
 * each is percent-encoded; between single quotes a quote in it is doubled, as OData wants it.
 * Undefined: a placeholder stands for nothing.
 */
export function fillTemplate(
  template: string,
  values: Values,
  where: 'path' | 'plain',
): string | undefined {
  let whole = true;
  const filled = template.replaceAll(
    PLACEHOLDER,
    (_, before: string, name: string, after: string) => {
      const value = values(name);
      if (value === undefined) whole = false;
      const quoted = before !== '' && after !== '';
      const text = quoted ? (value ?? '').replaceAll("'", "''") : (value ?? '');
      return before + (where === 'path' ? encodeURIComponent(text) : text) + after;
    },
  );
  return whole ? filled : undefined;
}

/** The names of the placeholders in a text. */
export const placeholdersOf = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map(([, , name = '']) => name);
