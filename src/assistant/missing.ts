/** Facts of purchasing that people ask for and the loaded data does not hold. */
export type Missing =
  | 'receipt-dates'
  | 'payment-terms'
  | 'budget'
  | 'forecast'
  | 'requisitions'
  | 'contracts'
  | 'emissions'
  | 'savings'
  | 'approvers';

type Gap = {
  readonly what: Missing;
  readonly en: string;
  readonly de: string;
  readonly near: readonly string[];
  readonly phrases: string;
};

/** What is missing, how it is said, and the metrics that come nearest. */
export const MISSING: readonly Gap[] = [
  {
    what: 'approvers',
    en: 'who approved what, and when',
    de: 'wer was wann genehmigt hat',
    near: ['approval_rate', 'purchase_order_count'],
    phrases:
      'who approved,approved by,approver,approvers,approval date,approval time,genehmigt von,wer hat genehmigt,genehmiger,freigegeben von,freigeber,genehmigungsdauer',
  },
  {
    what: 'receipt-dates',
    en: 'the days on which goods were received',
    de: 'die Tage des Wareneingangs',
    near: ['order_to_ship_days', 'shipped_on_time_rate'],
    phrases:
      'goods receipt,goods receipts,receipt date,receipt dates,receiving date,date of receipt,received on,goods receipt date,wareneingang,wareneingaenge,wareneingangsdatum,eingangsdatum',
  },
  {
    what: 'payment-terms',
    en: 'payment terms',
    de: 'Zahlungsbedingungen',
    near: ['spend', 'open_commitments'],
    phrases:
      'payment terms,payment term,payment conditions,terms of payment,net 30,net 60,net 90,zahlungsziel,zahlungsziele,zahlungsbedingung,zahlungsbedingungen',
  },
  {
    what: 'budget',
    en: 'budgets',
    de: 'Budgets',
    near: ['spend', 'open_commitments'],
    phrases:
      'budget,budgets,budgeted,over budget,planned spend,plan versus actual,budgetiert,plan ist vergleich',
  },
  {
    what: 'forecast',
    en: 'forecasts',
    de: 'Prognosen',
    near: ['spend', 'open_commitments'],
    phrases:
      'forecast,forecasts,forecasted,predict,prediction,projected,projection,prognose,prognosen,vorhersage,hochrechnung',
  },
  {
    what: 'requisitions',
    en: 'purchase requisitions and requests for quotation',
    de: 'Bestellanforderungen und Anfragen',
    near: ['purchase_order_count', 'approval_rate'],
    phrases:
      'requisition,requisitions,purchase requisition,purchase requisitions,rfq,rfqs,request for quotation,banf,banfen,bestellanforderung,bestellanforderungen',
  },
  {
    what: 'contracts',
    en: 'supplier contracts',
    de: 'Lieferantenverträge',
    near: ['spend', 'supplier_price'],
    phrases:
      'contract,contracts,maverick,maverick spend,off contract,framework agreement,framework agreements,vertrag,vertraege,rahmenvertrag,rahmenvertraege',
  },
  {
    what: 'emissions',
    en: 'emissions',
    de: 'Emissionen',
    near: ['spend', 'ordered_quantity'],
    phrases: 'emission,emissions,co2,co2 emissions,carbon,carbon footprint,emissionen,co2 ausstoss',
  },
  {
    what: 'savings',
    en: 'savings against a baseline',
    de: 'Einsparungen gegenüber einer Basis',
    near: ['purchase_price_variance', 'average_unit_price'],
    phrases: 'savings,saving,saved,cost savings,einsparung,einsparungen,eingespart,ersparnis',
  },
];
