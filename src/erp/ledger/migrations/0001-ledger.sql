create table erp_ledger.setting (
  legal_entity text primary key,
  four_eyes boolean not null default false -- Manual entries are parked by one and approved by another.
);

create table erp_ledger.account (
  legal_entity text not null,
  number text not null check (number ~ '^[0-9A-Z.-]{2,20}$'),
  name jsonb not null, -- By language.
  kind text not null check (kind in ('asset', 'liability', 'equity', 'income', 'expense')),
  statement_line text not null,
  control_of text check (control_of in ('payable', 'receivable', 'stock')),
  revaluation_account text, -- Takes the difference when balances in foreign currency are revalued.
  currency text check (currency ~ '^[A-Z]{3}$'), -- Null: any.
  blocked boolean not null default false,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  primary key (legal_entity, number),
  foreign key (legal_entity, revaluation_account) references erp_ledger.account
);

-- Which account a posting key leads to. '' is any; the rule that says most wins.
create table erp_ledger.determination (
  legal_entity text not null,
  posting text not null,
  item_group text not null default '',
  tax_code text not null default '',
  party_group text not null default '',
  bank_account text not null default '',
  account text not null,
  primary key (legal_entity, posting, item_group, tax_code, party_group, bank_account),
  foreign key (legal_entity, account) references erp_ledger.account
);

create table erp_ledger.cost_centre (
  legal_entity text not null,
  code text not null check (code <> ''),
  name jsonb not null, -- By language.
  parent text,
  responsible text,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  primary key (legal_entity, code),
  foreign key (legal_entity, parent) references erp_ledger.cost_centre,
  check (parent <> code)
);

-- 1 to 12 are months, 13 is for adjustments on the year's last day, 14 for its closing entries.
create table erp_ledger.period (
  legal_entity text not null,
  fiscal_year integer not null,
  number smallint not null check (number between 1 and 14),
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  status text not null default 'open' check (status in ('open', 'soft-closed', 'closed')),
  open_to text[] not null default '{}', -- Soft-closed: the roles that still may post.
  version integer not null default 1,
  primary key (legal_entity, fiscal_year, number)
);
create index period_by_day on erp_ledger.period (legal_entity, from_on, to_on);

-- Who opened and closed what, and why. Only grows.
create table erp_ledger.period_event (
  id bigint generated always as identity primary key,
  legal_entity text not null,
  fiscal_year integer not null,
  number smallint not null,
  from_status text not null,
  to_status text not null,
  reason text not null,
  by text not null,
  at timestamptz not null,
  foreign key (legal_entity, fiscal_year, number) references erp_ledger.period
);

-- What is posted. What is only intended lies in `parked_entry`. These two tables take thousands of
-- rows a second: what a foreign key would check row by row, the triggers of 0002 check once a
-- statement, and nothing that they refer to can be deleted.
create table erp_ledger.journal_entry (
  id text primary key,
  legal_entity text not null,
  fiscal_year integer not null,
  period smallint not null, -- Of erp_ledger.period.
  sequence bigint not null check (sequence > 0), -- Of the fiscal year, without a gap.
  number text not null check (number = 'JE-' || fiscal_year || '-' ||
    lpad(sequence::text, greatest(6, length(sequence::text)), '0')),
  kind text not null check (kind in ('manual', 'accrual', 'recurring', 'invoice', 'credit-note',
    'payment', 'goods-movement', 'production', 'deferral', 'opening', 'revaluation', 'reversal',
    'closing')),
  posted_on date not null,
  document_on date not null,
  currency text not null,
  company_currency text not null,
  rate numeric not null check (rate > 0), -- Company currency for one unit of the document's.
  rate_on date not null,
  text text not null,
  source_area text not null,
  source_kind text not null,
  source_id text not null, -- To find by: the document links.
  source_number text not null,
  reverses text references erp_ledger.journal_entry,
  line_count integer not null check (line_count >= 2),
  created_by text not null,
  created_at timestamptz not null,
  unique (legal_entity, fiscal_year, sequence),
  check ((kind = 'closing') = (period = 14)),
  check ((kind = 'reversal') = (reverses is not null)),
  check (currency <> company_currency or rate = 1)
);
create unique index journal_entry_reversed_once on erp_ledger.journal_entry (reverses)
  where reverses is not null;
create index journal_entry_by_day on erp_ledger.journal_entry using brin (posted_on);

-- Amounts are signed: a debit is above zero. Both currencies balance in every entry.
create table erp_ledger.journal_line (
  entry_id text not null, -- Of erp_ledger.journal_entry.
  number integer not null check (number > 0),
  legal_entity text not null, -- This and the next four: the entry's, for reading by account.
  fiscal_year integer not null,
  period smallint not null,
  posted_on date not null,
  currency text not null,
  account text not null, -- Of erp_ledger.account.
  amount numeric not null,
  company_amount numeric not null,
  cost_centre text not null default '',
  tax_code text,
  project text,
  party text,
  item text,
  quantity numeric,
  due_on date,
  text text,
  primary key (entry_id, number),
  check (amount <> 0 or company_amount <> 0)
);
create index journal_line_by_account on erp_ledger.journal_line (legal_entity, account, posted_on);

-- How many entries a fiscal year has, and their lines: kept by the triggers alone.
create table erp_ledger.entry_count (
  legal_entity text not null,
  fiscal_year integer not null,
  entries bigint not null,
  lines_due bigint not null, -- That the entries announced.
  lines bigint not null,
  primary key (legal_entity, fiscal_year)
) with (fillfactor = 50);

-- Turnover by period: kept by the trigger alone, and equal to the sums of lines.
create table erp_ledger.account_balance (
  legal_entity text not null,
  account text not null,
  currency text not null, -- Of the document.
  cost_centre text not null,
  fiscal_year integer not null,
  period smallint not null,
  debit numeric not null,
  credit numeric not null,
  company_debit numeric not null,
  company_credit numeric not null,
  primary key (legal_entity, account, currency, cost_centre, fiscal_year, period)
) with (fillfactor = 50);
create index account_balance_by_period
  on erp_ledger.account_balance (legal_entity, fiscal_year, period);

create table erp_ledger.parked_entry (
  id text primary key,
  legal_entity text not null,
  draft jsonb not null,
  posted_on date not null, -- When it is to be posted.
  text text not null,
  status text not null check (status in ('parked', 'posted', 'withdrawn')),
  entry_id text unique references erp_ledger.journal_entry,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  check ((status = 'posted') = (entry_id is not null))
);
create index parked_entry_waiting on erp_ledger.parked_entry (legal_entity, posted_on)
  where status = 'parked';

create table erp_ledger.recurring_entry (
  id text primary key,
  legal_entity text not null,
  name text not null,
  draft jsonb not null,
  every_months integer not null check (every_months between 1 and 12),
  first_on date not null,
  posted_times integer not null default 0, -- The next is due so many intervals after the first.
  next_on date not null,
  until_on date check (until_on >= first_on),
  status text not null check (status in ('active', 'paused', 'ended')),
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null
);
create index recurring_entry_due on erp_ledger.recurring_entry (legal_entity, next_on)
  where status = 'active';

-- What each revaluation found, and the difference it posted.
create table erp_ledger.revaluation (
  legal_entity text not null,
  fiscal_year integer not null,
  period smallint not null,
  account text not null,
  currency text not null,
  entry_id text not null references erp_ledger.journal_entry,
  balance numeric not null,
  company_balance numeric not null,
  rate numeric not null,
  rate_on date not null,
  difference numeric not null,
  primary key (legal_entity, fiscal_year, period, account, currency, entry_id)
);

create table erp_ledger.budget (
  legal_entity text not null,
  version text not null,
  fiscal_year integer not null,
  title text not null,
  status text not null check (status in ('draft', 'approved')),
  created_by text not null,
  created_at timestamptz not null,
  approved_by text,
  primary key (legal_entity, version, fiscal_year)
);
create table erp_ledger.budget_line (
  legal_entity text not null,
  version text not null,
  fiscal_year integer not null,
  account text not null,
  cost_centre text not null default '',
  period smallint not null check (period between 1 and 12),
  amount numeric not null, -- Company currency; an expense is above zero, as in the books.
  primary key (legal_entity, version, fiscal_year, account, cost_centre, period),
  foreign key (legal_entity, version, fiscal_year) references erp_ledger.budget,
  foreign key (legal_entity, account) references erp_ledger.account
);

create table erp_ledger.close_task (
  id text primary key,
  legal_entity text not null,
  fiscal_year integer not null,
  period smallint not null,
  code text not null,
  name jsonb not null, -- By language.
  owner text,
  due_on date not null,
  depends_on text[] not null default '{}', -- Codes of tasks of the same period.
  status text not null check (status in ('open', 'in-progress', 'done', 'skipped')),
  note text,
  started_at timestamptz,
  finished_at timestamptz,
  finished_by text,
  version integer not null default 1,
  unique (legal_entity, fiscal_year, period, code),
  foreign key (legal_entity, fiscal_year, period) references erp_ledger.period
);
