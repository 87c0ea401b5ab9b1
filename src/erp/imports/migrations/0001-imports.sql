-- Every import that was tried or booked: who, when, which file, what came of it. Never changed.
create table erp_imports.import (
  id text primary key,
  legal_entity text not null,
  kind text not null,
  mode text not null check (mode in ('dry-run', 'all-or-nothing', 'good-lines')),
  status text not null check (status in ('tried', 'refused', 'booked')),
  file_name text not null,
  file_digest text not null, -- SHA-256 of its bytes.
  file_bytes integer not null,
  opening_on date,
  lines integer not null,
  created integer not null,
  changed integer not null,
  unchanged integer not null,
  compared integer not null,
  refused integer not null,
  formats jsonb not null, -- How the file was read.
  problems jsonb not null, -- What is wrong with the file as a whole.
  totals jsonb not null, -- Control accounts before and after.
  agreement jsonb not null, -- Ledger and what stands under it.
  created_by text not null,
  created_at timestamptz not null,
  check (lines = created + changed + unchanged + compared + refused or problems <> '[]')
);
create index import_by_entity on erp_imports.import (legal_entity, id desc);

-- What became of each line. Those of a dry run go when the next one of its kind is kept.
create table erp_imports.line (
  import text not null references erp_imports.import,
  line integer not null,
  key text not null, -- What it is about.
  outcome text not null
    check (outcome in ('created', 'changed', 'unchanged', 'compared', 'refused')),
  code text, -- Why it was refused.
  heading text, -- The column that it is about.
  value text,
  message text,
  primary key (import, line)
);
create index line_by_outcome on erp_imports.line (import, outcome, line);

-- What an import has put into the books, so that the same file does it once.
create table erp_imports.booked_line (
  legal_entity text not null,
  kind text not null,
  key text not null,
  fingerprint text not null, -- Of what was booked.
  import text not null references erp_imports.import deferrable initially deferred,
  target text not null, -- The document that was made.
  primary key (legal_entity, kind, key)
);

create function erp_imports.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is kept as it was', tg_table_name using errcode = 'RI001';
end $$;
create trigger import_stays before update or delete or truncate on erp_imports.import
  for each statement execute function erp_imports.refuse_change();
create trigger booked_line_stays before update or delete or truncate on erp_imports.booked_line
  for each statement execute function erp_imports.refuse_change();
