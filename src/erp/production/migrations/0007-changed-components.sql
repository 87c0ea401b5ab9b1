-- What a released order needs may be changed by people: more, less, nothing any more. What was issued stays
-- the triggers', and what a component is of stays what it was.
alter table erp_production.work_order_component drop constraint work_order_component_required_check,
  add constraint work_order_component_required_check check (required >= 0);
drop trigger kept on erp_production.work_order_component;
create trigger kept before update of order_id, number, operation, item, unit_cost, is_backflushed,
  issued, issued_value on erp_production.work_order_component
  for each statement execute function erp_production.refuse_hand();
create function erp_production.check_required() returns trigger language plpgsql as $$
begin
  if exists (select from after_change n join before_change o using (order_id, number)
      join erp_production.work_order w on w.id = n.order_id
      where n.required <> o.required and (n.required < n.issued or w.decision <> 'released'
        or w.progress = 'completed')) then
    raise exception 'less than was issued is not required, and nothing of an order that is done'
      using errcode = '23514', constraint = 'required_covers_issued';
  end if;
  return null;
end $$;
create trigger required_covers_issued after update on erp_production.work_order_component
  referencing old table as before_change new table as after_change
  for each statement execute function erp_production.check_required();
alter table erp_production.order_event drop constraint order_event_action_check,
  add constraint order_event_action_check check (action in
    ('released', 'changed', 'components-changed', 'cancelled', 'closed', 'reopened'));
