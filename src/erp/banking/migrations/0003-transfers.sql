-- Money that goes from one of our accounts to another. Posted when it is written, never changed, only
-- taken back.
create table erp_banking.transfer (
  id text primary key,
  legal_entity text not null,
  number text not null,
  transferred_on date not null,
  from_account_id text not null references erp_banking.own_account,
  to_account_id text not null references erp_banking.own_account,
  currency text not null, -- Of the account that it leaves.
  amount numeric not null check (amount > 0),
  arriving_currency text not null,
  arriving_amount numeric not null check (arriving_amount > 0),
  company_amount numeric not null check (company_amount >= 0), -- What left.
  exchange_difference numeric not null, -- Company currency; above zero: more arrived than left.
  text text not null default '',
  entry_id text not null, -- Its first line leaves the one clearing account.
  arriving_entry_id text not null, -- The same, its second line; in another currency one of its own, its first.
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  unique (entry_id),
  unique (arriving_entry_id),
  check (from_account_id <> to_account_id),
  check ((currency = arriving_currency) = (entry_id = arriving_entry_id)),
  check (currency <> arriving_currency or (amount = arriving_amount and exchange_difference = 0))
);
create index transfer_by_day on erp_banking.transfer (legal_entity, transferred_on, id);

create table erp_banking.transfer_reversal (
  transfer_id text primary key references erp_banking.transfer,
  reversed_on date not null,
  reason text not null,
  created_by text not null,
  created_at timestamptz not null
);

create function erp_banking.refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '%: what is posted is never changed, only taken back', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
create trigger immutable before update or delete or truncate on erp_banking.transfer
  for each statement execute function erp_banking.refuse_rewriting();
create trigger immutable before update or delete or truncate on erp_banking.transfer_reversal
  for each statement execute function erp_banking.refuse_rewriting();

-- Both accounts are of the legal entity, and in the currencies that leave and arrive.
create function erp_banking.weigh_transfer() returns trigger language plpgsql as $$
begin
  if exists (select 1 from added t
      join erp_banking.own_account f on f.id = t.from_account_id
      join erp_banking.own_account a on a.id = t.to_account_id
      where (f.legal_entity, f.currency, a.legal_entity, a.currency)
        <> (t.legal_entity, t.currency, t.legal_entity, t.arriving_currency)) then
    raise exception 'transfer: it is between accounts of one legal entity, in their currencies'
      using errcode = '23514', constraint = 'between_own_accounts';
  end if;
  return null;
end $$;
create trigger is_weighed after insert on erp_banking.transfer
  referencing new table as added for each statement execute function erp_banking.weigh_transfer();

-- What the bank has told of is not taken back, and what was taken back the bank does not tell of.
create function erp_banking.refuse_told() returns trigger language plpgsql as $$
begin
  if exists (select 1 from added r
      join erp_banking.transfer t on t.id = r.transfer_id
      join erp_banking.match_part p on p.entry_id in (t.entry_id, t.arriving_entry_id)
      where p.kind = 'booked' and not p.is_undone) then
    raise exception 'transfer_reversal: a statement line is matched to it'
      using errcode = '23514', constraint = 'told_stays';
  end if;
  return null;
end $$;
create trigger is_not_told after insert on erp_banking.transfer_reversal
  referencing new table as added for each statement execute function erp_banking.refuse_told();
create function erp_banking.refuse_reversed() returns trigger language plpgsql as $$
begin
  if exists (select 1 from added p
      join erp_banking.transfer t on p.entry_id in (t.entry_id, t.arriving_entry_id)
      join erp_banking.transfer_reversal r on r.transfer_id = t.id
      where p.kind = 'booked') then
    raise exception 'match_part: the transfer has been taken back'
      using errcode = '23514', constraint = 'told_stays';
  end if;
  return null;
end $$;
create trigger is_not_reversed after insert on erp_banking.match_part
  referencing new table as added for each statement execute function erp_banking.refuse_reversed();

select erp_company.sample_few('erp_banking');
