-- A legal entity's code is its key everywhere: in documents, numbers and books.
create table erp_company.legal_entity (
  code text primary key check (code ~ '^[A-Z0-9]{2,8}$'),
  name text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  time_zone text not null,
  fiscal_year_start_month smallint not null check (fiscal_year_start_month between 1 and 12),
  tax_ids jsonb not null default '[]',
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null
);

-- How far a series has counted. Its row stays locked until the transaction that took numbers ends:
-- rolled back, the numbers were never taken, so none is missing.
create table erp_company.number_series (
  legal_entity text not null references erp_company.legal_entity,
  series text not null,
  year integer not null,
  taken bigint not null check (taken >= 0),
  primary key (legal_entity, series, year)
) with (fillfactor = 50);

create table erp_company.tax_code (
  legal_entity text not null references erp_company.legal_entity,
  code text not null,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  name jsonb not null, -- By language.
  direction text not null check (direction in ('input', 'output')),
  kind text not null check
    (kind in ('standard', 'reduced', 'zero', 'exempt', 'reverse-charge', 'intra-community')),
  percent numeric not null check (percent >= 0 and percent <= 100),
  recoverable_percent numeric not null default 100
    check (recoverable_percent >= 0 and recoverable_percent <= 100),
  primary key (legal_entity, code, valid_from)
);

create table erp_company.payment_terms (
  code text primary key,
  name jsonb not null, -- By language.
  due_days integer not null check (due_days >= 0),
  end_of_month boolean not null, -- The days count from the end of the month of issue.
  discounts jsonb not null -- [{ days, percent }], the earliest first.
);

-- UN/ECE Recommendation 20.
create table erp_company.unit (
  code text primary key,
  name jsonb not null, -- By language.
  symbol text not null,
  scale smallint not null check (scale between 0 and 6) -- Places that make sense: none for a piece.
);

create table erp_company.exchange_rate (
  from_currency text not null check (from_currency ~ '^[A-Z]{3}$'),
  to_currency text not null check (to_currency ~ '^[A-Z]{3}$' and to_currency <> from_currency),
  type text not null check (type in ('spot', 'month-end', 'average', 'budget')),
  valid_on date not null,
  rate numeric not null check (rate > 0), -- Units of `to` for one unit of `from`.
  primary key (from_currency, to_currency, type, valid_on)
);

-- What was answered to a request that must happen once.
create table erp_company.idempotency_key (
  scope text not null, -- Whose, and of which operation.
  key text not null,
  request_hash text not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (scope, key)
);
create index idempotency_key_by_time on erp_company.idempotency_key (created_at);

-- What became of what: order to delivery, delivery to invoice, invoice to journal entry.
create table erp_company.document_link (
  from_kind text not null,
  from_id text not null,
  to_kind text not null,
  to_id text not null,
  from_number text not null,
  to_number text not null,
  primary key (from_id, to_id, from_kind, to_kind)
);
create index document_link_by_target on erp_company.document_link (to_id);
