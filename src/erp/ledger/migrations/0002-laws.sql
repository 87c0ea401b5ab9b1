-- Posted is posted: nothing of the books is ever changed or taken away.
create function erp_ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: what is posted is never changed, only reversed', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
create trigger immutable before update or delete or truncate on erp_ledger.journal_entry
  for each statement execute function erp_ledger.refuse_change();
create trigger immutable before update or delete or truncate on erp_ledger.journal_line
  for each statement execute function erp_ledger.refuse_change();
create trigger immutable before update or delete or truncate on erp_ledger.period_event
  for each statement execute function erp_ledger.refuse_change();
create trigger immutable before update or delete or truncate on erp_ledger.revaluation
  for each statement execute function erp_ledger.refuse_change();

-- Sums are written by the triggers below and by nobody else.
create function erp_ledger.refuse_hand() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception '% is kept by the lines alone', tg_table_name
      using errcode = '23514', constraint = 'sums_are_kept';
  end if;
  return null;
end $$;
create trigger kept before insert or update or delete or truncate on erp_ledger.account_balance
  for each statement execute function erp_ledger.refuse_hand();
create trigger kept before insert or update or delete or truncate on erp_ledger.entry_count
  for each statement execute function erp_ledger.refuse_hand();

-- Entries go into a period that covers their day and is not closed, under the next numbers. The
-- period stays locked for share until the transaction ends: who closes it waits for us, and we,
-- when we come second, see it closed.
-- Few new rows meet a large table here: plans are kept from reading that table whole, also those
-- that were made while it was still empty.
create function erp_ledger.check_entries() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
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
    where e.reverses is not null
      and (o.legal_entity <> e.legal_entity or o.kind in ('reversal', 'closing'))) then
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
create trigger laws after insert on erp_ledger.journal_entry
  referencing new table as new_entry
  for each statement execute function erp_ledger.check_entries();

-- All lines of an entry come in one statement, balance in both currencies, and say of it what it is.
create function erp_ledger.check_lines() returns trigger language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  broken text;
begin
  select case
      when e.id is null then 'line_of_entry'
      when l.lines <> e.line_count or l.amount <> 0 or l.company_amount <> 0
        then 'entry_balances'
      when not l.alike or (l.legal_entity, l.fiscal_year, l.period, l.posted_on, l.currency)
        <> (e.legal_entity, e.fiscal_year, e.period, e.posted_on, e.currency)
        then 'line_follows_entry'
      when l.accounts <> l.lines then 'line_on_account'
      else 'control_account_by_documents'
    end into broken
  from (
    select n.entry_id, min(n.legal_entity) as legal_entity, min(n.fiscal_year) as fiscal_year,
      min(n.period) as period, min(n.posted_on) as posted_on, min(n.currency) as currency,
      min(n.legal_entity) = max(n.legal_entity) and min(n.fiscal_year) = max(n.fiscal_year)
        and min(n.period) = max(n.period) and min(n.posted_on) = max(n.posted_on)
        and min(n.currency) = max(n.currency) as alike,
      count(*) as lines, count(a.number) as accounts, count(a.control_of) as controls,
      sum(n.amount) as amount, sum(n.company_amount) as company_amount
    from new_line n
    left join erp_ledger.account a on a.legal_entity = n.legal_entity and a.number = n.account
    group by n.entry_id) l
  left join erp_ledger.journal_entry e on e.id = l.entry_id
  where e.id is null or l.lines <> e.line_count or l.amount <> 0 or l.company_amount <> 0
    or not l.alike or (l.legal_entity, l.fiscal_year, l.period, l.posted_on, l.currency)
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
create trigger laws after insert on erp_ledger.journal_line
  referencing new table as new_line
  for each statement execute function erp_ledger.check_lines();

-- No entry without its lines, when the transaction ends.
create function erp_ledger.check_entry_count() returns trigger language plpgsql as $$
begin
  if exists (select 1 from erp_ledger.entry_count c where c.legal_entity = new.legal_entity
    and c.fiscal_year = new.fiscal_year and c.lines <> c.lines_due) then
    raise exception 'an entry has no lines'
      using errcode = '23514', constraint = 'entry_has_lines';
  end if;
  return null;
end $$;
create constraint trigger complete after insert or update on erp_ledger.entry_count
  deferrable initially deferred for each row execute function erp_ledger.check_entry_count();

-- What entries refer to stays.
create function erp_ledger.refuse_deletion() returns trigger language plpgsql as $$
begin
  raise exception '%: rows are blocked or closed, never deleted', tg_table_name
    using errcode = '23514', constraint = 'referred_to_stays';
end $$;
create trigger stays_there before delete or truncate on erp_ledger.period
  for each statement execute function erp_ledger.refuse_deletion();
create trigger stays_there before delete or truncate on erp_ledger.account
  for each statement execute function erp_ledger.refuse_deletion();
create trigger keeps_its_days before update of legal_entity, fiscal_year, number, from_on, to_on
  on erp_ledger.period for each statement execute function erp_ledger.refuse_change();
create trigger keeps_its_number before update of legal_entity, number on erp_ledger.account
  for each statement execute function erp_ledger.refuse_change();

-- What an account is stays as it is once it has been posted to; it can be renamed and blocked.
create function erp_ledger.check_account() returns trigger language plpgsql as $$
begin
  if exists (select 1 from erp_ledger.journal_line l
    where l.legal_entity = old.legal_entity and l.account = old.number) then
    raise exception 'account % has been posted to: its kind, control and currency stay', old.number
      using errcode = '23514', constraint = 'posted_account_stays';
  end if;
  return new;
end $$;
create trigger stays before update of kind, control_of, currency on erp_ledger.account
  for each row when ((old.kind, old.control_of, old.currency) is distinct from
    (new.kind, new.control_of, new.currency))
  execute function erp_ledger.check_account();

-- An approved budget is what was approved.
create function erp_ledger.check_budget() returns trigger language plpgsql as $$
begin
  if exists (select 1 from erp_ledger.budget b
    where b.legal_entity = coalesce(new.legal_entity, old.legal_entity)
      and b.version = coalesce(new.version, old.version)
      and b.fiscal_year = coalesce(new.fiscal_year, old.fiscal_year)
      and b.status = 'approved') then
    raise exception 'an approved budget is not changed: make another version'
      using errcode = '23514', constraint = 'approved_budget_stays';
  end if;
  return coalesce(new, old);
end $$;
create trigger approved before insert or update or delete on erp_ledger.budget_line
  for each row execute function erp_ledger.check_budget();
