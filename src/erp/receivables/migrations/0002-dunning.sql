-- What customers are reminded of, level by level. Data, changed by people.
create table erp_receivables.dunning_level (
  legal_entity text not null,
  level smallint not null check (level > 0),
  days_overdue integer not null check (days_overdue > 0), -- At least, since the item was due.
  days_apart integer not null check (days_apart >= 0), -- At least, since the level before.
  fee numeric not null check (fee >= 0), -- Company currency, once a notice.
  text jsonb not null, -- { en, de }
  primary key (legal_entity, level)
);

-- Customers who are not reminded for now. Single items are blocked in open-items.
create table erp_receivables.dunning_block (
  customer text primary key,
  legal_entity text not null,
  until date, -- The last day; none: until it is taken off.
  reason text not null,
  created_by text not null,
  created_at timestamptz not null
);

create table erp_receivables.dunning_run (
  id text primary key,
  legal_entity text not null,
  number text not null,
  run_on date not null,
  status text not null check (status in ('proposed', 'approved', 'executed', 'withdrawn')),
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  approved_by text,
  approved_at timestamptz,
  unique (legal_entity, number),
  check (approved_by is null or approved_by <> created_by)
);
create table erp_receivables.dunning_run_item (
  run_id text not null references erp_receivables.dunning_run,
  item_id text not null, -- The open item.
  customer text not null,
  level smallint not null check (level > 0),
  days_overdue integer not null,
  currency text not null,
  amount numeric not null check (amount > 0), -- Open when it was proposed.
  is_left_out boolean not null default false, -- By a person, or because something speaks against it.
  reason text,
  primary key (run_id, item_id)
);

-- A reminder as it was sent: one for each customer and currency of a run.
create table erp_receivables.dunning_notice (
  id text primary key,
  legal_entity text not null,
  number text not null,
  run_id text not null references erp_receivables.dunning_run,
  customer text not null,
  sent_on date not null,
  level smallint not null, -- The highest of its items.
  currency text not null,
  amount numeric not null check (amount > 0),
  fee numeric not null check (fee >= 0), -- Company currency.
  text jsonb not null,
  fee_entry_id text,
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, number),
  unique (run_id, customer, currency),
  check ((fee_entry_id is null) = (fee = 0))
);
create index dunning_notice_by_customer on erp_receivables.dunning_notice (customer, sent_on);

-- An item reaches a level once.
create table erp_receivables.dunned_item (
  item_id text not null,
  level smallint not null,
  notice_id text not null references erp_receivables.dunning_notice,
  amount numeric not null check (amount > 0),
  primary key (item_id, level)
);
create index dunned_item_by_notice on erp_receivables.dunned_item (notice_id);

create trigger immutable before update or delete or truncate on erp_receivables.dunning_notice
  for each statement execute function erp_receivables.refuse_change();
create trigger immutable before update or delete or truncate on erp_receivables.dunned_item
  for each statement execute function erp_receivables.refuse_change();
