-- Accounts of our own at banks. What statements say stands on the ledger account; what is paid or
-- received, and what nobody has explained yet, on the clearing account.
create table erp_banking.own_account (
  id text primary key,
  legal_entity text not null,
  code text not null, -- Payments name it.
  name text not null,
  iban text,
  account_number text,
  bic text,
  currency text not null,
  ledger_account text not null,
  clearing_account text not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, code),
  unique (legal_entity, iban),
  unique (legal_entity, ledger_account), -- So that its balance is the bank's.
  check ((iban is null) <> (account_number is null)),
  check (ledger_account <> clearing_account)
);

-- Posted when it is written, never changed. One follows the other without a gap.
create table erp_banking.statement (
  id text primary key,
  own_account_id text not null references erp_banking.own_account,
  sequence integer not null check (sequence > 0),
  reference text not null, -- The bank's.
  source text not null check (source in ('camt.053', 'csv', 'manual')),
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  opening numeric not null,
  closing numeric not null,
  created_by text not null,
  created_at timestamptz not null,
  unique (own_account_id, sequence),
  unique (own_account_id, reference)
);
create table erp_banking.statement_line (
  id text primary key,
  statement_id text not null references erp_banking.statement,
  own_account_id text not null references erp_banking.own_account,
  number integer not null check (number > 0),
  booked_on date not null,
  value_on date not null,
  amount numeric not null check (amount <> 0), -- Account currency; above zero: it came in.
  company_amount numeric not null,
  reference text, -- The bank's, once an account.
  end_to_end_id text,
  counterparty text,
  counterparty_iban text,
  remittance text not null default '',
  entry_id text not null, -- Bank against clearing.
  unique (statement_id, number)
);
create unique index statement_line_comes_once
  on erp_banking.statement_line (own_account_id, reference) where reference is not null;
create index statement_line_by_day
  on erp_banking.statement_line (own_account_id, booked_on, id);

-- What explains a line. Taken back it stays, marked, and the line waits again.
create table erp_banking.match (
  id text primary key,
  line_id text not null references erp_banking.statement_line,
  matched_on date not null,
  difference_entry text, -- What exchange rates made between the line and what explains it.
  created_by text not null,
  created_at timestamptz not null,
  undone_on date,
  undone_by text,
  undone_at timestamptz,
  check ((undone_on is null) = (undone_by is null) and (undone_on is null) = (undone_at is null))
);
create unique index line_is_matched_once on erp_banking.match (line_id) where undone_on is null;
create index match_by_line on erp_banking.match (line_id);

create table erp_banking.match_part (
  match_id text not null references erp_banking.match,
  number integer not null check (number > 0),
  kind text not null check (kind in ('items', 'booked', 'account')),
  amount numeric not null check (amount <> 0), -- Signed as the line's.
  company_amount numeric not null,
  entry_id text not null, -- Posted for it, or found there when it was booked before.
  entry_line integer, -- Of a booked one: on the clearing account.
  document_id text, -- The payment that was posted.
  document_number text,
  is_undone boolean not null default false, -- With its match, by the trigger.
  primary key (match_id, number),
  check ((kind = 'booked') = (entry_line is not null)),
  check ((kind = 'items') = (document_id is not null))
);
create unique index booked_once on erp_banking.match_part (entry_id, entry_line)
  where kind = 'booked' and not is_undone;

create function erp_banking.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: what the bank said stays as it is', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
create trigger immutable before update or delete or truncate on erp_banking.statement
  for each statement execute function erp_banking.refuse_change();
create trigger immutable before update or delete or truncate on erp_banking.statement_line
  for each statement execute function erp_banking.refuse_change();
create trigger stays before delete or truncate or update of id, line_id, matched_on, created_by,
    created_at, difference_entry
  on erp_banking.match for each statement execute function erp_banking.refuse_change();
create trigger stays before delete or truncate or update of match_id, number, kind, amount,
    company_amount, entry_id, entry_line, document_id, document_number
  on erp_banking.match_part for each statement execute function erp_banking.refuse_change();
create trigger stays before delete or truncate or update of id, legal_entity, code, iban,
    account_number, currency, ledger_account, clearing_account
  on erp_banking.own_account for each statement execute function erp_banking.refuse_change();

-- A statement goes on where the one before ended, and its lines lead from opening to closing. Weighed
-- when the transaction ends: the lines come after their statement.
create function erp_banking.weigh_statement() returns trigger language plpgsql as $$
declare
  moved numeric;
  before numeric;
begin
  select coalesce(sum(amount), 0) into moved from erp_banking.statement_line
    where statement_id = new.id;
  if new.opening + moved <> new.closing then
    raise exception 'statement %: % and % make not %', new.reference, new.opening, moved, new.closing
      using errcode = '23514', constraint = 'lines_lead_to_closing';
  end if;
  if new.sequence > 1 then
    select closing into before from erp_banking.statement
      where own_account_id = new.own_account_id and sequence = new.sequence - 1;
    if before is distinct from new.opening then
      raise exception 'statement %: it does not go on where the one before ended', new.reference
        using errcode = '23514', constraint = 'statements_follow';
    end if;
  end if;
  return null;
end $$;
create constraint trigger is_whole after insert on erp_banking.statement
  deferrable initially deferred for each row execute function erp_banking.weigh_statement();

create function erp_banking.weigh_lines() returns trigger language plpgsql as $$
begin
  if exists (select 1 from (select statement_id from added group by 1) a
      join erp_banking.statement s on s.id = a.statement_id
      where s.opening + (select sum(l.amount) from erp_banking.statement_line l
        where l.statement_id = s.id) <> s.closing) then
    raise exception 'statement_line: lines lead from opening to closing'
      using errcode = '23514', constraint = 'lines_lead_to_closing';
  end if;
  if exists (select 1 from added a join erp_banking.statement s on s.id = a.statement_id
      where s.own_account_id <> a.own_account_id) then
    raise exception 'statement_line: a line is of its statement''s account'
      using errcode = '23514', constraint = 'lines_lead_to_closing';
  end if;
  return null;
end $$;
create trigger lines_are_weighed after insert on erp_banking.statement_line
  referencing new table as added for each statement execute function erp_banking.weigh_lines();

-- A match explains all of its line, and nothing beyond; all its parts are written at once.
create function erp_banking.weigh_parts() returns trigger language plpgsql as $$
begin
  if exists (select 1 from (select match_id from added group by 1) a
      join erp_banking.match m on m.id = a.match_id
      join erp_banking.statement_line l on l.id = m.line_id
      where (select sum(p.amount) from erp_banking.match_part p where p.match_id = m.id)
        <> l.amount) then
    raise exception 'match_part: a match explains its line, no more and no less'
      using errcode = '23514', constraint = 'parts_make_line';
  end if;
  return null;
end $$;
create trigger parts_are_weighed after insert on erp_banking.match_part
  referencing new table as added for each statement execute function erp_banking.weigh_parts();
create function erp_banking.weigh_match() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from erp_banking.match_part where match_id = new.id) then
    raise exception 'match %: something explains it', new.id
      using errcode = '23514', constraint = 'parts_make_line';
  end if;
  return null;
end $$;
create constraint trigger has_parts after insert on erp_banking.match
  deferrable initially deferred for each row execute function erp_banking.weigh_match();

-- Undoing is once and for good, and frees what was ticked off.
create function erp_banking.undo_parts() returns trigger language plpgsql as $$
begin
  if exists (select 1 from changed c join was w on w.id = c.id where w.undone_on is not null) then
    raise exception 'match: it has been undone'
      using errcode = '23514', constraint = 'undone_once';
  end if;
  update erp_banking.match_part p set is_undone = true
    from changed c where p.match_id = c.id and c.undone_on is not null;
  return null;
end $$;
create trigger undone after update on erp_banking.match
  referencing old table as was new table as changed for each statement
  execute function erp_banking.undo_parts();
create function erp_banking.refuse_hand() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'match_part: it is undone with its match alone'
      using errcode = '23514', constraint = 'sums_are_kept';
  end if;
  return null;
end $$;
create trigger kept before update of is_undone on erp_banking.match_part
  for each statement execute function erp_banking.refuse_hand();
