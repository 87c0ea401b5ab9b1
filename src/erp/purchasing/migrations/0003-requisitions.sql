-- A requisition's way: written, submitted, approved by another; how far it is ordered is computed.
alter table erp_purchasing.requisition
  drop constraint requisition_decision_check,
  add constraint requisition_decision_check check
    (decision in ('draft', 'submitted', 'approved', 'rejected', 'withdrawn')),
  add column issued_on date not null,
  add column is_closed boolean not null default false, -- By hand: the rest is not wanted any more.
  add column progress text not null default 'open' check
    (progress in ('open', 'partly-ordered', 'ordered')),
  add column approved_by text,
  add column approved_at timestamptz,
  add constraint four_eyes check (approved_by is null or approved_by <> created_by);
create index requisition_by_day on erp_purchasing.requisition (legal_entity, issued_on, id);

alter table erp_purchasing.requisition_line
  add column supplier text, -- Whom the requester would ask.
  add column account text,
  add constraint ordered_within_required check (ordered between 0 and quantity);
create index purchase_order_line_by_requisition
  on erp_purchasing.purchase_order_line (requisition_id, requisition_line)
  where requisition_id is not null;

-- What was done with a requisition. Only grows.
create table erp_purchasing.requisition_event (
  id bigint generated always as identity primary key,
  requisition_id text not null references erp_purchasing.requisition,
  action text not null,
  detail jsonb not null,
  by text not null,
  at timestamptz not null
);
create index requisition_event_by_requisition
  on erp_purchasing.requisition_event (requisition_id, id);
create trigger immutable before update or delete or truncate on erp_purchasing.requisition_event
  for each statement execute function erp_purchasing.refuse_change();
create trigger stays before delete or truncate on erp_purchasing.requisition
  for each statement execute function erp_purchasing.refuse_change();
create trigger stays before delete or truncate or update of requisition_id, number, item, text,
    quantity, unit, needed_on, estimated_price, warehouse, account, cost_centre, project, supplier
  on erp_purchasing.requisition_line
  for each statement execute function erp_purchasing.refuse_change();

-- What order lines ask for counts against their requisition, unless they or their order are cancelled.
create or replace function erp_purchasing.add_ordered() returns trigger language plpgsql as $$
begin
  if exists (select 1 from added a join erp_purchasing.requisition r on r.id = a.requisition_id
      where r.decision <> 'approved' or r.is_closed) then
    raise exception 'purchase_order_line: only what was approved is ordered'
      using errcode = '23514', constraint = 'requisition_is_approved';
  end if;
  update erp_purchasing.requisition_line r set ordered = r.ordered + s.ordered
    from (select requisition_id, requisition_line, sum(ordered) as ordered from added
        where requisition_id is not null group by 1, 2) s
    where r.requisition_id = s.requisition_id and r.number = s.requisition_line;
  perform erp_purchasing.keep_orders(array(select distinct a.order_id from added a
    join erp_purchasing.purchase_order o on o.id = a.order_id where o.decision <> 'draft'));
  return null;
end $$;

create function erp_purchasing.free_requisitions() returns trigger language plpgsql as $$
begin
  update erp_purchasing.requisition_line r set ordered = r.ordered - s.ordered
    from (select l.requisition_id, l.requisition_line, sum(l.ordered) as ordered
        from changed c join was w on w.id = c.id
        join erp_purchasing.purchase_order_line l on l.order_id = c.id
        where c.decision in ('cancelled', 'rejected')
          and w.decision not in ('cancelled', 'rejected')
          and l.requisition_id is not null and not l.is_cancelled
        group by 1, 2) s
    where r.requisition_id = s.requisition_id and r.number = s.requisition_line;
  return null;
end $$;
create trigger requisition_counts after update on erp_purchasing.purchase_order
  referencing old table as was new table as changed for each statement
  execute function erp_purchasing.free_requisitions();

create function erp_purchasing.keep_requisitions() returns trigger language plpgsql as $$
begin
  update erp_purchasing.requisition r set progress = p.progress
    from (select l.requisition_id, case
          when bool_and(l.ordered >= l.quantity) then 'ordered'
          when bool_or(l.ordered > 0) then 'partly-ordered'
          else 'open' end as progress
        from erp_purchasing.requisition_line l
        where l.requisition_id in (select requisition_id from changed) group by 1) p
    where r.id = p.requisition_id and r.progress <> p.progress;
  return null;
end $$;
create trigger order_counts after update on erp_purchasing.requisition_line
  referencing new table as changed for each statement
  execute function erp_purchasing.keep_requisitions();
