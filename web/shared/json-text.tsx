import { Textarea } from '@mantine/core';
import type { ReactNode } from 'react';

const SPACES = 2;

/** A value as JSON people can read. */
export const jsonText = (value: unknown): string => JSON.stringify(value, null, SPACES) ?? '';

/** What a text says as JSON, or why it is none. */
export function readJson(
  text: string,
): { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly why: string } {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whatever parses is JSON.
    return { ok: true, value: JSON.parse(text) as JsonValue };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** Any JSON. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | JsonValue[]
  | { [name: string]: JsonValue };

/** Whether a JSON value has named fields. */
export const isJsonObject = (value: JsonValue): value is { [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON to read and copy. */
export function JsonView(props: { readonly label: string; readonly of: unknown }): ReactNode {
  const { label, of } = props;
  const text = typeof of === 'string' ? of : jsonText(of);
  return (
    <pre className="rialto-sql" tabIndex={0} role="region" aria-label={label}>
      {text}
    </pre>
  );
}

/** JSON to edit; says where it does not read. */
export function JsonBox(props: {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly rows?: number;
}): ReactNode {
  const { label, text, onText, rows = 14 } = props;
  const read = readJson(text);
  return (
    <Textarea
      className="rialto-json"
      label={label}
      value={text}
      onChange={({ currentTarget: { value } }) => onText(value)}
      rows={rows}
      spellCheck={false}
      autoComplete="off"
      error={read.ok ? undefined : read.why}
    />
  );
}
