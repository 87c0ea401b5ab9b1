import type { Decimal } from '#kernel/decimal';
import { changedFields } from './changed-fields.ts';
import type { ChangedFields } from './changed-fields.ts';
import { accept } from './result.ts';
import type { Refusal, Result } from './result.ts';

/** Lines as changes leave them. */
export type ChangedLines<L> = {
  readonly all: readonly L[];
  readonly changed: readonly L[];
  readonly differences: Readonly<Record<string, ChangedFields>>; // By line.
};

/** Changes lines of a document by wishes that name them; one that may not be refuses all. Pure. */
export function changeLines<
  L extends { readonly number: number },
  W extends { readonly line: number },
  Code extends string,
>(
  lines: readonly L[],
  wishes: readonly W[],
  how: {
    readonly fields: readonly (keyof L & string)[]; // What a change can make different.
    missing(wish: W, field: string): Refusal<Code>;
    problem(line: L, wish: W, field: string): Refusal<Code> | undefined;
    changed(line: L, wish: W): L;
  },
): Result<ChangedLines<L>, Code> {
  const after = new Map(lines.map((line) => [line.number, line]));
  for (const [at, wish] of wishes.entries()) {
    const line = after.get(wish.line);
    const field = `lines.${at}`;
    const problem = line === undefined ? how.missing(wish, field) : how.problem(line, wish, field);
    if (problem !== undefined) return problem;
    if (line !== undefined) after.set(wish.line, how.changed(line, wish));
  }
  const all = [...after.values()];
  const pairs = lines.flatMap((before, at) => {
    const now = all[at] ?? before;
    const difference = changedFields(before, now, how.fields);
    return Object.keys(difference).length === 0 ? [] : [{ now, difference }];
  });
  return accept({
    all,
    changed: pairs.map(({ now }) => now),
    differences: Object.fromEntries(pairs.map(({ now, difference }) => [now.number, difference])),
  });
}

/** Lines that a change adds, numbered on behind the last by tens; one that may not be refuses all. Pure. */
export function addedLines<D, L, Code extends string>(
  lines: readonly { readonly number: number }[],
  drafts: readonly D[],
  decide: (draft: D, field: string) => Result<L, Code>,
): Result<readonly { readonly number: number; readonly line: L }[], Code> {
  const last = Math.max(0, ...lines.map(({ number }) => number));
  const added: { readonly number: number; readonly line: L }[] = [];
  for (const [at, draft] of drafts.entries()) {
    const line = decide(draft, `added.${at}`);
    if (!line.ok) return line;
    added.push({ number: last + (at + 1) * 10, line: line.value });
  }
  return accept(added);
}

/** A document's header as a wish leaves it, and what of it differs; what is left out stays. Pure. */
export function changeHeader<H extends object>(
  document: H,
  wish: Partial<H>,
  fields: readonly (keyof H & string)[],
): { readonly header: H; readonly difference: ChangedFields } {
  const header = { ...document, ...wish };
  return { header, difference: changedFields(document, header, fields) };
}

/** A change of a document as its history keeps it: the version it made, what was before and after. */
export function changeEvent(change: {
  readonly document: { readonly id: string; readonly version: number; readonly net: Decimal };
  readonly wish: { readonly reason?: string };
  readonly to: {
    readonly net: Decimal;
    readonly headerDifference: ChangedFields;
    readonly differences: ChangedLines<unknown>['differences'];
    readonly added: readonly {
      readonly number: number;
      readonly line: Readonly<Record<'text' | 'unit', string>> &
        Readonly<Record<'quantity' | 'unitPrice' | 'net', Decimal>>;
    }[];
  };
}) {
  const { document, wish, to } = change;
  return {
    id: document.id,
    action: 'changed',
    detail: {
      version: document.version + 1,
      ...(wish.reason === undefined ? {} : { reason: wish.reason }),
      net: [document.net, to.net],
      ...(Object.keys(to.headerDifference).length === 0 ? {} : { header: to.headerDifference }),
      lines: to.differences,
      added: to.added.map(({ number, line: { text, quantity, unit, unitPrice, net } }) => {
        return { number, text, quantity, unit, unitPrice, net };
      }),
    },
  };
}
