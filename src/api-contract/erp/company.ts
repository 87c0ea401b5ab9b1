import { z } from 'zod';
import { Day } from '../common.ts';

const None = z.strictObject({});
const NOTHING = { params: None, query: None, body: None } as const;
/** A legal entity's code, as it stands in every path about its books. */
export const EntityCode = z.string().regex(/^[A-Z0-9]{2,8}$/);
/** Exact decimal text, signed. */
export const DecimalText = z.string().regex(/^-?\d{1,24}(\.\d{1,10})?$/);
/** What a thing is called, by language. */
export const NameText = z.strictObject({
  en: z.string().min(1).max(200),
  de: z.string().min(1).max(200),
});

const taxIds = z
  .array(z.strictObject({ scheme: z.string().max(30), value: z.string().max(50) }))
  .max(20)
  .readonly();

/** A company in law. */
const LegalEntity = z.strictObject({
  code: z.string(),
  name: z.string(),
  country: z.string(),
  currency: z.string(),
  timeZone: z.string(),
  fiscalYearStartMonth: z.number().int(),
  taxIds,
  version: z.number().int(),
});

const NewLegalEntity = z.strictObject({
  code: EntityCode,
  name: z.string().trim().min(1).max(200),
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  timeZone: z.string().min(1).max(50),
  fiscalYearStartMonth: z.number().int().min(1).max(12).default(1),
  taxIds: taxIds.default([]),
  fiscalYears: z.array(z.number().int().min(1990).max(2100)).max(10).default([]), // To open.
});

const Rate = z.strictObject({
  from: z.string().regex(/^[A-Z]{3}$/),
  to: z.string().regex(/^[A-Z]{3}$/),
  type: z.enum(['spot', 'month-end', 'average', 'budget']),
  validOn: Day,
  rate: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/),
});

const TaxCode = z.object({
  code: z.string(),
  name: NameText,
  direction: z.enum(['input', 'output']),
  percent: z.string(),
});
const Unit = z.object({
  code: z.string(), // UN/ECE Recommendation 20.
  name: NameText,
  symbol: z.string(),
  scale: z.number().int(), // Places that make sense.
});

const DocumentRef = z.strictObject({ kind: z.string(), id: z.string(), number: z.string() });

/** Routes about legal entities and what all areas of the ERP share. */
export const COMPANY_ROUTES = {
  listLegalEntities: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/erp/legal-entities',
    reply: z.strictObject({ items: z.array(LegalEntity).readonly() }),
  },
  createLegalEntity: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/erp/legal-entities',
    body: NewLegalEntity, // It gets the standard chart, tax codes, terms and units.
    reply: LegalEntity,
  },
  listExchangeRates: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/erp/exchange-rates',
    query: z.strictObject({
      from: z.string().max(3).optional(),
      to: z.string().max(3).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    reply: z.strictObject({ items: z.array(Rate).readonly() }), // Newest first.
  },
  setExchangeRates: {
    ...NOTHING,
    method: 'POST',
    path: '/v1/erp/exchange-rates',
    body: z.strictObject({ items: z.array(Rate).min(1).max(1000) }),
    reply: z.strictObject({ kept: z.number().int() }),
  },
  getTradeCodes: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/erp/legal-entities/:entity/trade-codes',
    params: z.strictObject({ entity: EntityCode }),
    query: z.strictObject({ on: Day.exactOptional() }), // Else every tax code there ever was.
    reply: z.strictObject({
      taxCodes: z.array(TaxCode).readonly(),
      paymentTerms: z
        .array(
          z.object({
            code: z.string(),
            name: NameText,
            dueDays: z.number().int(),
            endOfMonth: z.boolean(),
            discounts: z
              .array(z.object({ days: z.number().int(), percent: z.string() }))
              .readonly(),
          }),
        )
        .readonly(),
      units: z.array(Unit).readonly(),
    }),
  },
  getDocumentFlow: {
    ...NOTHING,
    method: 'GET',
    path: '/v1/erp/documents/:kind/:id/flow',
    params: z.strictObject({ kind: z.string().max(50), id: z.string().max(100) }),
    reply: z.strictObject({
      links: z.array(z.strictObject({ from: DocumentRef, to: DocumentRef })).readonly(),
    }),
  },
} as const;
