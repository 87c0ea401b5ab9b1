import type { Locale } from './numbers.ts';

type Code = {
  readonly dimension: string;
  readonly value: string;
  readonly en: string;
  readonly de: string;
  /** Other words for it, both languages. */
  readonly also: string;
};

const of =
  (dimension: string) =>
  (value: string, en: string, de: string, also = ''): Code => ({ dimension, value, en, de, also });
const order = of('order_status');
const supplier = of('supplier_status');
const kind = of('order_kind');
const preferred = of('preferred_supplier');

/** Values that are codes of ours, not names: what people call them in either language. */
const CODES: readonly Code[] = [
  order('draft', 'draft', 'Entwurf', 'drafts,im entwurf,entwuerfe'),
  order(
    'awaiting-approval',
    'awaiting approval',
    'wartet auf Freigabe',
    'pending approval,waiting for approval,wait for approval,to be approved,not yet approved,unapproved,pending,warten auf freigabe,warten auf genehmigung,wartet auf genehmigung,zur freigabe,in freigabe,nicht freigegeben,nicht genehmigt,freizugeben',
  ),
  order('issued', 'issued', 'erteilt', 'erteilte,erteilten,approved,genehmigt,freigegeben'),
  order(
    'partly-received',
    'partly received',
    'teilweise geliefert',
    'partially received,teilgeliefert,teilgelieferte',
  ),
  order('received', 'received', 'vollständig geliefert', 'fully received,vollstaendig erhalten'),
  order('closed', 'closed', 'abgeschlossen', 'abgeschlossene,erledigt,erledigte'),
  order(
    'cancelled',
    'cancelled',
    'storniert',
    'canceled,we cancel,did we cancel,we cancelled,stornierte,stornierten,aufgehoben,annulliert,annullierte',
  ),
  order(
    'rejected',
    'rejected',
    'abgelehnt',
    'we reject,did we reject,we rejected,declined orders,not approved,refused,abgelehnte,abgelehnten,abgelehnter,nicht genehmigte,verweigert',
  ),
  supplier('active', 'active', 'aktiv', 'aktive,aktiven,aktiver'),
  supplier('inactive', 'inactive', 'inaktiv', 'inaktive,inaktiven,dormant,nicht aktiv,not active'),
  supplier(
    'blocked-purchasing',
    'blocked for purchasing',
    'für Einkauf gesperrt',
    'blocked,gesperrt,gesperrte,gesperrten',
  ),
  supplier('blocked-payment', 'blocked for payment', 'für Zahlung gesperrt'),
  kind('standard', 'standard', 'Normalbestellung'),
  kind('service', 'service', 'Dienstleistung'),
  kind('subcontract', 'subcontract', 'Lohnbearbeitung'),
  kind('blanket-release', 'blanket release', 'Abruf'),
  kind('return', 'return', 'Rücksendung'),
  preferred('yes', 'yes', 'ja'),
  preferred('no', 'no', 'nein'),
];

/** Every word for every code, as a name that can be found in a question. */
export const CODE_ALIASES: readonly {
  readonly dimension: string;
  readonly value: string;
  readonly label: string;
}[] = CODES.filter(
  ({ dimension }) => dimension === 'order_status' || dimension === 'supplier_status',
).flatMap(({ dimension, value, en, de, also }) =>
  [en, de, ...also.split(',').filter((word) => word !== '')].map((label) => ({
    dimension,
    value,
    label,
  })),
);

/** Whether a dimension's values are codes: they are found by their whole names only. */
export const isCode = (dimension: string): boolean =>
  CODES.some((code) => code.dimension === dimension);

const UNKNOWN: Readonly<Record<Locale, string>> = { en: 'Unknown', de: 'Unbekannt' };

/** A value in the reader's words: a code by its name, 'Unknown' in his language, a name as it is. */
export function codeName(dimension: string, value: string, locale: Locale): string {
  if (value === 'Unknown') return UNKNOWN[locale];
  const code = CODES.find((each) => each.dimension === dimension && each.value === value);
  return code?.[locale] ?? value;
}
