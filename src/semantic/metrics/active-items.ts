import { defineMetric } from '../metric.ts';
import { LINE_CUTS, NOT_RETURN_LINE } from './fragments.ts';

export const activeItems = defineMetric({
  name: 'active_items',
  title: { en: 'Items bought', de: 'Eingekaufte Artikel' },
  answers: {
    en: 'How many different items did we order?',
    de: 'Wie viele verschiedene Artikel haben wir bestellt?',
  },
  synonyms: {
    en: [
      'active items',
      'distinct items',
      'different items',
      'different products',
      'items ordered',
      'products bought',
      'items bought',
      'item count',
      'product count',
      'skus bought',
    ],
    de: [
      'aktive Artikel',
      'verschiedene Artikel',
      'bestellte Artikel',
      'eingekaufte Artikel',
      'Artikelanzahl',
    ],
  },
  unit: 'count',
  direction: 'none',
  overTime: 'distinct',
  fact: 'fact_purchase_order_line',
  dateRole: 'issued_on',
  numerator: 'count(distinct fact.item_key)',
  scope: ['fact.item_key <> -1', 'fact.effective_qty <> 0', NOT_RETURN_LINE],
  standing: 'placed',
  by: LINE_CUTS,
  owner: 'procurement',
});
