-- Work that is begun by the clock.
create table workflow.schedule (
  name text primary key,
  kind text not null,
  input json not null,
  cron text not null,
  time_zone text not null,
  priority integer not null,
  paused boolean not null default false,
  next_at timestamptz not null,
  by text not null,
  updated_at timestamptz not null
);
create index schedule_due on workflow.schedule (next_at) where not paused;

-- Work to be done, by whichever worker comes first. This row is the truth about it.
create table workflow.job (
  id text primary key,
  kind text not null,
  input json not null,
  priority integer not null,
  only_one text, -- At most one open job bears it.
  state text not null check
    (state in ('waiting', 'running', 'paused', 'done', 'failed', 'cancelled')),
  wish text check (wish in ('pause', 'cancel')), -- For the worker that is running it.
  run_at timestamptz not null,
  attempts integer not null default 0,
  attempts_max integer not null,
  lease_until timestamptz,
  fence bigint not null default 0, -- Grows with every claim: a worker that was overtaken writes nothing.
  worker text,
  progress json,
  result json,
  problem json,
  schedule text,
  by text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  updated_at timestamptz not null
) with (fillfactor = 70);
create unique index job_only_one on workflow.job (only_one)
  where state in ('waiting', 'running', 'paused');
create index job_due on workflow.job (priority desc, run_at) where state in ('waiting', 'running');
create index job_by_time on workflow.job (created_at desc, id);

-- Steps that are finished: they never run again.
create table workflow.step (
  job_id text not null references workflow.job on delete cascade,
  name text not null,
  result json,
  finished_at timestamptz not null,
  primary key (job_id, name)
);
