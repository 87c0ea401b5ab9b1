-- Plans: versions follow one another, and are complete when their transaction ends.
create function erp_projects.add_plans() returns trigger language plpgsql as $$
begin
  if exists (select from added n join erp_projects.project p on p.id = n.project_id
      where n.version <> p.plan_version + 1) then
    raise exception 'plans are numbered one after another'
      using errcode = '23514', constraint = 'plans_follow_one_another';
  end if;
  update erp_projects.project p set plan_version = n.version from added n where n.project_id = p.id;
  return null;
end $$;
create trigger plan_counts after insert on erp_projects.plan
  referencing new table as added for each statement execute function erp_projects.add_plans();

create function erp_projects.refuse_late_plan() returns trigger language plpgsql as $$
begin
  if exists (select from added n join erp_projects.plan p
      on p.project_id = n.project_id and p.version = n.version
      where p.made_in <> pg_current_xact_id()) then
    raise exception '%: a plan is never changed; another is another version', tg_table_name
      using errcode = '23514', constraint = 'plans_are_immutable';
  end if;
  return null;
end $$;
create trigger whole after insert on erp_projects.plan_task
  referencing new table as added for each statement execute function erp_projects.refuse_late_plan();
create trigger whole after insert on erp_projects.plan_month
  referencing new table as added for each statement execute function erp_projects.refuse_late_plan();
create trigger whole after insert on erp_projects.plan_milestone
  referencing new table as added for each statement execute function erp_projects.refuse_late_plan();

create function erp_projects.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: what is written here is never changed', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
do $$
declare
  relation text;
begin
  foreach relation in array array['plan', 'plan_task', 'plan_month', 'plan_milestone', 'progress',
      'milestone_reached', 'time_sheet', 'time_line', 'bill', 'bill_cancellation', 'recognition',
      'project_event', 'resource_rate'] loop
    execute format('create trigger immutable before update or delete or truncate on erp_projects.%I
      for each statement execute function erp_projects.refuse_change()', relation);
  end loop;
  foreach relation in array array['project', 'change_order', 'bill_line', 'resource'] loop
    execute format('create trigger stays before delete or truncate on erp_projects.%I
      for each statement execute function erp_projects.refuse_change()', relation);
  end loop;
end $$;

create function erp_projects.refuse_hand() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception '%: this is kept by what is posted alone', tg_table_name
      using errcode = '23514', constraint = 'sums_are_kept';
  end if;
  return null;
end $$;
create trigger kept before update of plan_version, hours, time_cost, billed, unbilled, deferred
  on erp_projects.project for each statement execute function erp_projects.refuse_hand();
create trigger kept before update on erp_projects.bill_line
  for each statement execute function erp_projects.refuse_hand();

-- What was decided about a change stays decided; what is asked for stays what was asked for.
create function erp_projects.refuse_second_thought() returns trigger language plpgsql as $$
begin
  if old.decision <> 'draft' or (new.change, new.project_id, new.created_by)
      is distinct from (old.change, old.project_id, old.created_by) then
    raise exception 'a change order is decided once, as it was written'
      using errcode = '23514', constraint = 'change_orders_are_decided_once';
  end if;
  return new;
end $$;
create trigger decided before update on erp_projects.change_order
  for each row execute function erp_projects.refuse_second_thought();

-- Hours: only for released projects; nobody works more than a day has; nothing charged is taken back.
create function erp_projects.add_time() returns trigger language plpgsql as $$
declare
  broken record;
begin
  perform from erp_projects.resource where id in (select resource from added)
    order by id for no key update;
  select l.resource, l.worked_on into broken
    from erp_projects.time_line l
    where (l.resource, l.worked_on) in (select resource, worked_on from added)
    group by 1, 2 having sum(l.hours) > 24 or sum(l.hours) < 0 limit 1;
  if found then
    raise exception '% on %: more hours than a day has', broken.resource, broken.worked_on
      using errcode = '23514', constraint = 'a_day_has_24_hours';
  end if;
  if exists (select from added n join erp_projects.project p on p.id = n.project_id
      where p.decision <> 'released') then
    raise exception 'hours are for released projects'
      using errcode = '23514', constraint = 'released_projects_are_worked_on';
  end if;
  if exists (select from added n join erp_projects.time_sheet s on s.id = n.sheet_id
      join erp_projects.bill_line b on b.sheet_id = s.reverses and b.stands) then
    raise exception 'what was charged is not taken back'
      using errcode = '23514', constraint = 'charged_hours_stay';
  end if;
  update erp_projects.project p set hours = p.hours + n.hours, time_cost = p.time_cost + n.cost
    from (select project_id, sum(hours) as hours, sum(cost) as cost from added group by 1) n
    where n.project_id = p.id;
  return null;
end $$;
create trigger time_counts after insert on erp_projects.time_line
  referencing new table as added for each statement execute function erp_projects.add_time();

create function erp_projects.add_bills() returns trigger language plpgsql as $$
begin
  if exists (select from added n join erp_projects.project p on p.id = n.project_id
      where p.decision not in ('released', 'on-hold', 'completed') or p.kind = 'internal') then
    raise exception 'only customers'' projects that run are charged'
      using errcode = '23514', constraint = 'running_projects_are_charged';
  end if;
  update erp_projects.project p set billed = p.billed + n.net
    from (select project_id, sum(net) as net from added group by 1) n where n.project_id = p.id;
  return null;
end $$;
create trigger bill_counts after insert on erp_projects.bill
  referencing new table as added for each statement execute function erp_projects.add_bills();

create function erp_projects.check_bill_lines() returns trigger language plpgsql as $$
begin
  if exists (select from added n join erp_projects.time_sheet s on s.reverses = n.sheet_id) then
    raise exception 'hours that were taken back are not charged'
      using errcode = '23514', constraint = 'charged_hours_stand';
  end if;
  if exists (select from added n left join erp_projects.milestone_reached r
      on r.project_id = n.project_id and r.milestone = n.milestone
      where n.milestone is not null and r.milestone is null) then
    raise exception 'a milestone is charged when it is reached'
      using errcode = '23514', constraint = 'charged_milestones_are_reached';
  end if;
  return null;
end $$;
create trigger bill_lines_fit after insert on erp_projects.bill_line
  referencing new table as added for each statement execute function erp_projects.check_bill_lines();

create function erp_projects.add_cancellations() returns trigger language plpgsql as $$
begin
  update erp_projects.project p set billed = p.billed - n.net
    from (select b.project_id, sum(b.net) as net from added a
      join erp_projects.bill b on b.id = a.bill_id group by 1) n where n.project_id = p.id;
  update erp_projects.bill_line l set stands = false from added a where a.bill_id = l.bill_id;
  return null;
end $$;
create trigger cancellation_counts after insert on erp_projects.bill_cancellation
  referencing new table as added for each statement execute function erp_projects.add_cancellations();

create function erp_projects.add_recognitions() returns trigger language plpgsql as $$
begin
  update erp_projects.project p set unbilled = n.unbilled, deferred = n.deferred
    from added n where n.project_id = p.id;
  return null;
end $$;
create trigger recognition_counts after insert on erp_projects.recognition
  referencing new table as added for each statement execute function erp_projects.add_recognitions();
