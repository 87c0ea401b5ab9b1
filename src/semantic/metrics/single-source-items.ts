import { defineMetric } from '../metric.ts';
import { LINE_CUTS, NOT_RETURN_LINE } from './fragments.ts';

export const singleSourceItems = defineMetric({
  name: 'single_source_items',
  title: { en: 'Single-sourced items', de: 'Einzelquellenteile' },
  answers: {
    en: 'How many items did we buy from one supplier only?',
    de: 'Wie viele Artikel haben wir nur bei einem Lieferanten gekauft?',
  },
  synonyms: {
    en: [
      'single source items',
      'single sourced items',
      'single-source items',
      'sole source items',
      'sole sourced items',
      'single source',
      'items with one supplier',
      'items from one supplier only',
      'products with only one supplier',
      'supply risk items',
      'single supplier items',
    ],
    de: [
      'Einzelquellenteile',
      'Einquellenteile',
      'Single Source',
      'Artikel mit nur einem Lieferanten',
      'Teile mit nur einem Lieferanten',
      'Einzelquellen',
      'Alleinlieferant',
    ],
  },
  unit: 'count',
  direction: 'down',
  overTime: 'distinct',
  fact: 'fact_purchase_order_line',
  dateRole: 'issued_on',
  derive: [
    {
      first_source: 'min(fact.supplier_key) over (partition by fact.item_key)',
      last_source: 'max(fact.supplier_key) over (partition by fact.item_key)',
    },
  ],
  numerator: 'count(distinct fact.item_key) filter (where fact.first_source = fact.last_source)',
  scope: [
    'fact.item_key <> -1',
    'fact.effective_qty <> 0',
    'fact.net_amount <> 0',
    NOT_RETURN_LINE,
  ],
  standing: 'placed',
  by: LINE_CUTS,
  owner: 'procurement',
  assumptions: [
    {
      en: 'Judged over the whole period asked: an item counts when all its orders went to one supplier.',
      de: 'Über den ganzen gefragten Zeitraum beurteilt: Ein Artikel zählt, wenn alle seine Bestellungen an einen Lieferanten gingen.',
    },
  ],
});
