import type { Grain } from '#semantic';

/** What a phrase of a question can mean, apart from names of the model and its members. */
export type Sign =
  | { readonly kind: 'noise' }
  | { readonly kind: 'by' }
  | { readonly kind: 'and' }
  | { readonly kind: 'not' }
  | { readonly kind: 'top'; readonly direction: 'desc' | 'asc' | 'best' | 'worst' }
  | {
      readonly kind: 'most';
      readonly direction: 'desc' | 'asc' | 'best' | 'worst';
      readonly metric?: string;
    }
  | { readonly kind: 'which' }
  | { readonly kind: 'list' }
  | { readonly kind: 'count' }
  | { readonly kind: 'average' }
  | { readonly kind: 'units' }
  | { readonly kind: 'ordered' }
  | { readonly kind: 'share' }
  | { readonly kind: 'trend' }
  | { readonly kind: 'grain'; readonly grain: Grain; readonly free: boolean }
  | { readonly kind: 'versus' }
  | { readonly kind: 'compare' }
  | { readonly kind: 'change' }
  | { readonly kind: 'prior'; readonly to: 'prior-period' | 'prior-year' }
  | { readonly kind: 'limit'; readonly op: '>' | '>=' | '<' | '<=' }
  | { readonly kind: 'between' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'money' }
  | { readonly kind: 'all-time' }
  | { readonly kind: 'vague' }
  | { readonly kind: 'late' }
  | { readonly kind: 'foreign'; readonly area: Area }
  | { readonly kind: 'action' };

/** A part of the business Rialto holds no numbers of yet. */
export type Area = 'sales' | 'invoices' | 'stock' | 'people' | 'ledger' | 'production' | 'other';

type Row = readonly [Sign, string];

const noise =
  'a,an,the,of,in,on,at,for,with,whose,from,to,we,our,us,i,me,my,you,is,are,was,were,be,been,do,does,did,has,have,had,' +
  'please,can,could,would,give,show,tell,display,what,how,much,get,see,find,calculate,compute,that,this,there,it,its,' +
  'their,they,them,as,during,within,so,all,total,overall,sum,amount,entire,whole,us,and,or,plus,also,respectively,' +
  'company,business,want,know,need,like,made,make,placed,place,issued,each,every,any,only,just,currently,now,right,' +
  'value,values,number,figures,figure,data,report,overview,over,than,it,who,hey,hi,hello,thanks,thank,been,have,go,goes,went,using,into,' +
  'used,genutzt,benutzt,various,different,distinct,across,split,broken,down,grouped,group,ranked,rank,sorted,order,ordered,descending,' +
  'der,die,das,den,dem,des,ein,eine,einen,einem,einer,im,am,an,auf,bei,beim,mit,von,vom,zu,zum,zur,fuer,wir,uns,unser,unsere,' +
  'unserer,unseren,unserem,unseres,ist,sind,war,waren,wurde,wurden,wird,werden,hat,haben,hatte,hatten,bitte,zeige,zeig,gib,mir,' +
  'wie,was,viel,hoch,gross,es,sich,und,oder,auch,alle,aller,allen,gesamt,gesamte,gesamten,insgesamt,summe,betrag,wert,pro,je,uns,' +
  'ich,moechte,wissen,bekommen,angelegt,erteilt,aufgegeben,getaetigt,als,dass,sortiert,derzeit,aktuell,jetzt,anhand,ueber,gab,gibt,' +
  'einzelnen,einzelne,verschiedene,verschiedenen,unterschiedliche';

const words = (sign: Sign, list: string): readonly Row[] =>
  list.split(',').map((phrase) => [sign, phrase.trim()] as const);

const grains: readonly (readonly [Grain, string, string])[] = [
  ['day', 'daily,day by day,taeglich', 'day,days,tag,tage,tagen'],
  ['week', 'weekly,week by week,woechentlich,wochenweise', 'week,weeks,woche,wochen,kalenderwoche'],
  [
    'month',
    'monthly,month by month,month over month trend,monatlich,monatliche,monatsweise,monatlicher,monatlichen',
    'month,months,monat,monate,monaten,calendar month',
  ],
  [
    'quarter',
    'quarterly,quarter by quarter,vierteljaehrlich,quartalsweise',
    'quarter,quarters,quartal,quartale,quartalen,calendar quarter',
  ],
  [
    'year',
    'yearly,annual,annually,year by year,jaehrlich,jaehrliche,jahresweise',
    'year,years,jahr,jahre,jahren,calendar year,kalenderjahr',
  ],
  ['fiscal_quarter', 'fiscal quarterly', 'fiscal quarter,fiscal quarters,geschaeftsquartal'],
  ['fiscal_year', 'fiscal yearly', 'fiscal year,fiscal years,geschaeftsjahr,geschaeftsjahre'],
];

const FOREIGN: readonly (readonly [Area, string])[] = [
  [
    'sales',
    'sales,sale,sold,sell,selling,sales order,sales orders,customer,customers,client,clients,customer order,customer orders,revenue,turnover,' +
      'opportunity,opportunities,pipeline,quote,quotes,quotation,pos revenue,pos sales,deal,deals,loyalty,promotion,promotions,retail,store,stores,refund,refunds,' +
      'kunde,kunden,kundenauftrag,kundenauftraege,umsatz,umsaetze,verkauf,verkaeufe,verkauft,angebot,angebote,erloes,erloese,auftragseingang,filiale,filialen',
  ],
  [
    'invoices',
    'invoice,invoices,invoiced,bill,bills,billed,billing,payment,payments,paid,pay,payable,payables,receivable,receivables,accounts payable,' +
      'accounts receivable,ap,ar,due date,past due,credit note,credit notes,dunning,dso,dpo,rechnung,rechnungen,eingangsrechnungen,zahlung,zahlungen,bezahlt,gezahlt,' +
      'forderung,forderungen,verbindlichkeiten,verbindlichkeit,skonto,faellig,mahnung,mahnungen,kreditlimit,credit limit,payment terms,zahlungsziel,gutschrift,gutschriften',
  ],
  [
    'stock',
    'inventory,stock,stocks,warehouse,warehouses,on hand,lot,lots,bin,stockout,stockouts,reorder,safety stock,inventory turns,lager,lagerbestand,bestand,' +
      'bestaende,lagerort,lagerorte,charge,chargen,lagerwert,umschlag,stock transfer,expiring',
  ],
  [
    'people',
    'payroll,salary,salaries,headcount,hire,hired,hiring,department,departments,employee turnover,leave,timesheet,timesheets,training,benefit,benefits,' +
      'gehalt,gehaelter,lohn,loehne,personal,abteilung,abteilungen,urlaub,krankenstand,mitarbeiterzahl,fluktuation,vacation,attrition,overtime,fte,bonus',
  ],
  [
    'ledger',
    'ledger,general ledger,journal,journals,gl,account,accounts,trial balance,balance sheet,profit,profits,profitability,loss,margin,margins,ebit,ebitda,' +
      'cash,cash flow,liquidity,bank,budget,budgets,cost center,cost centers,cost centre,depreciation,fixed asset,fixed assets,asset,assets,equity,expense,expenses,' +
      'cost of goods sold,cogs,hauptbuch,buchung,buchungen,konto,konten,bilanz,gewinn,marge,margen,deckungsbeitrag,kasse,liquiditaet,budget,kostenstelle,kostenstellen,' +
      'abschreibung,abschreibungen,anlage,anlagen,working capital,intercompany,accrual,accruals,forecast,prognose',
  ],
  [
    'production',
    'production,work order,work orders,manufacturing,machine,machines,bom,bill of materials,scrap,oee,capacity,maintenance,produktion,fertigung,' +
      'fertigungsauftrag,fertigungsauftraege,maschine,maschinen,stueckliste,ausfallzeit,wartung,routing',
  ],
  [
    'other',
    'project,projects,ticket,tickets,support case,support cases,contract,contracts,requisition,requisitions,rfq,rfqs,audit,milestone,milestones,task,tasks,' +
      'projekt,projekte,vertrag,vertraege,banf,bestellanforderung,bestellanforderungen,weather,wetter,document,documents,approval rate,sow',
  ],
];

const SIGNS: readonly Row[] = [
  ...words({ kind: 'noise' }, noise),
  ...words(
    { kind: 'by' },
    'by,per,for each,for every,by each,across,split by,broken down by,grouped by,group by,je,pro,nach,aufgeteilt nach,gruppiert nach,fuer jeden,fuer jede,fuer jedes,each,every,jeder,jede,jedes,jedem,jeden',
  ),
  ...words({ kind: 'and' }, 'and,und,&,+'),
  ...words(
    { kind: 'not' },
    'not,except,excluding,without,other than,but not,apart from,non,ohne,ausser,nicht,ausgenommen,kein,keine',
  ),
  ...words({ kind: 'top', direction: 'desc' }, 'top'),
  ...words({ kind: 'top', direction: 'asc' }, 'bottom'),
  ...words({ kind: 'top', direction: 'asc' }, 'flop'),
  ...words(
    { kind: 'most', direction: 'desc' },
    'largest,biggest,highest,most,greatest,maximum,max,main,groesste,groessten,groesster,groesstes,hoechste,hoechsten,hoechster,hoechstes,meiste,meisten,am meisten,wichtigste,wichtigsten',
  ),
  ...words(
    { kind: 'most', direction: 'asc' },
    'smallest,lowest,least,fewest,minimum,min,kleinste,kleinsten,kleinster,niedrigste,niedrigsten,geringste,geringsten,wenigsten,am wenigsten',
  ),
  ...words({ kind: 'most', direction: 'best' }, 'best,beste,besten,bester'),
  ...words(
    { kind: 'most', direction: 'worst' },
    'worst,poorest,schlechteste,schlechtesten,schlechtester',
  ),
  ...words(
    { kind: 'most', direction: 'asc', metric: 'order_to_ship_days' },
    'fastest,quickest,schnellste,schnellsten,am schnellsten',
  ),
  ...words(
    { kind: 'most', direction: 'desc', metric: 'order_to_ship_days' },
    'slowest,langsamste,langsamsten,am langsamsten',
  ),
  ...words(
    { kind: 'most', direction: 'desc', metric: 'purchase_order_count' },
    'most purchase orders,most pos,most orders,received the most purchase orders,received the most orders,received the most pos,got the most orders,got the most purchase orders,die meisten bestellungen,meisten bestellungen',
  ),
  ...words(
    { kind: 'most', direction: 'asc', metric: 'purchase_order_count' },
    'fewest purchase orders,fewest pos,fewest orders,received the fewest purchase orders,received the fewest orders,die wenigsten bestellungen,wenigsten bestellungen',
  ),
  ...words({ kind: 'which' }, 'which,what,who,welche,welcher,welches,welchen,welchem,wer,wem'),
  ...words(
    { kind: 'list' },
    'list,list all,show all,show me all,names of,liste,auflisten,liste alle,zeige alle',
  ),
  ...words(
    { kind: 'count' },
    'how many,number of,count of,count,wie viele,anzahl,anzahl der,zahl der',
  ),
  ...words(
    { kind: 'average' },
    'average,avg,mean,typical,durchschnittlich,durchschnittliche,durchschnittlicher,durchschnittlichen,durchschnitt,mittlere,mittlerer',
  ),
  ...words({ kind: 'units' }, 'units,pieces,unit,piece,quantity,stueck,einheiten,menge,stueckzahl'),
  ...words(
    { kind: 'ordered' },
    'ordered,order,purchased,purchase,buy,bought,bestellt,gekauft,eingekauft,kaufen,bestellen,kauften',
  ),
  ...words(
    { kind: 'share' },
    'share,share of,percentage,percentage of,percent of,proportion of,what share of,what percentage of,percent share,anteil,anteil am,anteil an,anteile,prozentual,prozentualer anteil',
  ),
  ...words(
    { kind: 'trend' },
    'trend,trends,over time,time series,timeline,trend of,im zeitverlauf,zeitlicher verlauf,verlauf,zeitverlauf,entwicklung,develop,developed,evolve,evolved,entwickelt,evolution',
  ),
  ...words(
    { kind: 'versus' },
    'vs,versus,compared to,compared with,compare to,compare with,comparison to,comparison with,in comparison to,in comparison with,against,relative to,gegenueber,gegenueber dem,im vergleich zu,im vergleich zum,im vergleich zur,verglichen mit,verglichen mit dem,change vs,change versus,change against,change from,growth vs,growth over,growth from,change over,veraenderung zum,veraenderung gegenueber,veraenderung gegenueber dem',
  ),
  ...words({ kind: 'compare' }, 'compare,comparison,vergleich,vergleiche,vergleichen'),
  ...words(
    { kind: 'change' },
    'change,changes,changed,growth,increase,increased,grow,grew,grown,veraenderung,veraendert,wachstum,gewachsen,gestiegen,steigerung,development',
  ),
  ...words(
    { kind: 'prior', to: 'prior-year' },
    'year over year,year on year,yoy,same period last year,same period of last year,same period a year ago,same quarter last year,same month last year,a year ago,a year earlier,vorjahreszeitraum,vorjahresvergleich,vorjahresquartal,vorjahresmonat',
  ),
  ...words(
    { kind: 'prior', to: 'prior-period' },
    'period over period,month over month,quarter over quarter,mom,qoq,wow,week over week,previous period,prior period,last period,the period before,period before,vorperiode,vorherige periode,vorigen zeitraum,vorherigen zeitraum,vorzeitraum,preceding period',
  ),
  ...words(
    { kind: 'limit', op: '>' },
    'over,above,more than,greater than,higher than,larger than,bigger than,exceeding,exceed,exceeds,>,ueber,mehr als,groesser als,hoeher als',
  ),
  ...words({ kind: 'limit', op: '>=' }, 'at least,no less than,minimum of,>=,≥,mindestens,ab'),
  ...words(
    { kind: 'limit', op: '<' },
    'under,below,less than,fewer than,lower than,smaller than,<,unter,weniger als,kleiner als,niedriger als',
  ),
  ...words(
    { kind: 'limit', op: '<=' },
    'at most,no more than,up to,maximum of,<=,≤,hoechstens,maximal,bis zu',
  ),
  ...words({ kind: 'between' }, 'between,zwischen'),
  ...words({ kind: 'percent' }, '%,percent,per cent,prozent,pct'),
  ...words({ kind: 'money' }, '€,$,£,euro,euros,eur,usd,dollar,dollars'),
  ...words(
    { kind: 'all-time' },
    'all time,ever,since the beginning,of all time,all years,all periods,aller zeiten,jemals,seit beginn,gesamter zeitraum',
  ),
  ...words(
    { kind: 'vague' },
    'performance,performing,perform,supplier performance,vendor performance,delivery performance,good,bad,important,health,leistung,gut,schlecht,lieferantenleistung,lieferantenbewertung,score,scorecard,risk,risky,risiko',
  ),
  ...words(
    { kind: 'late' },
    'late,delayed,overdue,shipped late,late shipments,late deliveries,late orders,delivered late,verspaetet,verspaetungen,zu spaet,zu spaet geliefert,ueberfaellig,verspaetete',
  ),
  ...words(
    { kind: 'action' },
    'create,delete,approve,cancel,update,change the,modify,send,post,reject the,issue a,place an order,place a,add,remove,edit,set,book,pay,release,close the,drop,insert,block,unblock,reopen,rename,' +
      'erstelle,erstellen,anlegen,lege,loesche,loeschen,genehmige,genehmigen,freigeben,storniere,stornieren,aendere,aendern,sende,senden,buche,buchen,bezahle,ueberweise,sperre,sperren,entsperren,hinzufuegen,setze,bestelle',
  ),
  ...grains.flatMap(([grain, free, bound]) => [
    ...words({ kind: 'grain', grain, free: true }, free),
    ...words({ kind: 'grain', grain, free: false }, bound),
  ]),
  ...FOREIGN.flatMap(([area, list]) => words({ kind: 'foreign', area }, list)),
];

/** Every phrase of the question grammar with what it can mean. */
export const VOCABULARY: readonly Row[] = SIGNS;

/** More words for metrics than the model lists: verbs people use in questions. */
export const EXTRA_METRIC_WORDS: readonly (readonly [string, string])[] = [
  ['spend', 'spent with'],
  ['spend', 'how much did we spend'],
  ['spend', 'purchase cost'],
  ['spend', 'ausgeben'],
  ['rejected_quantity', 'rejected'],
  ['rejected_quantity', 'zurueckgewiesen'],
  ['rejected_quantity', 'beanstandet'],
  ['received_quantity', 'geliefert'],
  ['received_quantity', 'delivered'],
  ['open_commitments', 'open'],
  ['open_commitments', 'outstanding'],
  ['open_commitments', 'offen'],
  ['open_commitments', 'offene'],
];

/** Synonyms of the model that the assistant does not take at their word: it asks back instead. */
export const DOUBTFUL_SYNONYMS: ReadonlySet<string> = new Set([
  'supplier performance',
  'delivery performance',
  'shipped late',
  'late shipments',
  'late deliveries',
  'verspaetungen',
  'verspaetet',
  'zu spaet geliefert',
  'sales tax',
  'lieferantenbewertung',
  'fastest suppliers',
  'slowest suppliers',
  'amount ordered',
  'how much did we order',
  'wie viel haben wir bestellt',
  'worst quality',
  'most reliable',
  'source',
  'location',
  'stand',
  'preferred and other suppliers',
  'who we buy from',
]);
