/** A value on its way to the server: as a parameter, never inside the statement. */
export type Parameter = string | Buffer | null;

/** SQL of which the values stand apart. Only a dialect makes a statement of it. */
export type Sql = { readonly parts: readonly (string | { readonly value: Parameter })[] };

/** What a server is given: text with placeholders, and what they stand for. */
export type Statement = { readonly text: string; readonly values: readonly Parameter[] };

/** Writes SQL; what is put in is SQL itself: a value enters by `value`, a name by a dialect. */
export function sql(strings: TemplateStringsArray, ...inner: readonly Sql[]): Sql {
  const parts: Sql['parts'][number][] = [];
  for (const [at, string] of strings.entries()) {
    parts.push(string);
    parts.push(...(inner[at]?.parts ?? []));
  }
  return { parts };
}

/** SQL of our own making: a quoted name, a keyword, a number. Never what a person typed. */
export const raw = (text: string): Sql => ({ parts: [text] });

export const value = (of: Parameter): Sql => ({ parts: [{ value: of }] });

/** Several pieces with something between them. */
export function join(pieces: readonly Sql[], between: string): Sql {
  const parts = pieces.flatMap((piece, at) => (at === 0 ? piece.parts : [between, ...piece.parts]));
  return { parts };
}

/** Makes a statement, each value a placeholder. */
export function statementOf({ parts }: Sql, placeholder: (at: number) => string): Statement {
  const values: Parameter[] = [];
  const text = parts.map((part) => {
    if (typeof part === 'string') return part;
    values.push(part.value);
    return placeholder(values.length);
  });
  return { text: text.join(''), values };
}
