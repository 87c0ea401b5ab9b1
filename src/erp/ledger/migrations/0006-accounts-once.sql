-- The same laws as before. Accounts are looked up once each, not once a line, and whether one of them
-- is a control account only where entries were made by hand.
create or replace function erp_ledger.check_lines() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  broken text;
  by_hand text[];
begin
  select min(case
        when e.id is null then 'line_of_entry'
        when (l.legal_entity, l.fiscal_year, l.period, l.posted_on, l.currency)
          <> (e.legal_entity, e.fiscal_year, e.period, e.posted_on, e.currency)
          then 'line_follows_entry'
        when l.last <> l.lines then 'lines_are_numbered'
        when l.lines <> e.line_count or l.amount <> 0 or l.company_amount <> 0
          then 'entry_balances'
      end),
      array_agg(e.id) filter (where e.kind in ('manual', 'accrual', 'recurring'))
    into broken, by_hand
  from (
    select n.entry_id, n.legal_entity, n.fiscal_year, n.period, n.posted_on, n.currency,
      count(*) as lines, max(n.number) as last,
      sum(n.amount) as amount, sum(n.company_amount) as company_amount
    from new_line n
    group by n.entry_id, n.legal_entity, n.fiscal_year, n.period, n.posted_on, n.currency) l
  left join erp_ledger.journal_entry e on e.id = l.entry_id;
  if broken is null and exists (
      select 1 from (select distinct legal_entity, account from new_line) n
      left join erp_ledger.account a on a.legal_entity = n.legal_entity and a.number = n.account
      where a.number is null) then
    broken := 'line_on_account';
  end if;
  if broken is null and by_hand is not null and exists (
      select 1 from new_line n
      join erp_ledger.account a on a.legal_entity = n.legal_entity and a.number = n.account
      where n.entry_id = any(by_hand) and a.control_of is not null) then
    broken := 'control_account_by_documents';
  end if;
  if broken is not null then
    raise exception 'lines break a law of the books: %', broken
      using errcode = '23514', constraint = broken;
  end if;
  insert into erp_ledger.account_balance as b (legal_entity, account, currency, cost_centre,
      fiscal_year, period, debit, credit, company_debit, company_credit)
    select legal_entity, account, currency, cost_centre, fiscal_year, period,
      sum(greatest(amount, 0)), sum(greatest(-amount, 0)),
      sum(greatest(company_amount, 0)), sum(greatest(-company_amount, 0))
    from new_line group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
    on conflict (legal_entity, account, currency, cost_centre, fiscal_year, period)
    do update set debit = b.debit + excluded.debit, credit = b.credit + excluded.credit,
      company_debit = b.company_debit + excluded.company_debit,
      company_credit = b.company_credit + excluded.company_credit;
  update erp_ledger.entry_count c set lines = c.lines + n.lines
    from (select legal_entity, fiscal_year, count(*) as lines
      from new_line group by 1, 2 order by 1, 2) n
    where c.legal_entity = n.legal_entity and c.fiscal_year = n.fiscal_year;
  return null;
end $$;

-- Sums change with every posting: with room on their pages that writes to no index.
alter table erp_ledger.account_balance set (fillfactor = 30);
alter table erp_ledger.entry_count set (fillfactor = 10);
