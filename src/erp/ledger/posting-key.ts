/** What a document wants to post to; which account that is, the determination says. */
export const POSTING_KEYS = [
  'stock',
  'grir', // Goods received, not yet invoiced; and the other way round.
  'payable',
  'receivable',
  'revenue',
  'cogs',
  'purchase-price-variance',
  'scrap',
  'stock-adjustment',
  'input-tax',
  'output-tax',
  'bank',
  'own-transfer', // On its way between two accounts of ours that are in different currencies.
  'cash-discount-received',
  'cash-discount-granted',
  'exchange-gain',
  'exchange-loss',
  'grir-exchange-gain', // Goods received at the rate of one day, charged at another's.
  'grir-exchange-loss',
  'unrealised-exchange-gain',
  'unrealised-exchange-loss',
  'wip',
  'production-variance',
  'production-absorbed', // Hours and machines that work orders took over from cost centres.
  'outside-processing',
  'accrual',
  'deferred-revenue',
  'unbilled-revenue', // What projects have earned and not yet charged.
  'prepayment-made',
  'prepayment-received',
  'freight',
  'rounding',
  'expense',
  'bad-debt',
  'bank-fee',
  'dunning-fee',
  'opening-balance',
  'retained-earnings',
] as const;

/** A posting key. */
export type PostingKey = (typeof POSTING_KEYS)[number];

/** A posting key with what narrows it. */
export type PostingTo = {
  readonly key: PostingKey;
  readonly itemGroup?: string;
  readonly taxCode?: string;
  readonly partyGroup?: string;
  readonly bankAccount?: string;
};
