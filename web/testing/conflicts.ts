/** A conflict of the invented company: who changed what, and the rules for it. */
import type { ReplyOf } from '#api-contract';
import { AT, pageOf } from './company.ts';

type Row = ReplyOf<'listConflicts'>['items'][number];

const ROW: Row = {
  id: 'conflict_1',
  integration: 'erp',
  kind: 'purchase-order',
  key: '4711',
  title: 'PO-2026-0117',
  recordId: 'po_1',
  operation: 'update-purchase-order',
  state: 'open',
  asks: ['lines[1].unitPrice', 'requester'],
  oursBy: 'Bianca Contarini',
  oursAt: AT,
  theirsAt: AT,
  noticedAt: AT,
  transactionId: 'posting_1',
};

export const CONFLICTS: ReplyOf<'listConflicts'> = pageOf([
  ROW,
  { ...ROW, id: 'conflict_2', kind: 'supplier', title: '10001 Squero San Trovaso', asks: ['city'] },
]);

export const CONFLICT: ReplyOf<'getConflict'> = {
  ...ROW,
  revision: 1,
  rulesVersion: 2,
  base: { number: 'PO-2026-0117', requester: 'Marco', lines: [{ number: '1', unitPrice: '4.35' }] },
  ours: {
    number: 'PO-2026-0117',
    requester: 'Bianca',
    lines: [{ number: '1', unitPrice: '4.50' }],
  },
  theirs: {
    number: 'PO-2026-0117',
    requester: 'Lucia',
    lines: [{ number: '1', unitPrice: '4.40' }],
  },
  fields: [
    {
      field: 'lines[1].unitPrice',
      side: 'both',
      base: '4.35',
      ours: '4.50',
      theirs: '4.40',
      take: 'ask',
      because: 'no-rule',
    },
    {
      field: 'requester',
      side: 'both',
      base: 'Marco',
      ours: 'Bianca',
      theirs: 'Lucia',
      take: 'ask',
      because: 'time-unknown',
      rule: 'requester',
    },
    {
      field: 'lines[1].ordered',
      side: 'ours',
      base: { value: '100', unit: 'EA' },
      ours: { value: '120', unit: 'EA' },
      theirs: { value: '100', unit: 'EA' },
      take: 'ours',
      because: 'only-ours',
    },
    {
      field: 'shipMethod',
      side: 'both',
      base: 'Barge',
      ours: 'Rail',
      theirs: 'Road',
      take: 'theirs',
      because: 'rule',
      rule: 'shipMethod',
    },
    {
      field: 'netAmount',
      side: 'both',
      base: '435.00',
      ours: '540.00',
      theirs: '440.00',
      take: 'theirs',
      because: 'reckoned',
    },
  ],
};

export const RULES: ReplyOf<'getConflictRules'> = {
  items: [
    {
      kind: 'purchase-order',
      version: 2,
      rules: [
        { field: 'lines.unitPrice', wins: 'ask' },
        { field: 'requester', wins: 'newest' },
        { field: 'shipMethod', wins: 'theirs' },
      ],
      author: 'Bianca Contarini',
      note: 'they know the ships',
      createdAt: AT,
    },
  ],
  kinds: [
    {
      kind: 'purchase-order',
      fields: ['issuedOn', 'requester', 'shipMethod', 'lines', 'lines.unitPrice', 'lines.ordered'],
    },
    { kind: 'supplier', fields: ['name', 'city'] },
  ],
};

export const RULE_VERSIONS: ReplyOf<'listConflictRulesVersions'> = {
  items: [
    ...RULES.items,
    {
      kind: 'purchase-order',
      version: 1,
      rules: [
        { field: 'lines.unitPrice', wins: 'theirs' },
        { field: 'requester', wins: 'newest' },
      ],
      author: 'Ada Viewer',
      note: null,
      createdAt: AT,
    },
  ],
  total: 2,
  page: 1,
  pageSize: 200,
};
