-- How patient we are with an integration, where a person has said so, and who stands in for it.
create table postings.setting (
  integration text primary key,
  policy jsonb not null,
  fallback text check (fallback <> integration)
);

-- Since when an integration cannot be reached. The row goes with its first answer.
create table postings.outage (
  integration text primary key,
  since timestamptz not null,
  last_at timestamptz not null,
  reason text not null
);

-- By which other integration a posting was handed over.
alter table postings.posting add column via text;
create index posting_by_via on postings.posting (via, state)
  where via is not null and state not in ('accepted', 'dismissed');
