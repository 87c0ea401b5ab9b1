import { z } from 'zod';
import { Day, Moment } from '../common.ts';
import { AmountIn, CurrencyIn, DayIn, text } from './shapes.ts';

/** What every order says, bought or sold. */
export const ORDER = {
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  issuedOn: Day,
  currency: z.string(),
  rate: z.string(),
  paymentTerms: z.string(),
  text: z.string(),
  net: z.string(),
  isClosed: z.boolean(), // By a person, before all of it had come about.
  version: z.number().int(),
  createdBy: z.string(),
  createdAt: Moment,
} as const;

/** What every line of an order says. */
export const ORDER_LINE = {
  number: z.number().int(),
  item: z.string().nullable(),
  text: z.string(),
  unit: z.string(),
  ordered: z.string(),
  unitPrice: z.string(), // Per `priceBase` units, before discount; the order's currency.
  priceBase: z.string(),
  net: z.string(),
  taxCode: z.string().nullable(),
  warehouse: z.string().nullable(),
  costCentre: z.string().nullable(),
  project: z.string().nullable(),
  promisedOn: Day.nullable(),
  firstPromisedOn: Day.nullable(),
  overPercentMax: z.string(),
  isFinal: z.boolean(),
  isCancelled: z.boolean(),
  invoiced: z.string(),
} as const;

/** What an order is asked for with. */
export const NEW_ORDER = {
  issuedOn: DayIn,
  currency: CurrencyIn.exactOptional(), // Else the party's, else the company's.
  paymentTerms: text(30).exactOptional(), // Else the party's.
  text: text(1000).exactOptional(),
} as const;

/** What a line of an order is asked for with. */
export const NEW_ORDER_LINE = {
  item: text(100).exactOptional(), // None: what `text` says.
  text: text(500).exactOptional(),
  quantity: AmountIn,
  unit: text(20).exactOptional(),
  unitPrice: AmountIn,
  priceBase: AmountIn.exactOptional(),
  taxCode: text(30).exactOptional(),
  warehouse: text(100).exactOptional(),
  costCentre: text(50).exactOptional(),
  project: text(100).exactOptional(),
  promisedOn: DayIn.exactOptional(),
  overPercentMax: AmountIn.exactOptional(),
} as const;

/** What may be different of a line of an order; what is left out stays. */
export const LINE_CHANGE = {
  line: z.number().int(),
  quantity: AmountIn.exactOptional(), // Not below what has moved or was charged.
  unitPrice: AmountIn.exactOptional(), // Not of what was charged.
  priceBase: AmountIn.exactOptional(),
  promisedOn: DayIn.exactOptional(), // The first promise is kept beside it.
  isFinal: z.boolean().exactOptional(), // True: nothing more is waited for. False: it is again.
  isCancelled: z.literal(true).exactOptional(),
} as const;

/** What every receipt and delivery says. */
export const MOVED = {
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  postedOn: Day,
  entry: z.string().nullable(), // The journal entry's id; none where nothing had a value.
  reverses: z.string().nullable(),
  reversedBy: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Moment,
} as const;

/** What every line of a receipt or delivery says. */
export const MOVED_LINE = {
  number: z.number().int(),
  order: z.string(),
  orderLine: z.number().int(),
  item: z.string().nullable(),
  quantity: z.string(), // Below zero it went back.
  unit: z.string(), // The order line's.
  reason: z.string().nullable(),
  batch: z.string().nullable(),
  warehouse: z.string().nullable(),
  location: z.string().nullable(),
} as const;

/** What a line of a receipt or delivery is asked for with. */
export const NEW_MOVED_LINE = {
  order: text(100),
  line: z.number().int(),
  quantity: AmountIn, // In the order line's unit.
  reason: text(200).exactOptional(),
  batch: text(40).exactOptional(),
  serials: z.array(text(60)).max(1000).exactOptional(),
  location: text(40).exactOptional(),
  isFinal: z.boolean().exactOptional(), // Nothing more comes, or leaves.
} as const;

/** The lines of a document that is asked for. */
export const newLines = <Line extends z.ZodType>(line: Line) => z.array(line).min(1).max(500);
