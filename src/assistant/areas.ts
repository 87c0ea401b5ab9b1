/** A part of the business Rialto holds no numbers of yet. */
export type Area = 'sales' | 'invoices' | 'stock' | 'people' | 'ledger' | 'production' | 'other';

/** Words of those parts. */
export const FOREIGN: readonly (readonly [Area, string])[] = [
  [
    'sales',
    'sales,sale,sold,sell,selling,sales order,sales orders,customer,customers,client,clients,customer order,customer orders,revenue,turnover,' +
      'opportunity,opportunities,pipeline,quote,quotes,quotation,pos revenue,pos sales,deal,deals,loyalty,promotion,promotions,retail,store,stores,refund,refunds,' +
      'kunde,kunden,kundenauftrag,kundenauftraege,umsatz,umsaetze,verkauf,verkaeufe,verkauft,angebot,angebote,erloes,erloese,auftragseingang,filiale,filialen',
  ],
  [
    'invoices',
    'invoice,invoices,invoiced,bill,bills,billed,billing,payment,payments,paid,pay,payable,payables,receivable,receivables,accounts payable,' +
      'accounts receivable,ap,ar,due date,credit note,credit notes,dunning,dso,dpo,rechnung,rechnungen,eingangsrechnungen,zahlung,zahlungen,bezahlt,gezahlt,' +
      'forderung,forderungen,verbindlichkeiten,verbindlichkeit,skonto,faellig,offene posten,offener posten,mahnung,mahnungen,kreditlimit,credit limit,gutschrift,gutschriften',
  ],
  [
    'stock',
    'inventory,stock,stocks,warehouse,warehouses,on hand,lot,lots,bin,stockout,stockouts,reorder,safety stock,inventory turns,lager,lagerbestand,bestand,' +
      'bestaende,lagerort,lagerorte,charge,chargen,lagerwert,umschlag,stock transfer,expiring',
  ],
  [
    'people',
    'personnel,employee count,payroll,salary,salaries,headcount,hire,hired,hiring,department,departments,employee turnover,leave,timesheet,timesheets,training,benefit,benefits,' +
      'gehalt,gehaelter,lohn,loehne,personal,abteilung,abteilungen,urlaub,krankenstand,mitarbeiterzahl,fluktuation,vacation,attrition,overtime,fte,bonus',
  ],
  [
    'ledger',
    'ledger,general ledger,journal,journals,gl,account,accounts,trial balance,balance sheet,profit,profits,profitability,loss,margin,margins,ebit,ebitda,' +
      'cash,cash flow,liquidity,bank,cost center,cost centers,cost centre,depreciation,fixed asset,fixed assets,asset,assets,equity,expense,expenses,' +
      'cost of goods sold,cogs,hauptbuch,buchung,buchungen,konto,konten,bilanz,gewinn,marge,margen,deckungsbeitrag,kasse,liquiditaet,kostenstelle,kostenstellen,' +
      'abschreibung,abschreibungen,anlage,anlagen,working capital,intercompany,accrual,accruals',
  ],
  [
    'production',
    'production,work order,work orders,manufacturing,machine,machines,bom,bill of materials,scrap,oee,capacity,maintenance,produktion,fertigung,' +
      'fertigungsauftrag,fertigungsauftraege,maschine,maschinen,stueckliste,ausfallzeit,wartung,routing',
  ],
  [
    'other',
    'exchange rate,exchange rates,fx rate,fx rates,wechselkurs,wechselkurse,kurs,project,projects,ticket,tickets,support case,support cases,audit,milestone,milestones,task,tasks,' +
      'projekt,projekte,weather,wetter,document,documents,sow',
  ],
];
