-- A run that is over and changed nothing: of those, only the latest are kept.
alter table sync.run add column quiet boolean not null default false;
update sync.run set quiet = true
where status <> 'running' and not exists (
  select from json_array_elements(summary -> 'entities') one
  where coalesce((one ->> 'created')::bigint, 0) + coalesce((one ->> 'changed')::bigint, 0)
    + coalesce((one ->> 'deleted')::bigint, 0) + coalesce((one ->> 'released')::bigint, 0)
    + coalesce((one ->> 'echoed')::bigint, 0) > 0
);
create index run_quiet on sync.run (integration, status, started_at desc) where quiet;
