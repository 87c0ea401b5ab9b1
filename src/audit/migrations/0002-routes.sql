-- Null: not asked for over HTTP, or written before routes were kept. Hashed only where it is there,
-- so the chain of older events stands as it is.
alter table audit.event add column route text;
alter table audit.event drop constraint event_outcome_check;
alter table audit.event add constraint event_outcome_check
  check (outcome in ('intended', 'done', 'failed'));
create index event_by_time on audit.event (at);
create index event_by_actor on audit.event (actor, position);
create index event_by_action on audit.event (action, position);
create index event_by_subject on audit.event (subject, position);
create index event_by_trace on audit.event (trace_id);
