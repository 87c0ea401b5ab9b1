import { CLASSES } from './question-classes.ts';

const TABLE = `
en: top 5 vendors by spend in 2025 => spend | supplier |  | 2025-01-01..2025-12-31 | 5 desc
en: how much did we spend with Proseware in 2024 => spend |  | supplier is supplier-0 | 2024-01-01..2024-12-31
en: rejection rate by vendor => rejection_rate | supplier
en: which vendors have a rejection rate over 2 % => rejection_rate | supplier | rejection_rate > 0.02
en: average order value by month in 2024 => average_order_value | month |  | 2024-01-01..2024-12-31
en: spend by category and quarter => spend | quarter+item_category
en: open commitments => open_commitments
en: how many purchase orders did we place last year => purchase_order_count |  |  | 2025-01-01..2025-12-31
en: share of spend by vendor => spend | supplier |  |  | share
en: largest purchase order => spend | purchase_order |  |  | 1 desc
en: top 5 vendors => spend | supplier |  |  | 5 desc
en: Top 5 vendors by total spend in 2023. => spend | supplier |  | 2023-01-01..2023-12-31 | 5 desc
en: purchase orders in 2024 => purchase_order_count |  |  | 2024-01-01..2024-12-31
en: number of orders by vendor in 2024 => purchase_order_count | supplier |  | 2024-01-01..2024-12-31
en: supplier performance => clarify
en: spend trend 2024 => spend | month |  | 2024-01-01..2024-12-31
en: monthly spend in 2025 => spend | month |  | 2025-01-01..2025-12-31
en: spend this year vs last year => spend |  |  | 2026-01-01..2026-11-21 | prior-year
en: spend in Q3 2025 versus previous quarter => spend |  |  | 2025-07-01..2025-09-30 | prior-period
en: compare spend in 2024 and 2025 => spend |  |  | 2025-01-01..2025-12-31 | vs 2024-01-01..2024-12-31
en: spend 2025 vs 2024 => spend |  |  | 2025-01-01..2025-12-31 | vs 2024-01-01..2024-12-31
en: spend with Prosware in 2024 => spend |  | supplier is supplier-0 | 2024-01-01..2024-12-31
en: spend on components in 2024 => spend |  | item_category is Components | 2024-01-01..2024-12-31
en: spend for crankarm => rephrase
en: spend excluding Proseware => spend |  | supplier is-not supplier-0
en: purchase orders over 10000 => spend | purchase_order | spend > 10000
en: list purchase orders over 10,000 in 2024 => spend | purchase_order+supplier+issued_on | spend > 10000 | 2024-01-01..2024-12-31
en: vendors with more than 10 orders => purchase_order_count | supplier | purchase_order_count > 10
en: which vendor has the highest rejection rate in 2024 => rejection_rate | supplier |  | 2024-01-01..2024-12-31 | 1 desc
en: spend with preferred vendors => spend |  | preferred_supplier is yes
en: how many vendors do we have => supplier_count
en: how many cancelled orders in 2024 => purchase_order_count |  | order_status is cancelled | 2024-01-01..2024-12-31
en: how many units were rejected in 2024 => rejected_quantity |  |  | 2024-01-01..2024-12-31
en: how many units did we order in 2024 by item => ordered_quantity | item |  | 2024-01-01..2024-12-31
en: what is our total spend => spend
en: who are our biggest suppliers => spend | supplier |  |  | 10 desc
en: order 4012 spend => spend |  | purchase_order is 4012
en: what share of spend goes to Proseware in 2024 => spend | supplier | supplier is supplier-0 | 2024-01-01..2024-12-31 | share
en: delete order 4012 => unsupported
en: create a purchase order => unsupported
en: approve order 17 => unsupported
en: spend by ship method => spend | ship_method
en: lead time by supplier last quarter => order_to_ship_days | supplier |  | 2026-07-01..2026-09-30
en: average lead time => order_to_ship_days
en: slowest suppliers => order_to_ship_days | supplier |  |  | 10 desc
en: spend between 2024-01-01 and 2024-03-31 => spend |  |  | 2024-01-01..2024-03-31
en: spend on 03/04/2025 => rephrase
en: spend in last 90 days by week => spend | week |  | 2026-08-24..2026-11-21
en: freight by month in 2024 => freight | month |  | 2024-01-01..2024-12-31
en: purchase price variance by supplier this year => purchase_price_variance | supplier |  | 2026-01-01..2026-11-21
en: how did spend change vs prior year in 2025 => spend |  |  | 2025-01-01..2025-12-31 | prior-year
en: bottom 3 items by received quantity => received_quantity | item |  |  | 3 asc
en: 5 largest suppliers => spend | supplier |  |  | 5 desc
en: spend per supplier per month in 2024 => spend | month+supplier |  | 2024-01-01..2024-12-31
en: unit price of Chain by month => average_unit_price | month | item is item-0
en: spend with suppliers in Germany => spend | supplier | supplier_country is Germany
en: how much do we spend on average per order => average_order_value
en: vendors with spend between 10000 and 50000 in 2024 => spend | supplier | spend >= 10000; spend <= 50000 | 2024-01-01..2024-12-31
en: What did we buy from Litware last year? => spend+ordered_quantity | item | supplier is supplier-1 | 2025-01-01..2025-12-31
en: what was our spend by vendor and month for 2024? => spend | month+supplier |  | 2024-01-01..2024-12-31
en: show me rejected quantity by item for Allenson Cycles => rejected_quantity | item | supplier is supplier-2
en: orders shipped late => late_order_count
en: on-time rate by vendor => shipped_on_time_rate | supplier
en: best vendors by rejection rate => rejection_rate | supplier |  |  | 10 asc
en: spend => spend
en: total spend in 2024 => spend |  |  | 2024-01-01..2024-12-31
en: what did we spend last month => spend |  |  | 2026-10-01..2026-10-31
en: spend YTD => spend |  |  | 2026-01-01..2026-11-21
en: spend by country in 2024 => spend | supplier_country |  | 2024-01-01..2024-12-31
en: spend by buyer => spend | requester
en: quarterly spend 2024 => spend | quarter |  | 2024-01-01..2024-12-31
en: number of purchase orders by month in 2025 => purchase_order_count | month |  | 2025-01-01..2025-12-31
en: purchase order count by status => purchase_order_count | order_status
en: how many orders did we place with Litware in 2024 => purchase_order_count |  | supplier is supplier-1 | 2024-01-01..2024-12-31
en: how many POs in Q1 2024 => purchase_order_count |  |  | 2024-01-01..2024-03-31
en: average po value by vendor => average_order_value | supplier
en: top 10 items by ordered quantity in 2024 => ordered_quantity | item |  | 2024-01-01..2024-12-31 | 10 desc
en: bottom 5 vendors by on time rate => shipped_on_time_rate | supplier |  |  | 5 asc
en: top 3 categories by spend last year => spend | item_category |  | 2025-01-01..2025-12-31 | 3 desc
en: vendors with rejection rate above 1.5% in 2024 => rejection_rate | supplier | rejection_rate > 0.015 | 2024-01-01..2024-12-31
en: items with spend over 50k in 2024 => spend | item | spend > 50000 | 2024-01-01..2024-12-31
en: which vendors have spend under 1000 => spend | supplier | spend < 1000
en: which items were rejected most in 2024 => rejected_quantity | item |  | 2024-01-01..2024-12-31 | 10 desc
en: gross order value in 2024 => gross_order_value |  |  | 2024-01-01..2024-12-31
en: tax by month in 2024 => tax | month |  | 2024-01-01..2024-12-31
en: freight by ship method => freight | ship_method
en: open commitments by vendor => open_commitments | supplier
en: single sourced items by category => single_source_items | item_category
en: active suppliers by month in 2025 => active_suppliers | month |  | 2025-01-01..2025-12-31
en: received quantity by supplier in H1 2025 => received_quantity | supplier |  | 2025-01-01..2025-06-30
en: spend for Components by month in 2024 => spend | month | item_category is Components | 2024-01-01..2024-12-31
en: spend with "Wide World Importers" in 2023 => spend |  | supplier is supplier-8 | 2023-01-01..2023-12-31
en: spend with Litware and Proseware in 2024 => spend |  | supplier is supplier-1/supplier-0 | 2024-01-01..2024-12-31
en: rejection rate vs last year => rejection_rate |  |  | 2026-01-01..2026-11-21 | prior-year
en: rejection rate for Allenson Cycles last quarter => rejection_rate |  | supplier is supplier-2 | 2026-07-01..2026-09-30
en: order to ship days by vendor in 2024 => order_to_ship_days | supplier |  | 2024-01-01..2024-12-31
en: compare Q1 and Q2 2024 spend => spend |  |  | 2024-04-01..2024-06-30 | vs 2024-01-01..2024-03-31
en: spend last 12 months by month => spend | month |  | 2025-11-22..2026-11-21
en: percentage of spend by category => spend | item_category |  |  | share
en: order lines by vendor in 2024 => purchase_order_line_count | supplier |  | 2024-01-01..2024-12-31
en: highest average order value by vendor in 2024 => average_order_value | supplier |  | 2024-01-01..2024-12-31 | 10 desc
en: spend not with Proseware => spend |  | supplier is-not supplier-0
en: price variance by item in 2024 => purchase_price_variance | item |  | 2024-01-01..2024-12-31
en: spend yoy => spend |  |  | 2026-01-01..2026-11-21 | prior-year
en: on-time delivery by month in 2024 => shipped_on_time_rate | month |  | 2024-01-01..2024-12-31
en: spend in Q3 2025 => spend |  |  | 2025-07-01..2025-09-30
en: rejection rate by vendor in Q3 2025 => rejection_rate | supplier |  | 2025-07-01..2025-09-30
en: purchase order count in Q3 2025 => purchase_order_count |  |  | 2025-07-01..2025-09-30
en: top 5 items by spend in Q3 2025 => spend | item |  | 2025-07-01..2025-09-30 | 5 desc
en: average order value in Q3 2025 => average_order_value |  |  | 2025-07-01..2025-09-30
en: received quantity by category in Q3 2025 => received_quantity | item_category |  | 2025-07-01..2025-09-30
en: order-to-ship days by supplier in Q3 2025 => order_to_ship_days | supplier |  | 2025-07-01..2025-09-30
en: freight in Q3 2025 => freight |  |  | 2025-07-01..2025-09-30
en: spend in March 2025 => spend |  |  | 2025-03-01..2025-03-31
en: rejection rate by vendor in March 2025 => rejection_rate | supplier |  | 2025-03-01..2025-03-31
en: purchase order count in March 2025 => purchase_order_count |  |  | 2025-03-01..2025-03-31
en: top 5 items by spend in March 2025 => spend | item |  | 2025-03-01..2025-03-31 | 5 desc
en: average order value in March 2025 => average_order_value |  |  | 2025-03-01..2025-03-31
en: received quantity by category in March 2025 => received_quantity | item_category |  | 2025-03-01..2025-03-31
en: order-to-ship days by supplier in March 2025 => order_to_ship_days | supplier |  | 2025-03-01..2025-03-31
en: freight in March 2025 => freight |  |  | 2025-03-01..2025-03-31
en: spend last quarter => spend |  |  | 2026-07-01..2026-09-30
en: rejection rate by vendor last quarter => rejection_rate | supplier |  | 2026-07-01..2026-09-30
en: purchase order count last quarter => purchase_order_count |  |  | 2026-07-01..2026-09-30
en: top 5 items by spend last quarter => spend | item |  | 2026-07-01..2026-09-30 | 5 desc
en: average order value last quarter => average_order_value |  |  | 2026-07-01..2026-09-30
en: received quantity by category last quarter => received_quantity | item_category |  | 2026-07-01..2026-09-30
en: order-to-ship days by supplier last quarter => order_to_ship_days | supplier |  | 2026-07-01..2026-09-30
en: freight last quarter => freight |  |  | 2026-07-01..2026-09-30
en: spend this year => spend |  |  | 2026-01-01..2026-11-21
en: rejection rate by vendor this year => rejection_rate | supplier |  | 2026-01-01..2026-11-21
en: purchase order count this year => purchase_order_count |  |  | 2026-01-01..2026-11-21
en: top 5 items by spend this year => spend | item |  | 2026-01-01..2026-11-21 | 5 desc
en: average order value this year => average_order_value |  |  | 2026-01-01..2026-11-21
en: received quantity by category this year => received_quantity | item_category |  | 2026-01-01..2026-11-21
en: order-to-ship days by supplier this year => order_to_ship_days | supplier |  | 2026-01-01..2026-11-21
en: freight this year => freight |  |  | 2026-01-01..2026-11-21
en: spend in the last 90 days => spend |  |  | 2026-08-24..2026-11-21
en: rejection rate by vendor in the last 90 days => rejection_rate | supplier |  | 2026-08-24..2026-11-21
en: purchase order count in the last 90 days => purchase_order_count |  |  | 2026-08-24..2026-11-21
en: top 5 items by spend in the last 90 days => spend | item |  | 2026-08-24..2026-11-21 | 5 desc
en: average order value in the last 90 days => average_order_value |  |  | 2026-08-24..2026-11-21
en: received quantity by category in the last 90 days => received_quantity | item_category |  | 2026-08-24..2026-11-21
en: order-to-ship days by supplier in the last 90 days => order_to_ship_days | supplier |  | 2026-08-24..2026-11-21
en: freight in the last 90 days => freight |  |  | 2026-08-24..2026-11-21
en: spend in H1 2024 => spend |  |  | 2024-01-01..2024-06-30
en: rejection rate by vendor in H1 2024 => rejection_rate | supplier |  | 2024-01-01..2024-06-30
en: purchase order count in H1 2024 => purchase_order_count |  |  | 2024-01-01..2024-06-30
en: top 5 items by spend in H1 2024 => spend | item |  | 2024-01-01..2024-06-30 | 5 desc
en: average order value in H1 2024 => average_order_value |  |  | 2024-01-01..2024-06-30
en: received quantity by category in H1 2024 => received_quantity | item_category |  | 2024-01-01..2024-06-30
en: order-to-ship days by supplier in H1 2024 => order_to_ship_days | supplier |  | 2024-01-01..2024-06-30
en: freight in H1 2024 => freight |  |  | 2024-01-01..2024-06-30
en: spend since January => spend |  |  | 2026-01-01..2026-11-21
en: rejection rate by vendor since January => rejection_rate | supplier |  | 2026-01-01..2026-11-21
en: purchase order count since January => purchase_order_count |  |  | 2026-01-01..2026-11-21
en: top 5 items by spend since January => spend | item |  | 2026-01-01..2026-11-21 | 5 desc
en: average order value since January => average_order_value |  |  | 2026-01-01..2026-11-21
en: received quantity by category since January => received_quantity | item_category |  | 2026-01-01..2026-11-21
en: order-to-ship days by supplier since January => order_to_ship_days | supplier |  | 2026-01-01..2026-11-21
en: freight since January => freight |  |  | 2026-01-01..2026-11-21
en: spend in 2023 => spend |  |  | 2023-01-01..2023-12-31
en: rejection rate by vendor in 2023 => rejection_rate | supplier |  | 2023-01-01..2023-12-31
en: purchase order count in 2023 => purchase_order_count |  |  | 2023-01-01..2023-12-31
en: top 5 items by spend in 2023 => spend | item |  | 2023-01-01..2023-12-31 | 5 desc
en: average order value in 2023 => average_order_value |  |  | 2023-01-01..2023-12-31
en: received quantity by category in 2023 => received_quantity | item_category |  | 2023-01-01..2023-12-31
en: order-to-ship days by supplier in 2023 => order_to_ship_days | supplier |  | 2023-01-01..2023-12-31
en: freight in 2023 => freight |  |  | 2023-01-01..2023-12-31
de: Top 5 Lieferanten nach Einkaufsvolumen in 2025 => spend | supplier |  | 2025-01-01..2025-12-31 | 5 desc
de: Wie viel haben wir 2024 bei Proseware ausgegeben? => spend |  | supplier is supplier-0 | 2024-01-01..2024-12-31
de: Beanstandungsquote nach Lieferant => rejection_rate | supplier
de: Welche Lieferanten haben eine Beanstandungsquote über 2 %? => rejection_rate | supplier | rejection_rate > 0.02
de: durchschnittlicher Bestellwert pro Monat in 2024 => average_order_value | month |  | 2024-01-01..2024-12-31
de: Einkaufsvolumen nach Warengruppe und Quartal => spend | quarter+item_category
de: offene Bestellungen => open_commitments
de: Wie viele Bestellungen haben wir letztes Jahr aufgegeben? => purchase_order_count |  |  | 2025-01-01..2025-12-31
de: Anteil am Einkaufsvolumen nach Lieferant => spend | supplier |  |  | share
de: größte Bestellung => spend | purchase_order |  |  | 1 desc
de: Einkaufsvolumen 2025 im Vergleich zum Vorjahr => spend |  |  | 2025-01-01..2025-12-31 | prior-year
de: Ausgaben im 2. Quartal 2024 nach Monat => spend | month |  | 2024-04-01..2024-06-30
de: Lieferzeit je Lieferant => order_to_ship_days | supplier
de: Welcher Lieferant hat die höchste Fehlerquote? => rejection_rate | supplier |  |  | 1 desc
de: Bestellungen über 10.000 Euro => spend | purchase_order | spend > 10000
de: Umsatz nach Kunde => unsupported
de: Bestellung 17 genehmigen => unsupported
de: Gib mir das monatliche Einkaufsvolumen für 2024 => spend | month |  | 2024-01-01..2024-12-31
de: Einkaufsvolumen => spend
de: Ausgaben letztes Jahr => spend |  |  | 2025-01-01..2025-12-31
de: Anzahl Bestellungen pro Monat 2024 => purchase_order_count | month |  | 2024-01-01..2024-12-31
de: Top 10 Artikel nach Bestellmenge => ordered_quantity | item |  |  | 10 desc
de: Bestellobligo nach Lieferant => open_commitments | supplier
de: Termintreue nach Lieferant im 3. Quartal 2025 => shipped_on_time_rate | supplier |  | 2025-07-01..2025-09-30
de: Einkaufsvolumen ohne Proseware => spend |  | supplier is-not supplier-0
de: Frachtkosten nach Versandart => freight | ship_method
de: Wie viele Lieferanten haben wir 2024 genutzt => active_suppliers |  |  | 2024-01-01..2024-12-31
de: Preisabweichung nach Artikel dieses Jahr => purchase_price_variance | item |  | 2026-01-01..2026-11-21
de: Einkaufsvolumen gegenüber Vorjahr in 2025 => spend |  |  | 2025-01-01..2025-12-31 | prior-year
de: Lieferanten mit mehr als 10 Bestellungen => purchase_order_count | supplier | purchase_order_count > 10
de: monatlicher Bestellwert 2024 => spend | month |  | 2024-01-01..2024-12-31
de: Entwicklung der Ausgaben 2024 => spend | month |  | 2024-01-01..2024-12-31
en: Q1 2025 against Q1 2024, spend by supplier => spend | supplier |  | 2025-01-01..2025-03-31 | vs 2024-01-01..2024-03-31
en: number of purchase orders in June 2025 versus March 2025 => purchase_order_count |  |  | 2025-06-01..2025-06-30 | vs 2025-03-01..2025-03-31
en: rejection rate 2026 vs 2023 => rejection_rate |  |  | 2026-01-01..2026-11-21 | vs 2023-01-01..2023-11-21
en: spend by month in 2025 compared with 2023 => spend | month |  | 2025-01-01..2025-12-31 | vs 2023-01-01..2023-12-31
en: difference in spend between 2023 and 2024 by category => spend | item_category |  | 2024-01-01..2024-12-31 | vs 2023-01-01..2023-12-31
en: compare 2023, 2024 and 2025 spend => spend | year |  | 2023-01-01..2025-12-31
en: spend with Litware vs Proseware in 2024 => spend | supplier | supplier is supplier-1/supplier-0 | 2024-01-01..2024-12-31
en: which suppliers grew most in 2024? => spend | supplier |  | 2024-01-01..2024-12-31 | prior-year 10 desc spend_change
en: which categories declined the most in 2025 vs 2024 => spend | item_category |  | 2025-01-01..2025-12-31 | vs 2024-01-01..2024-12-31 10 asc spend_change
en: fastest growing suppliers in 2024 => spend | supplier |  | 2024-01-01..2024-12-31 | prior-year 10 desc spend_percent
en: which suppliers increased spend by more than 20 % in 2024 => spend | supplier | spend_percent > 0.2 | 2024-01-01..2024-12-31 | prior-year
en: which suppliers fell by more than 10 % in 2024 => spend | supplier | spend_percent < -0.1 | 2024-01-01..2024-12-31 | prior-year
en: which suppliers grew in 2024 => spend | supplier | spend_change > 0 | 2024-01-01..2024-12-31 | prior-year
en: Proseware's share of our spend in 2024 => spend | supplier | supplier is supplier-0 | 2024-01-01..2024-12-31 | share
en: share of Proseware in spend on Components => spend | supplier | supplier is supplier-0; item_category is Components |  | share
en: top 3 suppliers by spend in percent => spend | supplier |  |  | 3 desc share
en: suppliers with a share of spend over 10 % => spend | supplier | spend_share > 0.1 |  | share
en: average monthly spend in 2024 => spend |  |  | 2024-01-01..2024-12-31 | per month
en: average quarterly freight by ship method => freight | ship_method |  |  | per quarter
en: purchase orders per week on average in 2025 => purchase_order_count |  |  | 2025-01-01..2025-12-31 | per week
en: orders with Litware => purchase_order_count |  | supplier is supplier-1
en: orders by status => purchase_order_count | order_status
en: show me the orders of June 2025 => spend | purchase_order+supplier+issued_on |  | 2025-06-01..2025-06-30
en: list orders awaiting approval => spend | purchase_order+supplier+issued_on | order_status is awaiting-approval
en: last order of Proseware => spend | purchase_order+issued_on | supplier is supplier-0 |  | 1 desc issued_on
en: latest 5 purchase orders => spend | purchase_order+supplier+issued_on |  |  | 5 desc issued_on
en: list late orders => days_late | purchase_order+supplier+promised_on
en: which orders are overdue => days_late | purchase_order+supplier+promised_on | order_status is issued/partly-received
en: List inactive vendors. => supplier_count | supplier | supplier_status is inactive
en: late orders by supplier this year => late_order_count | supplier |  | 2026-01-01..2026-11-21
en: which orders are open over 30 days => open_order_age | purchase_order+supplier+issued_on | open_order_age > 30
en: list open orders => open_commitments | purchase_order+supplier+issued_on
en: how many orders are still open => open_order_count
en: how many suppliers did we order from in 2024 => active_suppliers |  |  | 2024-01-01..2024-12-31
en: number of suppliers per country => supplier_count | supplier_country
en: List all active vendors => supplier_count | supplier | supplier_status is active
en: suppliers without orders this year => supplier_count+purchase_order_count | supplier | purchase_order_count <= 0 | 2026-01-01..2026-11-21
en: items not ordered in 2024 => item_count+purchase_order_count | item | purchase_order_count <= 0 | 2024-01-01..2024-12-31
en: who supplies Mountain Pump => supplier_price | supplier | item is item-5
en: cheapest supplier for Chain => supplier_price | supplier | item is item-0 |  | 1 asc
en: agreed lead time by supplier => agreed_lead_time | supplier
en: approval rate of purchase orders in 2024 => approval_rate |  |  | 2024-01-01..2024-12-31
en: top 3 supplers by spned in 2024 => spend | supplier |  | 2024-01-01..2024-12-31 | 3 desc
en: spend since 2026 => spend |  |  | 2026-01-01..2026-11-21
en: spend until June 2023 => spend |  |  | 2000-01-01..2023-06-30
en: spend in FY2025 Q1 => spend |  |  | 2025-01-01..2025-03-31
en: on-time rate by vendor, worst first => shipped_on_time_rate | supplier
de: Ausgaben März 2025 gegenüber März 2024 => spend |  |  | 2025-03-01..2025-03-31 | vs 2024-03-01..2024-03-31
de: Vergleiche Q2 2025 mit Q2 2024 nach Lieferant => spend | supplier |  | 2025-04-01..2025-06-30 | vs 2024-04-01..2024-06-30
de: Ausgaben 2026 gegenüber 2024 => spend |  |  | 2026-01-01..2026-11-21 | vs 2024-01-01..2024-11-21
de: Welche Lieferanten sind 2024 am stärksten gewachsen? => spend | supplier |  | 2024-01-01..2024-12-31 | prior-year 10 desc spend_change
de: Bei welchen Lieferanten sind die Ausgaben 2025 gesunken? => spend | supplier | spend_change < 0 | 2025-01-01..2025-12-31 | prior-year
de: Bei welchen Lieferanten sind die Ausgaben 2025 um mehr als 10 % gestiegen? => spend | supplier | spend_percent > 0.1 | 2025-01-01..2025-12-31 | prior-year
de: Wie viel Prozent der Ausgaben entfallen auf Proseware? => spend | supplier | supplier is supplier-0 |  | share
de: Top 3 Lieferanten nach Einkaufsvolumen in Prozent => spend | supplier |  |  | 3 desc share
de: durchschnittliche monatliche Ausgaben 2024 => spend |  |  | 2024-01-01..2024-12-31 | per month
de: Bestellungen bei Litware => purchase_order_count |  | supplier is supplier-1
de: Welche Bestellungen warten auf Freigabe? => spend | purchase_order+supplier+issued_on | order_status is awaiting-approval
de: stornierte Bestellungen 2025 auflisten => spend | purchase_order+supplier+issued_on | order_status is cancelled | 2025-01-01..2025-12-31
de: verspätete Bestellungen auflisten => days_late | purchase_order+supplier+promised_on
de: Welche Bestellungen sind seit mehr als 30 Tagen offen? => open_order_age | purchase_order+supplier+issued_on | open_order_age > 30
de: offene Bestellungen auflisten => open_commitments | purchase_order+supplier+issued_on
de: letzte Bestellung bei Proseware => spend | purchase_order+issued_on | supplier is supplier-0 |  | 1 desc issued_on
de: die letzten 5 Bestellungen => spend | purchase_order+supplier+issued_on |  |  | 5 desc issued_on
de: Was haben wir 2024 bei Litware gekauft? => spend+ordered_quantity | item | supplier is supplier-1 | 2024-01-01..2024-12-31
de: günstigster Lieferant für Chain => supplier_price | supplier | item is item-0 |  | 1 asc
de: Lieferanten ohne Bestellungen in diesem Jahr => supplier_count+purchase_order_count | supplier | purchase_order_count <= 0 | 2026-01-01..2026-11-21
de: Wie viele Lieferanten gibt es? => supplier_count
de: Ausgaben seit 2026 => spend |  |  | 2026-01-01..2026-11-21
de: Flop 3 Artikel nach Bestellmenge => ordered_quantity | item |  |  | 3 asc
de: Genehmigungsquote der Bestellungen 2024 => approval_rate |  |  | 2024-01-01..2024-12-31
`;

/** Language, question, and the query it must be read as: metrics | cuts | filters | period | rest. */
export const QUESTIONS = [TABLE, CLASSES]
  .flatMap((lines) => lines.trim().split('\n'))
  .map((line) => {
    const [, locale = 'en', question = '', expected = ''] =
      /^(en|de): (.*) => (.*)$/.exec(line) ?? [];
    return [locale === 'de' ? 'de' : 'en', question, expected] as const;
  });

/** Outside purchasing, or asking for a change: never answered. */
export const UNSUPPORTED = `
Total AP invoice amount by vendor for 2024.
Inventory turns by product category for 2021.
Sales order count by sales region for 2023.
Number of journal entries by month in 2023.
Approval rate of purchase requisitions in 2022.
Vendor invoices past due as of today.
Total journal line amounts by cost center for 2021.
Employee turnover rate for 2022.
What percentage of AR invoices were late in 2024?
Timesheets awaiting approval in 2024.
Top 10 products by POS revenue
Work order count by status
Headcount change by month for 2022.
List inventory lots expiring within 60 days.
Aged AR receivables buckets for 2023.
Average days from invoice to payment by vendor for 2024.
Open opportunities by stage for 2022.
FTE headcount by department for 2021.
Quarterly revenue comparison for 2023.
Cost of goods sold by product line for 2021.
Customers with credit limit over 10000.
Total payroll net pay by pay period for 2021.
Bank transaction totals by type for 2021.
Total depreciation by period for 2022.
Training completion rate by course for 2022.
What is the average salary by department?
Show total inventory value by warehouse
Which products have inventory below their reorder point?
How many sales orders are in pending status?
What are the names of all warehouses?
List all employees in the Sales department
How many projects are currently active?
What is our cash balance?
Gross margin by product line in 2024
Days sales outstanding by customer
How many support tickets are open?
Revenue by customer in 2024
Budget versus actual by department
Scrap rate by work center
Machine utilisation last week
What is the weather in Berlin?
create a purchase order for 10 chains
delete order 4012
approve order 17
please cancel all open orders
Umsatz nach Kunde
Lagerbestand nach Artikel
Personalkosten letztes Jahr
what is the meaning of life
spend by favourite colour
`
  .trim()
  .split('\n');
