import type { Dimension } from './dimension.ts';

type Words = Pick<Dimension, 'title' | 'synonyms'>;

const ofDay = (name: 'issued_on' | 'promised_on' | 'shipped_on', words: Words): Dimension => ({
  ...words,
  name,
  kind: 'day',
  key: { fact_purchase_order: `fact.${name}_key`, fact_purchase_order_line: `fact.${name}_key` },
  shown: { table: 'dim_date', key: 'date_key', label: 'day' },
  memberSql:
    'select cast(null as varchar) as value, cast(null as varchar) as label,' +
    ' cast(null as varchar) as record_id where false',
});

/** The days of an order, as columns beside it; a trend goes by the date instead. */
export const ORDER_DAYS: readonly Dimension[] = [
  ofDay('issued_on', {
    title: { en: 'Order date', de: 'Bestelldatum' },
    synonyms: {
      en: ['issue date', 'ordered on', 'date of order', 'order day'],
      de: ['Bestelltag', 'bestellt am', 'Datum der Bestellung'],
    },
  }),
  ofDay('promised_on', {
    title: { en: 'Promised date', de: 'Zugesagter Termin' },
    synonyms: {
      en: ['promised on', 'due on', 'promise date', 'expected date', 'delivery date'],
      de: ['Liefertermin', 'zugesagt am', 'Wunschtermin', 'Termin'],
    },
  }),
  ofDay('shipped_on', {
    title: { en: 'Ship date', de: 'Versanddatum' },
    synonyms: {
      en: ['shipped on', 'shipping date', 'shipment date'],
      de: ['Versandtag', 'versandt am', 'Versandtermin'],
    },
  }),
];
