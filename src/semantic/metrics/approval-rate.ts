import { defineMetric } from '../metric.ts';
import { ORDER_CUTS } from './fragments.ts';

export const approvalRate = defineMetric({
  name: 'approval_rate',
  title: { en: 'Approval rate', de: 'Genehmigungsquote' },
  answers: {
    en: 'What part of the purchase orders decided on was approved?',
    de: 'Welcher Teil der entschiedenen Bestellungen wurde freigegeben?',
  },
  synonyms: {
    en: [
      'approval rate',
      'po approval rate',
      'approval rate of purchase orders',
      'approval rate of orders',
      'share of orders approved',
      'share of approved orders',
      'percentage of orders approved',
      'approved share',
      'acceptance rate of purchase orders',
    ],
    de: [
      'Genehmigungsquote',
      'Freigabequote',
      'Anteil genehmigter Bestellungen',
      'Anteil freigegebener Bestellungen',
      'Genehmigungsrate',
    ],
  },
  unit: 'ratio',
  direction: 'none',
  overTime: 'ratio',
  fact: 'fact_purchase_order',
  dateRole: 'issued_on',
  numerator: "count(*) filter (where fact.status <> 'rejected')",
  denominator: 'count(*)',
  scope: ["fact.status in ('issued', 'partly-received', 'received', 'closed', 'rejected')"],
  standing: 'any',
  by: ORDER_CUTS,
  owner: 'procurement',
  assumptions: [
    {
      en: 'Orders issued or further, over those and the rejected; drafts, cancelled orders and those awaiting approval are left out. The orders carry no day of decision, so they count by their order date.',
      de: 'Erteilte und weiter gediehene Bestellungen im Verhältnis zu diesen und den abgelehnten; Entwürfe, stornierte und auf Freigabe wartende bleiben außen vor. Die Bestellungen tragen kein Entscheidungsdatum; es zählt das Bestelldatum.',
    },
  ],
});
