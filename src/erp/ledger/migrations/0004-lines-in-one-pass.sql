-- The same laws as before, in one pass: grouped by everything that lines share with their entry, so
-- that a line which says otherwise makes a group that is not whole.
drop trigger numbered on erp_ledger.journal_line;
drop function erp_ledger.check_line_numbers();

create or replace function erp_ledger.check_lines() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  broken text;
begin
  select case
      when e.id is null then 'line_of_entry'
      when (l.legal_entity, l.fiscal_year, l.period, l.posted_on, l.currency)
        <> (e.legal_entity, e.fiscal_year, e.period, e.posted_on, e.currency)
        then 'line_follows_entry'
      when l.last <> l.lines then 'lines_are_numbered'
      when l.lines <> e.line_count or l.amount <> 0 or l.company_amount <> 0
        then 'entry_balances'
      when l.accounts <> l.lines then 'line_on_account'
      else 'control_account_by_documents'
    end into broken
  from (
    select n.entry_id, n.legal_entity, n.fiscal_year, n.period, n.posted_on, n.currency,
      count(*) as lines, max(n.number) as last,
      count(a.number) as accounts, count(a.control_of) as controls,
      sum(n.amount) as amount, sum(n.company_amount) as company_amount
    from new_line n
    left join erp_ledger.account a on a.legal_entity = n.legal_entity and a.number = n.account
    group by n.entry_id, n.legal_entity, n.fiscal_year, n.period, n.posted_on, n.currency) l
  left join erp_ledger.journal_entry e on e.id = l.entry_id
  where e.id is null or l.last <> l.lines or l.lines <> e.line_count
    or l.amount <> 0 or l.company_amount <> 0
    or (l.legal_entity, l.fiscal_year, l.period, l.posted_on, l.currency)
      <> (e.legal_entity, e.fiscal_year, e.period, e.posted_on, e.currency)
    or l.accounts <> l.lines
    or (l.controls > 0 and e.kind in ('manual', 'accrual', 'recurring'))
  limit 1;
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
