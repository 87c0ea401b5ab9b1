-- The same laws and sums as before. A connection keeps the plan of its first entries, which are few:
-- lines are grouped by hash whatever their number, not sorted by six columns first.
create or replace function erp_ledger.check_lines() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  set enable_sort = off as $$
declare
  broken text;
  by_hand text[];
begin
  with entry as materialized (
    select n.entry_id, n.legal_entity, n.fiscal_year, n.period, n.posted_on, n.currency,
      count(*) as lines, max(n.number) as last,
      sum(n.amount) as amount, sum(n.company_amount) as company_amount
    from new_line n
    group by n.entry_id, n.legal_entity, n.fiscal_year, n.period, n.posted_on, n.currency
  )
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
  from entry l
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
  -- Summed first, then put in order: everybody locks the same sums in the same order.
  with turnover as materialized (
    select legal_entity, account, currency, cost_centre, fiscal_year, period,
      sum(amount) filter (where amount > 0) as debit,
      sum(amount) filter (where amount < 0) as credit,
      sum(company_amount) filter (where company_amount > 0) as company_debit,
      sum(company_amount) filter (where company_amount < 0) as company_credit
    from new_line group by 1, 2, 3, 4, 5, 6
  )
  insert into erp_ledger.account_balance as b (legal_entity, account, currency, cost_centre,
      fiscal_year, period, debit, credit, company_debit, company_credit)
    select legal_entity, account, currency, cost_centre, fiscal_year, period,
      coalesce(debit, 0), coalesce(-credit, 0), coalesce(company_debit, 0),
      coalesce(-company_credit, 0)
    from turnover order by 1, 2, 3, 4, 5, 6
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

-- That an entry which is reversed is there was seen once a row, also where none is named.
alter table erp_ledger.journal_entry drop constraint journal_entry_reverses_fkey;
create or replace function erp_ledger.check_entries() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
  set enable_sort = off as $$
begin
  perform 1 from erp_ledger.period p
    where (p.legal_entity, p.fiscal_year, p.number) in
      (select distinct legal_entity, fiscal_year, period from new_entry)
    order by p.legal_entity, p.fiscal_year, p.number for share;
  -- A statement of its own: it sees what was committed while the lock was waited for.
  if exists (select 1 from (
      select legal_entity, fiscal_year, period, min(posted_on) as first, max(posted_on) as last
      from new_entry group by 1, 2, 3) e
    left join erp_ledger.period p on p.legal_entity = e.legal_entity
      and p.fiscal_year = e.fiscal_year and p.number = e.period
    where p.status is null or p.status = 'closed' or e.first < p.from_on or e.last > p.to_on) then
    raise exception 'an entry is posted to a closed period, or on a day outside of its period'
      using errcode = '23514', constraint = 'entry_in_open_period';
  end if;
  if exists (select 1 from new_entry e
    left join erp_ledger.journal_entry o on o.id = e.reverses
    where e.reverses is not null and (o.id is null
      or o.legal_entity <> e.legal_entity or o.kind in ('reversal', 'closing'))) then
    raise exception 'an entry reverses what cannot be reversed'
      using errcode = '23514', constraint = 'reversal_of_entry';
  end if;
  insert into erp_ledger.entry_count as c
      (legal_entity, fiscal_year, entries, lines_due, lines)
    select legal_entity, fiscal_year, count(*), sum(line_count), 0
    from new_entry group by 1, 2 order by 1, 2
    on conflict (legal_entity, fiscal_year) do update
    set entries = c.entries + excluded.entries, lines_due = c.lines_due + excluded.lines_due;
  if exists (select 1 from (
      select legal_entity, fiscal_year, min(sequence) as first, max(sequence) as last,
        count(*) as entries
      from new_entry group by 1, 2) e
    join erp_ledger.entry_count c using (legal_entity, fiscal_year)
    where e.last <> c.entries or e.first <> c.entries - e.entries + 1) then
    raise exception 'the numbers of entries leave a gap'
      using errcode = '23514', constraint = 'numbers_without_gap';
  end if;
  return null;
end $$;
