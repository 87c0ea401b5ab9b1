import { defineMetric } from '../metric.ts';
import { ITEM_CUTS, ON_FILE_TODAY } from './fragments.ts';

export const itemCount = defineMetric({
  name: 'item_count',
  title: { en: 'Items on file', de: 'Artikel im Stamm' },
  answers: 'How many items do we have?',
  synonyms: {
    en: [
      'number of items on file',
      'how many items are there',
      'number of items in the catalogue',
      'items in the catalogue',
      'products in the catalogue',
      'parts in the catalogue',
      'item master',
      'number of products',
      'all items',
    ],
    de: [
      'Anzahl Artikel',
      'Anzahl der Artikel',
      'Artikelstamm',
      'angelegte Artikel',
      'wie viele Artikel gibt es',
      'Anzahl Produkte',
    ],
  },
  unit: 'count',
  direction: 'none',
  overTime: 'last',
  fact: 'dim_item',
  numerator: 'count(*)',
  scope: ['fact.item_key <> -1', 'not fact.deleted'],
  standing: 'any',
  by: ITEM_CUTS,
  owner: 'procurement',
  assumptions: [ON_FILE_TODAY],
});
