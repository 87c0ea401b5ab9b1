import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import {
  acts,
  all,
  AmountIn,
  BETWEEN,
  ById,
  creates,
  CurrencyIn,
  DayIn,
  LIMIT,
  Numbered,
  pages,
  shows,
  sort,
  tells,
  text,
  YesNo,
} from './shapes.ts';

const OwnAccount = z.object({
  id: z.string(),
  legalEntity: z.string(),
  code: z.string(), // Payments name it.
  name: z.string(),
  iban: z.string().nullable(),
  accountNumber: z.string().nullable(),
  bic: z.string().nullable(),
  currency: z.string(),
  ledgerAccount: z.string(), // Moved by statements alone: it stands where the bank does.
  clearingAccount: z.string(), // Payments, and what is not explained yet.
  createdBy: z.string(),
  createdAt: Moment,
});
const Statement = z.object({
  id: z.string(),
  ownAccount: z.string(),
  sequence: z.number().int(),
  reference: z.string(),
  source: z.enum(['camt.053', 'csv', 'manual']),
  fromOn: Day,
  toOn: Day,
  opening: z.string(),
  closing: z.string(),
  createdBy: z.string(),
  createdAt: Moment,
});
const StatementLine = z.object({
  id: z.string(),
  statement: z.string(),
  statementReference: z.string(),
  ownAccount: z.string(),
  number: z.number().int(),
  bookedOn: Day,
  valueOn: Day,
  amount: z.string(), // Account currency; above zero it came in.
  companyAmount: z.string(),
  reference: z.string().nullable(), // The bank's.
  endToEndId: z.string().nullable(),
  counterparty: z.string().nullable(),
  counterpartyIban: z.string().nullable(),
  remittance: z.string(),
  entry: z.string(), // Bank against clearing.
  match: z.string().nullable(), // What explains it.
});

const column = z.string().min(1).max(200);
const CsvMapping = z.strictObject({
  delimiter: z.enum([',', ';', '\t']),
  decimalPoint: z.enum(['.', ',']),
  days: z.enum(['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY']),
  isNewestFirst: z.boolean().exactOptional(),
  columns: z.strictObject({
    bookedOn: column,
    valueOn: column.exactOptional(),
    amount: column, // Signed, unless `direction` says which way.
    direction: z.strictObject({ column, out: column }).exactOptional(),
    reference: column.exactOptional(),
    endToEndId: column.exactOptional(),
    counterparty: column.exactOptional(),
    counterpartyIban: column.exactOptional(),
    remittance: z.array(column).max(20).exactOptional(), // Joined by a blank.
  }),
});
const told = {
  account: text(50), // Ours: its code, IBAN or number.
  reference: z.string().min(1).max(100), // The bank's, once an account.
  opening: AmountIn,
} as const;
const NewLine = z.strictObject({
  bookedOn: DayIn,
  valueOn: DayIn.exactOptional(),
  amount: AmountIn,
  reference: text(100).exactOptional(),
  endToEndId: text(100).exactOptional(),
  counterparty: text(200).exactOptional(),
  counterpartyIban: text(50).exactOptional(),
  remittance: text(2000).exactOptional(),
});
const File = z.string().min(1).max(16_000_000);
const NewStatement = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('camt.053'), file: File }),
  z.strictObject({
    format: z.literal('csv'),
    file: File,
    mapping: CsvMapping,
    ...told,
    closing: AmountIn.exactOptional(), // Else what the lines lead to.
  }),
  z.strictObject({
    format: z.literal('manual'),
    ...told,
    closing: AmountIn,
    fromOn: DayIn,
    toOn: DayIn,
    lines: z.array(NewLine).max(5000),
  }),
]);

const Side = z.enum(['receivable', 'payable']);
const ItemPart = z.object({
  item: z.string(),
  amount: z.string(),
  discount: z.string().optional(),
});
const MatchPart = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('items'),
    side: Side,
    party: z.string(),
    amount: z.string(),
    items: z.array(ItemPart).readonly(),
  }),
  z.object({ kind: z.literal('booked'), entry: z.string(), line: z.number().int() }),
  z.object({
    kind: z.literal('account'),
    account: z.string().optional(),
    amount: z.string(),
    costCentre: z.string().optional(),
    text: z.string().optional(),
  }),
]);
const NewMatchPart = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('items'), // It pays what is open with a party.
    side: Side,
    party: text(100),
    amount: AmountIn, // Signed as the line's; what its items do not use stays open with him.
    items: z
      .array(
        z.strictObject({ item: text(100), amount: AmountIn, discount: AmountIn.exactOptional() }),
      )
      .max(500),
  }),
  z.strictObject({
    kind: z.literal('booked'), // It is what was posted already, on the clearing account.
    entry: text(100),
    line: z.number().int(),
  }),
  z.strictObject({
    kind: z.literal('account'), // It goes to an account: fees, interest, wages, a transfer.
    account: text(20).exactOptional(), // Else that of bank fees.
    amount: AmountIn,
    costCentre: text(50).exactOptional(),
    text: text(500).exactOptional(),
  }),
]);
const Proposal = z.object({
  line: z.string(),
  score: z.number(), // 0 to 100.
  isExact: z.boolean(), // Number and amount agree, and nothing else does as well.
  reasons: z
    .array(
      z.enum([
        'amount',
        'amount-with-discount',
        'bank-account',
        'collective',
        'document-number',
        'near-in-time',
      ]),
    )
    .readonly(),
  parts: z.array(MatchPart).readonly(),
});
const Match = z.object({
  id: z.string(),
  legalEntity: z.string(),
  line: z.string(),
  matchedOn: Day,
  differenceEntry: z.string().nullable(), // What exchange rates made.
  createdBy: z.string(),
  undoneOn: Day.nullable(),
  undoneBy: z.string().nullable(),
  parts: z
    .array(
      z.object({
        kind: z.enum(['items', 'booked', 'account']),
        amount: z.string(),
        entry: z.string(),
        document: z.string().nullable(), // The payment that was posted.
        documentNumber: z.string().nullable(),
      }),
    )
    .readonly(),
});
const Counted = z.object({ count: z.number().int(), amount: z.string() });
const Reconciliation = z.object({
  on: Day,
  bankBalance: z.string(),
  ledgerBalance: z.string(),
  difference: z.string(), // Anything but zero was posted by hand.
  clearing: z.object({
    balance: z.string(),
    unmatched: Counted, // Lines that nobody has explained.
    outstanding: Counted, // Posted, and not told by the bank yet.
    unexplained: z.string(),
  }),
});
const TransferStatus = z.enum(['in-transit', 'arrived', 'reversed']);
const Transfer = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  on: Day,
  from: z.string(), // Our account, by its id.
  fromCode: z.string(),
  to: z.string(),
  toCode: z.string(),
  currency: z.string(),
  amount: z.string(),
  arrivingCurrency: z.string(),
  arrivingAmount: z.string(),
  companyAmount: z.string(), // What left.
  exchangeDifference: z.string(), // Company currency; above zero: gained.
  text: z.string(),
  status: TransferStatus,
  entry: z.string(),
  arrivingEntry: z.string(), // The same, unless the currencies differ.
  leftLine: z.string().nullable(), // What the bank told of it, where that is matched.
  arrivedLine: z.string().nullable(),
  reversedOn: Day.nullable(),
  reason: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Moment,
});
const Made = z.object({ id: z.string() });
const ACCOUNT = 'own-bank-accounts/:id';

/** Routes about our accounts at banks, what the banks say, and what explains it. */
export const BANKING_ROUTES = {
  listOwnBankAccounts: tells('own-bank-accounts', all(OwnAccount), {}),
  createOwnBankAccount: creates(
    'own-bank-accounts',
    z.strictObject({
      code: z.string().min(1).max(50),
      name: z.string().min(1).max(200),
      iban: text(50).exactOptional(),
      accountNumber: text(50).exactOptional(), // Instead of an IBAN.
      bic: text(11).exactOptional(),
      currency: CurrencyIn,
      ledgerAccount: text(20),
      clearingAccount: text(20),
    }),
    Made,
  ),
  listBankStatements: {
    ...pages(`${ACCOUNT}/statements`, Statement, {
      ...sort(['sequence', 'fromOn', 'reference', 'closing']),
    }),
    params: ById,
  },
  listBankStatementLines: {
    ...pages(`${ACCOUNT}/lines`, StatementLine, {
      ...BETWEEN, // Booked.
      statement: text(100).exactOptional(),
      matched: YesNo.exactOptional(),
      ...sort(['bookedOn', 'amount']),
    }),
    params: ById,
  },
  listBankProposals: {
    ...tells(`${ACCOUNT}/proposals`, all(Proposal), {
      line: text(100).exactOptional(), // Else those that wait, the oldest first.
      limit: LIMIT, // Of lines.
    }),
    params: ById,
  },
  getBankReconciliation: {
    ...tells(`${ACCOUNT}/reconciliation`, Reconciliation, { on: DayIn }),
    params: ById,
  },
  importBankStatement: creates(
    'bank-statements',
    NewStatement,
    z.strictObject({
      statements: z
        .array(z.object({ id: z.string(), sequence: z.number(), lines: z.number() }))
        .readonly(),
    }),
  ),
  matchBankLine: acts(
    'bank-statement-lines/:id/match',
    z.strictObject({
      on: DayIn.exactOptional(), // Else the day of the line: when its month is closed.
      parts: z.array(NewMatchPart).min(1).max(200),
    }),
    Made,
  ),
  getBankMatch: shows('bank-matches/:id', Match),
  listBankTransfers: pages('bank-transfers', Transfer, {
    ...BETWEEN,
    account: text(100).exactOptional(), // Ours, by its id: that it leaves or arrives at.
    status: TransferStatus.exactOptional(),
    number: text(30).exactOptional(), // It begins like this.
    ...sort(['on', 'number', 'amount']),
  }),
  getBankTransfer: shows('bank-transfers/:id', Transfer),
  postBankTransfer: creates(
    'bank-transfers',
    z.strictObject({
      from: text(100), // Our account, by its id.
      to: text(100),
      on: DayIn,
      amount: AmountIn, // That leaves; above zero.
      arriving: AmountIn.exactOptional(), // Where the currencies differ.
      text: text(500).exactOptional(),
    }),
    Numbered.extend({ entry: z.string() }),
  ),
  reverseBankTransfer: acts(
    'bank-transfers/:id/reverse',
    z.strictObject({ on: DayIn, reason: z.string().min(1).max(500) }),
    Made,
  ),
  undoBankMatch: acts('bank-matches/:id/undo', z.strictObject({ on: DayIn }), Made),
} as const;
