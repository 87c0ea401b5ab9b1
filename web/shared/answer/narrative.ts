import type { Answer } from '#api-contract';

/** Where a value of a narrative comes from: a cell, a column's sum, a part of it, the rows. */
export type Origin = NonNullable<Answer['facts']>[number]['values'][number]['source'];

/** A stretch of a narrative: plain, or a value with where it comes from. */
export type Part = { readonly text: string; readonly from?: Origin };

type Fact = NonNullable<Answer['facts']>[number];

function partsOfFact({ sentence, values }: Fact): readonly Part[] {
  return sentence.split(/(\{\d+\})/).flatMap((piece): readonly Part[] => {
    const slot = /^\{(\d+)\}$/.exec(piece)?.[1];
    const value = slot === undefined ? undefined : values[Number(slot)];
    if (value !== undefined) return [{ text: value.shown, from: value.source }];
    return piece === '' ? [] : [{ text: piece }];
  });
}

/** The narrative in pieces as its facts state them; whole where the facts say something else. */
export function partsOf({ narrative, facts = [] }: Answer): readonly Part[] {
  const parts = facts.flatMap((fact, at) => [
    ...(at === 0 ? [] : [{ text: ' ' }]),
    ...partsOfFact(fact),
  ]);
  const said = parts.map(({ text }) => text).join('');
  return said === narrative ? parts : [{ text: narrative }];
}

/** A part with the punctuation that must stay on its line. */
export type GluedPart = Part & { readonly before: string; readonly after: string };

/** Moves brackets and stops from the text around a value to the value they belong to. */
export function glued(parts: readonly Part[]): readonly GluedPart[] {
  const isValue = (at: number): boolean => parts[at]?.from !== undefined;
  return parts.map((part, at) => {
    if (part.from !== undefined) {
      const before = /[(„“"]+$/.exec(parts[at - 1]?.text ?? '')?.[0] ?? '';
      const after = /^[).,;:”“"]+/.exec(parts[at + 1]?.text ?? '')?.[0] ?? '';
      return { ...part, before, after };
    }
    const opened = isValue(at + 1) ? part.text.replace(/[(„“"]+$/, '') : part.text;
    const text = isValue(at - 1) ? opened.replace(/^[).,;:”“"]+/, '') : opened;
    return { text, before: '', after: '' };
  });
}

/** Whether a cell is among those a value comes from. */
export function isOrigin(from: Origin | undefined, row: number, column: number): boolean {
  switch (from?.of) {
    case 'cell':
    case 'part':
      return from.row === row && from.column === column;
    case 'sum':
      return from.column === column;
    case 'rows':
      return column === 0;
    case undefined:
      return false;
  }
}

/** Whether two values come from the same cells. */
export const isSameOrigin = (a: Origin | undefined, b: Origin | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
