import type { ReactNode } from 'react';
import type { ReplyOf } from '#api-contract';
import { Nothing } from '../../shared/data-table.tsx';
import { useFieldName } from '../../shared/field-name.ts';
import { jsonText } from '../../shared/json-text.tsx';

export type Conflict = ReplyOf<'getConflict'>;
export type Field = Conflict['fields'][number];

/** A value as text: an amount or a quantity as one writes it, what is text already as it is. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return jsonText(value);
  const { amount, currency, value: number, unit, ...others } = { ...value } as Parts;
  const pair = amount === undefined ? [number, unit] : [amount, currency];
  const isPair = Object.keys(others).length === 0 && pair.every((part) => typeof part === 'string');
  return isPair ? pair.join('\u00A0') : jsonText(value);
}

type Parts = { amount?: unknown; currency?: unknown; value?: unknown; unit?: unknown };

/** A value of a field. */
export function Value({ of }: { readonly of: unknown }): ReactNode {
  if (of === undefined || of === null) return <Nothing />;
  return <code className="rialto-value">{textOf(of)}</code>;
}

/** What a field is called; its path shows when pointed at. */
export function Name({ of }: { readonly of: Field }): ReactNode {
  const nameOf = useFieldName();
  return <span title={of.field}>{nameOf(of.field)}</span>;
}
