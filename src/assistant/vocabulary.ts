import type { Grain } from '#semantic';

import { type Area, FOREIGN } from './areas.ts';
import { type Missing, MISSING } from './missing.ts';

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
  | { readonly kind: 'change'; readonly way: 'up' | 'down' | 'any'; readonly ranked?: true }
  | { readonly kind: 'show' }
  | { readonly kind: 'supplies' }
  | { readonly kind: 'old' }
  | { readonly kind: 'worth' }
  | { readonly kind: 'overdue' }
  | { readonly kind: 'latest'; readonly end: 'last' | 'first' }
  | { readonly kind: 'cheap'; readonly direction: 'asc' | 'desc' }
  | { readonly kind: 'sorted'; readonly direction: 'desc' | 'asc' | 'best' | 'worst' }
  | { readonly kind: 'missing'; readonly what: Missing }
  | {
      readonly kind: 'prior';
      readonly to: 'prior-period' | 'prior-year';
      readonly grain?: Grain;
    }
  | { readonly kind: 'limit'; readonly op: '>' | '>=' | '<' | '<=' }
  /** What no query can say: named, so that its words are not read as something else. */
  | { readonly kind: 'beyond' }
  | { readonly kind: 'between' }
  | { readonly kind: 'percent' }
  | { readonly kind: 'money' }
  | { readonly kind: 'all-time' }
  | { readonly kind: 'vague' }
  | { readonly kind: 'late' }
  | { readonly kind: 'foreign'; readonly area: Area }
  | { readonly kind: 'action' };

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
  'deliveries,delivery,shipments,shipment,lieferungen,lieferung,passed,expected,date,dates,date of,datum,day of,approved,genehmigt,genehmigte,genehmigten,freigegeben,freigegebene,freigegebenen,um,where,when,wann,as,many,about,geben,aus,still,on file,file,there are,catalogue,catalog,noch,gibt es,entfallen,entfaellt,auf,goes,went to,go to,breakdown,distribution,verteilung,aufteilung,split,since,seit,because,often,am,did,doing,anything,something,etwas,more,less,mehr,weniger,up,against,sich,dabei,davon,insgesamt,ours,time,gegeben,waren,worden,werden,those,these,which,let,lets,look,interested,tell me,moment,name,names,please,zeigen,koennten,bitte,mal,denn,eigentlich,genau,exactly,actually,really,up to now,bisher,bislang,so far,jeweils,respective,individual,stehen,steht,kamen,kam,come,came,coming,level,levels,supplied,by far,with us,bei uns,fuer uns,for us,from us,' +
  'everything,everyone,everybody,single,kindly,quick,quickly,briefly,ask,question,wonder,wondering,check,understand,find out,provide,pull,run,present,summary,summarize,summarise,basis,in terms of,based on,regarding,concerning,related,relating,happened,happen,took,take,given,altogether,went out,go out,going out,sent out,combined,together,both,same,raise,raised,raises,submit,submitted,entered,verteilen,verteilt,verteilen sich,verteilt sich,created,created by,raised by,dauert,dauerte,worked,work,own,some,several,via,had,having,being,should,will,may,might,must,then,though,while,id,im,ive,ours,yet,already,later,ever so,in total,in all,' +
  'wieviel,denen,deren,dessen,diese,dieser,dieses,diesem,diesen,dazu,hierzu,damit,bezueglich,hinsichtlich,betreffend,nochmal,kurz,schnell,gern,gerne,koenntest,kannst,koennen,soll,sollen,muss,muessen,brauche,brauchen,haette,haetten,wuerde,wuerden,uebersicht,ueberblick,darstellung,darstellen,ermitteln,ermittle,berechne,berechnen,nenne,nennen,nenn,sag,sage,sagen,erfahren,zusammen,beide,beiden,selben,gleichen,einige,mehrere,gemacht,getan,lief,liefen,laufen,angefallen,betrug,betragen,betraegt,belief,belaeuft,liegt,lag,liegen,lagen,ergibt,aussehen,aussieht,sieht,sah,vorhanden,vorliegen,vorliegend,schon,bereits,gehen,geht,ging,gingen,durch,ihre,ihrer,ihren,deren,dort,hier,dann,etwa,ungefaehr,wohin,woher,warum,weshalb,' +
  'einzelnen,einzelne,verschiedene,verschiedenen,unterschiedliche';

const words = (sign: Sign, list: string): readonly Row[] =>
  list.split(',').map((phrase) => [sign, phrase.trim()] as const);

const grains: readonly (readonly [Grain, string, string])[] = [
  ['day', 'a day,daily,day by day,taeglich', 'day,days,tag,tage,tagen'],
  [
    'week',
    'a week,weekly,week by week,woechentlich,wochenweise',
    'week,weeks,woche,wochen,kalenderwoche',
  ],
  [
    'month',
    'a month,im monat,monthly,month by month,month over month trend,monatlich,monatliche,monatsweise,monatlicher,monatlichen',
    'month,months,monat,monate,monaten,calendar month',
  ],
  [
    'quarter',
    'a quarter,im quartal,quarterly,quarter by quarter,vierteljaehrlich,quartalsweise',
    'quarter,quarters,quartal,quartale,quartalen,calendar quarter',
  ],
  [
    'year',
    'a year,im jahr,yearly,annual,annually,year by year,jaehrlich,jaehrliche,jahresweise',
    'year,years,jahr,jahre,jahren,calendar year,kalenderjahr',
  ],
  ['fiscal_quarter', 'fiscal quarterly', 'fiscal quarter,fiscal quarters,geschaeftsquartal'],
  ['fiscal_year', 'fiscal yearly', 'fiscal year,fiscal years,geschaeftsjahr,geschaeftsjahre'],
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
    'with the exception of,with exception of,besides,aside from,mit ausnahme von,mit ausnahme der,abgesehen von,bis auf,not,except,excluding,without,other than,but not,apart from,non,no,none,never,not any,nothing,zero,' +
      'ohne,ausser,nicht,ausgenommen,kein,keine,keinen,keiner,keinem,nie,niemals,nichts',
  ),
  ...words(
    { kind: 'top', direction: 'desc' },
    'top,oberste,obersten,ranking of,rangliste der,rangliste,rangfolge der,rangfolge',
  ),
  ...words({ kind: 'top', direction: 'asc' }, 'bottom,unterste,untersten,unteren,letztplatzierten'),
  ...words({ kind: 'top', direction: 'asc' }, 'flop'),
  ...words(
    { kind: 'most', direction: 'desc' },
    'longest,laengste,laengsten,laengster,most often,most frequently,am haeufigsten,am oeftesten,strongest,staerkste,staerksten,am staerksten,largest,biggest,highest,most,greatest,maximum,max,main,groesste,groessten,groesster,groesstes,hoechste,hoechsten,hoechster,hoechstes,meiste,meisten,am meisten,wichtigste,wichtigsten',
  ),
  ...words(
    { kind: 'most', direction: 'asc' },
    'shortest,kuerzeste,kuerzesten,kuerzester,smallest,lowest,least,fewest,minimum,min,kleinste,kleinsten,kleinster,niedrigste,niedrigsten,geringste,geringsten,wenigsten,am wenigsten',
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
    'bestellt am haeufigsten,am haeufigsten bestellt,am oeftesten bestellt,most often ordered,most frequently ordered,ordered most often,ordered most frequently,orders most often,orders most frequently,busiest,busiest for purchasing,most purchase orders,most pos,most orders,received the most purchase orders,received the most orders,received the most pos,got the most orders,got the most purchase orders,die meisten bestellungen,meisten bestellungen',
  ),
  ...words(
    { kind: 'most', direction: 'asc', metric: 'purchase_order_count' },
    'fewest purchase orders,fewest pos,fewest orders,received the fewest purchase orders,received the fewest orders,die wenigsten bestellungen,wenigsten bestellungen',
  ),
  ...words(
    { kind: 'most', direction: 'desc', metric: 'spend' },
    'cost the most,cost us the most,costs the most,costs us the most,costing the most,costing us the most,am meisten kosten,am meisten gekostet',
  ),
  ...words(
    { kind: 'which' },
    'only where it,nur wo es,which,what,who,whom,welche,welcher,welches,welchen,welchem,wer,wem',
  ),
  ...words(
    { kind: 'list' },
    'list,list of,a list of,list all,list the,show all,show me all,names of,liste,liste der,liste aller,auflisten,aufliste,liste alle,zeige alle,zeig alle,zeige mir alle,alle anzeigen,details of,enumerate',
  ),
  ...words(
    { kind: 'count' },
    'gesamtzahl,gesamtzahl der,gesamtanzahl,gesamtanzahl der,how many,wieviele,number of,count of,count,wie viele,anzahl,anzahl der,zahl der',
  ),
  ...words(
    { kind: 'average' },
    'on average,im schnitt,im mittel,im durchschnitt,average,avg,mean,typical,durchschnittlich,durchschnittliche,durchschnittlicher,durchschnittlichen,durchschnitt,mittlere,mittlerer',
  ),
  ...words({ kind: 'units' }, 'units,pieces,unit,piece,quantity,stueck,einheiten,menge,stueckzahl'),
  ...words(
    { kind: 'ordered' },
    'used,genutzt,benutzt,do we source,did we source,we source,source from,sourced from,use,do we use,did we use,buy with,ordered,order,ordering,ordered from,order from,purchased,purchase,buy,buy from,bought,bought from,bestellt,gekauft,eingekauft,bezogen,beziehen,kaufen,kaufen wir,bestellen,kauften,bestellten',
  ),
  ...words(
    { kind: 'share' },
    'share,share of,percentage,percentage of,percent of,proportion of,what share of,what percentage of,percent share,fraction,fraction of,portion,portion of,in percent,in per cent,as percent,as a percent,as a percentage,as percentage,in %,as %,as a %,percent,% of,what % of,percentage breakdown,relative share,relative to total,relative to the total,relative to all,in relation to total,in relation to the total,im verhaeltnis zum gesamten,im verhaeltnis zu den gesamten,anteil,anteil am,anteil an,anteile,in prozent,wie viel prozent,wieviel prozent,prozent der,prozent des,prozent vom,prozent von,% der,% des,% vom,% von,prozentsatz,prozentual,prozentualer anteil',
  ),
  ...words(
    { kind: 'trend' },
    'trend,trends,over time,time series,timeline,trend of,im zeitverlauf,zeitlicher verlauf,verlauf,zeitverlauf,entwicklung,develop,developed,evolve,evolved,entwickelt,evolution',
  ),
  ...words(
    { kind: 'versus' },
    'than,more than,less than,higher than,lower than,als,mehr als,weniger als,hoeher als,niedriger als,gegen,vs,versus,compared to,compared with,compare to,compare with,comparison to,comparison with,in comparison to,in comparison with,against,relative to,gegenueber,gegenueber dem,im vergleich zu,im vergleich zum,im vergleich zur,verglichen mit,verglichen mit dem,change vs,change versus,change against,change from,growth vs,growth over,growth from,change over,veraenderung zum,veraenderung gegenueber,veraenderung gegenueber dem',
  ),
  ...words(
    { kind: 'compare' },
    'compare,comparison,compared,difference,difference between,vergleich,vergleiche,vergleichen,vergleich von,verglichen,unterschied,unterschied zwischen,differenz,differenz zwischen,gegenueberstellung',
  ),
  ...words(
    { kind: 'change', way: 'any' },
    'change,changes,changed,veraenderung,veraendert,veraendern,veraenderten,development',
  ),
  ...words(
    { kind: 'change', way: 'up' },
    'growth,increase,increases,increased,increasing,grow,grows,grew,grown,growing,rise,rises,rose,risen,rising,go up,goes up,went up,gone up,gain,gained,climb,climbed,' +
      'wachstum,wachsen,waechst,gewachsen,wuchsen,gestiegen,steigen,stiegen,steigt,steigerung,anstieg,zuwachs,zunahme,zugenommen,zugelegt,erhoeht,erhoehung',
  ),
  ...words(
    { kind: 'change', way: 'down' },
    'decline,declines,declined,declining,decrease,decreases,decreased,decreasing,drop,drops,dropped,fall,falls,fell,fallen,falling,shrink,shrank,shrunk,shrinking,go down,goes down,went down,gone down,reduction,reduced,' +
      'gesunken,sinken,sanken,sinkt,gefallen,rueckgang,rueckgaenge,zurueckgegangen,abgenommen,abnahme,geschrumpft,reduziert,verringert,einbruch',
  ),
  ...words(
    { kind: 'change', way: 'up', ranked: true },
    'fastest growing,fastest growth,growing fastest,grew fastest,grew the fastest,am schnellsten gewachsen,am schnellsten wachsen,schnellstes wachstum,am schnellsten wachsende,schnellstwachsende',
  ),
  ...words(
    { kind: 'show' },
    'show,show me,display,give me,zeige,zeig,zeige mir,zeig mir,gib mir,anzeigen,show the,show me the,zeige die,zeig mir die',
  ),
  ...words(
    { kind: 'supplies' },
    'supplies,supply,supplying,delivers,deliver,sells us,sell us,offers,offer,carries,liefert,liefern,beliefert,beliefern,bietet,bieten,bezugsquellen fuer,sources for,sources of',
  ),
  ...words({ kind: 'old' }, 'how old,how long,wie lange,old,age of,alt,wie alt,alter,alter der'),
  ...words(
    { kind: 'latest', end: 'last' },
    'last,latest,newest,most recent,most recently,recent,recently,letzte,letzten,letzter,letztes,zuletzt,neueste,neuesten,neuester,juengste,juengsten',
  ),
  ...words(
    { kind: 'latest', end: 'first' },
    'first,earliest,oldest,erste,ersten,erster,erstes,frueheste,fruehesten,aelteste,aeltesten',
  ),
  ...words(
    { kind: 'cheap', direction: 'asc' },
    'cheapest,least expensive,lowest price,best price,lowest priced,most affordable,guenstigste,guenstigsten,guenstigster,guenstigstes,billigste,billigsten,billigster,preiswerteste,preiswertesten,niedrigster preis,bester preis,am guenstigsten,am billigsten',
  ),
  ...words(
    { kind: 'cheap', direction: 'desc' },
    'most expensive,dearest,priciest,costliest,highest price,teuerste,teuersten,teuerster,teuerstes,am teuersten,hoechster preis',
  ),
  ...words(
    { kind: 'sorted', direction: 'worst' },
    'worst first,schlechteste zuerst,die schlechtesten zuerst,starting with the worst',
  ),
  ...words(
    { kind: 'sorted', direction: 'best' },
    'best first,beste zuerst,die besten zuerst,starting with the best',
  ),
  ...words(
    { kind: 'sorted', direction: 'asc' },
    'lowest first,smallest first,ascending,aufsteigend,niedrigste zuerst,kleinste zuerst',
  ),
  ...words(
    { kind: 'sorted', direction: 'desc' },
    'highest first,largest first,biggest first,descending,absteigend,hoechste zuerst,groesste zuerst',
  ),
  ...words(
    { kind: 'prior', to: 'prior-year' },
    'year over year,year on year,yoy,same period last year,same period of last year,same period a year ago,same quarter last year,same month last year,a year ago,a year earlier,the year before,year before,the year earlier,same time last year,same days last year,same days of last year,same date last year,the same period one year earlier,das jahr davor,im jahr davor,jahr davor,jahr zuvor,im jahr zuvor,gleicher zeitraum im vorjahr,gleichen zeitraum im vorjahr,gleichen zeitraum des vorjahres,selben zeitraum des vorjahres,selben zeitraum im vorjahr,vorjahreszeitraum,vorjahresvergleich,vorjahresquartal,vorjahresmonat',
  ),
  ...words(
    { kind: 'prior', to: 'prior-period' },
    'same days last month,same days of last month,same days of the previous month,same time last month,same period last month,same days last quarter,same period last quarter,the month before,month before,the quarter before,quarter before,the week before,week before,monat davor,im monat davor,quartal davor,im quartal davor,monat zuvor,quartal zuvor,period over period,previous period,prior period,last period,the period before,period before,vorperiode,vorherige periode,vorigen zeitraum,vorherigen zeitraum,vorzeitraum,preceding period',
  ),
  ...words(
    { kind: 'prior', to: 'prior-period', grain: 'month' },
    'month over month,month on month,mom,gegenueber dem jeweiligen vormonat',
  ),
  ...words(
    { kind: 'prior', to: 'prior-period', grain: 'quarter' },
    'quarter over quarter,quarter on quarter,qoq',
  ),
  ...words({ kind: 'prior', to: 'prior-period', grain: 'week' }, 'week over week,week on week,wow'),
  ...words(
    { kind: 'overdue' },
    'overdue,past due,behind schedule,expected date passed,promised date passed,ueberfaellig,ueberfaellige,ueberfaelligen,in verzug,im verzug,im rueckstand,rueckstaendig',
  ),
  ...words(
    { kind: 'worth' },
    'value,values,worth,amount,amounts,wert,werte,betrag,gesamtwert,gesamtbetrag,gesamtsumme',
  ),
  ...words(
    { kind: 'limit', op: '>' },
    'over,above,older than,longer than,dearer than,aelter als,laenger als,more than,greater than,higher than,larger than,bigger than,exceeding,exceed,exceeds,exceeded,>,ueber,mehr als,groesser als,hoeher als',
  ),
  ...words(
    { kind: 'limit', op: '>=' },
    'at least,not less than,no less than,minimum of,>=,≥,mindestens,ab',
  ),
  ...words(
    { kind: 'limit', op: '<' },
    'under,below,younger than,cheaper than,juenger als,guenstiger als,billiger als,less than,fewer than,lower than,smaller than,<,unter,weniger als,kleiner als,niedriger als',
  ),
  ...words(
    { kind: 'limit', op: '<=' },
    'at most,no more than,up to,maximum of,<=,≤,hoechstens,maximal,bis zu',
  ),
  ...words(
    { kind: 'beyond' },
    'starting with,beginning with,names containing,containing,beginnend mit,anfangend mit,day of week,day of the week,days of the week,weekday,weekdays,on weekdays,weekend,weekends,time of day,hour of day,minimum order quantity,maximum order quantity,min order quantity,max order quantity,minimum order size,minimum order,economic order quantity,order frequency,per capita,list price,list prices,standard cost,running total,year to year ratio,cumulative,' +
      'wochentag,wochentage,wochentagen,wochenende,uhrzeit,tageszeit,mindestbestellmenge,mindestmenge,listenpreis,listenpreise,kumuliert,kumulierte,laufende summe',
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
    'late,delayed,in delay,shipped late,delivered late,deliver late,ship late,too late,verspaetet,verspaetete,verspaeteten,verspaetet versandt,verspaetet versendet,verspaetet verschickt,zu spaet versandt,zu spaet versendet,verspaetet geliefert,verspaetet ausgeliefert,verspaetungen,verspaetung,zu spaet,zu spaet geliefert',
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
  ...MISSING.flatMap(({ what, phrases }) => words({ kind: 'missing', what }, phrases)),
];

/** Every phrase of the question grammar with what it can mean. */
export const VOCABULARY: readonly Row[] = SIGNS;
