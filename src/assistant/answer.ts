import type { MetricQuery } from '#semantic';

import type { Fact } from './facts.ts';
import type { Cell } from './format.ts';

/** How rows are best drawn. */
export type Chart = {
  readonly kind: 'bar' | 'line' | 'number' | 'table' | 'grouped-bar';
  readonly x?: string;
  readonly y: readonly string[];
};

/** What comes back for a question. The first nine fields are a promise to programs. */
export type Answer = {
  readonly status: 'answered' | 'clarify' | 'unsupported' | 'forbidden';
  readonly reading: string;
  readonly query: MetricQuery | Readonly<Record<string, never>>;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly unit?: string;
    readonly title?: string;
    readonly role?: string;
    readonly recordKind?: string;
  }[];
  readonly rows: readonly (readonly Cell[])[];
  readonly narrative: string;
  readonly assumptions: readonly string[];
  readonly options: readonly { readonly label: string; readonly question: string }[];
  readonly followUps: readonly string[];
  readonly chart?: Chart;
  readonly facts?: readonly Fact[];
  readonly drill?: readonly (readonly (string | null)[])[];
  readonly sql?: string;
  readonly position?: string;
};
