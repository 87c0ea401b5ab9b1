-- Customers and suppliers. One row is one role: who both buys and sells has two.
create table erp_parties.party (
  id text primary key,
  role text not null check (role in ('customer', 'supplier')),
  legal_entity text not null, -- Whose number it bears; every entity may trade with it.
  number text not null,
  version integer not null default 1 check (version > 0),
  name text not null check (name <> ''),
  legal_name text,
  name_key text not null, -- The name without case, accents, punctuation and legal form.
  status text not null default 'active' check (status in ('active', 'inactive')),
  tax_ids jsonb not null default '[]', -- [{scheme, value}]
  tax_keys jsonb not null default '[]', -- ["scheme:VALUE"], as compared.
  addresses jsonb not null default '[]',
  contacts jsonb not null default '[]',
  country text,
  region text,
  segment text,
  category text,
  salesperson text,
  currency text,
  payment_terms text,
  incoterm text,
  credit_limit numeric check (credit_limit >= 0), -- In `currency`, or the company's.
  parent text references erp_parties.party,
  stands_for text, -- Our own legal entity that this party is: intercompany.
  blocks jsonb not null default '[]'
    check (blocks <@ '["purchasing", "payment", "sales", "delivery"]'),
  block_reason text,
  created_by text not null,
  created_at timestamptz not null,
  changed_by text not null,
  changed_at timestamptz not null,
  unique (legal_entity, role, number),
  unique (id, role),
  check (parent <> id),
  check (blocks <> '[]' or block_reason is null)
);
create index party_by_name_key on erp_parties.party (role, name_key);
create index party_by_tax on erp_parties.party using gin (tax_keys);
create index party_by_number on erp_parties.party (role, number, id);

-- Who changed what: written by the database, whoever writes.
create table erp_parties.party_change (
  party text not null references erp_parties.party,
  version integer not null,
  changed_by text not null,
  changed_at timestamptz not null,
  changes jsonb not null, -- {column: [before, after]}
  primary key (party, version)
);
create function erp_parties.keep_party_change() returns trigger language plpgsql as $$
begin
  if exists (select from after_rows a join before_rows b using (id) where a.version <> b.version + 1)
  then raise exception 'a change makes the next version'; end if;
  insert into erp_parties.party_change (party, version, changed_by, changed_at, changes)
  select a.id, a.version, a.changed_by, a.changed_at, (
    select coalesce(jsonb_object_agg(n.key, jsonb_build_array(o.value, n.value)), '{}')
    from jsonb_each(to_jsonb(a)) n join jsonb_each(to_jsonb(b)) o using (key)
    where n.value <> o.value
      and n.key not in ('version', 'changed_by', 'changed_at', 'name_key', 'tax_keys'))
  from after_rows a join before_rows b using (id);
  return null;
end $$;
create trigger party_change_is_kept after update on erp_parties.party
  referencing old table as before_rows new table as after_rows
  for each statement execute function erp_parties.keep_party_change();

-- What a legal entity demands. No row: nothing beyond the ordinary.
create table erp_parties.policy (
  legal_entity text primary key,
  four_eyes_bank boolean not null default false,
  changed_by text not null,
  changed_at timestamptz not null
);

create table erp_parties.bank_account (
  id text primary key,
  party text not null references erp_parties.party,
  version integer not null default 1,
  account_key text not null, -- The IBAN, or BIC and account number, as compared.
  iban text,
  account_number text,
  bic text,
  holder text not null,
  currency text,
  valid_from date not null,
  valid_to date, -- The last day.
  four_eyes boolean not null, -- Whether another must verify it, as demanded when it was entered.
  entered_by text not null,
  entered_at timestamptz not null,
  verified_by text,
  verified_at timestamptz,
  ended_by text,
  check ((iban is null) <> (account_number is null)),
  check (valid_to >= valid_from),
  check ((verified_by is null) = (verified_at is null)),
  constraint another_verifies check (not four_eyes or verified_by <> entered_by)
);
create index bank_account_by_party on erp_parties.bank_account (party, valid_from);
create index bank_account_by_key on erp_parties.bank_account (account_key);

-- Where money goes is never edited: it ends, and another begins.
create function erp_parties.refuse_other_account() returns trigger language plpgsql as $$
begin
  if (old.party, old.account_key, old.iban, old.account_number, old.bic, old.holder, old.entered_by,
      old.four_eyes, old.valid_from) is distinct from (new.party, new.account_key, new.iban,
      new.account_number, new.bic, new.holder, new.entered_by, new.four_eyes, new.valid_from)
    or (old.verified_by is not null and old.verified_by is distinct from new.verified_by)
  then raise exception 'a bank account is ended and entered again, not edited'; end if;
  return new;
end $$;
create trigger bank_account_stays before update on erp_parties.bank_account
  for each row execute function erp_parties.refuse_other_account();
