import { FieldRefusal } from './errors.ts';

type Place = { readonly value: unknown; readonly field: string };

/**
 * Refuses texts that no database keeps: U+0000, and halves of characters (unpaired surrogates).
 * Without it what is refused would depend on where in PostgreSQL a text ends up. Throws `FieldRefusal`.
 */
export function requireWritable(sent: unknown, field: string): void {
  const open: Place[] = [{ value: sent, field }]; // No recursion: how deep a body is, its sender says.
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { value } = at;
    if (typeof value === 'string') requireText(value, at.field);
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      requireText(key, at.field);
      open.push({ value: inner, field: `${at.field}.${key}` });
    }
  }
}

function requireText(text: string, field: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return;
  const reason = 'a text holds a character that nothing can be written with';
  throw new FieldRefusal('invalid', 'api.invalid-request', field, reason);
}
