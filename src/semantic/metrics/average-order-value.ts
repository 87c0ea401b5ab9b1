import { defineMetric } from '../metric.ts';
import { LINE_NET, NOT_RETURN_LINE, ORDER_CUTS } from './fragments.ts';

export const averageOrderValue = defineMetric({
  name: 'average_order_value',
  title: { en: 'Average order value', de: 'Durchschnittlicher Bestellwert' },
  answers: {
    en: 'How big is a purchase order?',
    de: 'Wie groß ist eine Bestellung?',
  },
  synonyms: {
    en: [
      'average purchase order value',
      'average po value',
      'average po',
      'mean order value',
      'aov',
      'average order size',
      'average order',
      'mean po size',
      'average purchase order',
      'typical order',
      'average value of an order',
      'average amount per order',
      'spend per order',
      'value per order',
    ],
    de: [
      'Durchschnittsbestellwert',
      'durchschnittlicher Bestellwert',
      'mittlerer Bestellwert',
      'Bestellgröße',
      'Durchschnittsbestellung',
      'durchschnittliche Bestellung',
      'Wert pro Bestellung',
      'Wert je Bestellung',
      'durchschnittliche Bestellgröße',
      'durchschnittlicher Auftragswert',
    ],
  },
  unit: 'money',
  direction: 'none',
  overTime: 'ratio',
  fact: 'fact_purchase_order_line',
  dateRole: 'issued_on',
  numerator: `sum(${LINE_NET})`,
  denominator: 'count(distinct fact.order_key) filter (where fact.effective_qty <> 0)',
  scope: [NOT_RETURN_LINE],
  standing: 'placed',
  by: ORDER_CUTS, // Not by item: a part of an order is not an order.
  owner: 'procurement',
});
