-- Requests and answers of a run, as they went over the wire, secrets masked. The latest only.
create table sync.exchange (
  id bigint generated always as identity primary key,
  integration text not null references sync.integration on delete cascade,
  run_id text not null,
  at timestamptz not null,
  failed boolean not null,
  exchange json not null
);
create index exchange_by_run on sync.exchange (run_id, id);
create index exchange_by_integration on sync.exchange (integration, id);
