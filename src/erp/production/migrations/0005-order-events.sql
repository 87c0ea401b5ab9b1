-- What people did with orders, and what of a plan they changed. Only grows.
create table erp_production.order_event (
  id bigint generated always as identity primary key,
  order_id text not null references erp_production.work_order,
  action text not null check
    (action in ('released', 'changed', 'cancelled', 'closed', 'reopened')),
  detail jsonb not null,
  by text not null,
  at timestamptz not null
);
create index order_event_by_order on erp_production.order_event (order_id, id);
create trigger immutable before update or delete or truncate on erp_production.order_event
  for each statement execute function erp_production.refuse_change();
