-- Events follow one another, and say what a subscription is from then on.
create function erp_subscriptions.add_events() returns trigger language plpgsql as $$
begin
  if exists (
    select from (
      select n.*, lag(n.number) over own as number_before, lag(n.on_day) over own as day_before,
        lag(n.mrr) over own as before, lag(n.status) over own as status_before
      from added n window own as (partition by n.subscription_id order by n.number)
    ) n join erp_subscriptions.subscription s on s.id = n.subscription_id
    where n.number <> coalesce(n.number_before, s.version) + 1
      or n.on_day < coalesce(n.day_before, s.last_on, n.on_day)
      or n.mrr_before <> coalesce(n.before, s.mrr)
      or coalesce(n.status_before, case when s.version > 0 then s.status end, '') = 'ended'
  ) then
    raise exception 'events of a subscription follow one another until it ends'
      using errcode = '23514', constraint = 'events_follow_one_another';
  end if;
  update erp_subscriptions.subscription s set status = n.status, plan_id = n.plan_id,
      quantity = n.quantity, mrr = n.mrr, ends_on = n.ends_on, version = n.number, last_on = n.on_day
    from (select distinct on (subscription_id) * from added order by subscription_id, number desc) n
    where n.subscription_id = s.id;
  return null;
end $$;
create trigger event_counts after insert on erp_subscriptions.event
  referencing new table as added for each statement execute function erp_subscriptions.add_events();

-- Intervals are charged one after another without a gap; never less than nothing for one.
create function erp_subscriptions.check_charges() returns trigger language plpgsql as $$
begin
  if exists (
    select from (
      select c.subscription_id, c.period_from, c.period_to,
        lag(c.period_to) over (partition by c.subscription_id order by c.period_from) as before,
        s.starts_on
      from erp_subscriptions.charge c
      join erp_subscriptions.subscription s on s.id = c.subscription_id
      where c.kind = 'recurring' and c.subscription_id in (select subscription_id from added)
    ) c where c.period_from <> coalesce(c.before, c.starts_on)
  ) then
    raise exception 'intervals are charged one after another'
      using errcode = '23514', constraint = 'intervals_have_no_gap';
  end if;
  if exists (
    select from erp_subscriptions.charge c
    where c.subscription_id in (select subscription_id from added)
    group by c.subscription_id, c.period_from having sum(c.amount) < 0
  ) or exists (
    select from erp_subscriptions.charge l
    join erp_subscriptions.charge c
      on c.subscription_id = l.subscription_id and c.number = l.corrects
    where l.subscription_id in (select subscription_id from added)
    group by c.subscription_id, c.number, c.amount having c.amount + sum(l.amount) < 0
  ) then
    raise exception 'no more is given back than was charged'
      using errcode = '23514', constraint = 'given_back_within_charged';
  end if;
  return null;
end $$;
create trigger charges_fit after insert on erp_subscriptions.charge
  referencing new table as added for each statement execute function erp_subscriptions.check_charges();

create function erp_subscriptions.add_releases() returns trigger language plpgsql as $$
begin
  update erp_subscriptions.charge c set released = c.released + n.amount,
      company_released = c.company_released + n.company_amount
    from added n where n.subscription_id = c.subscription_id and n.charge = c.number;
  return null;
end $$;
create trigger release_counts after insert on erp_subscriptions.release
  referencing new table as added for each statement execute function erp_subscriptions.add_releases();

create function erp_subscriptions.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: what is written here is never changed', tg_table_name
    using errcode = '23514', constraint = 'posted_is_immutable';
end $$;
create function erp_subscriptions.refuse_hand() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception '%: this is kept by what is posted alone', tg_table_name
      using errcode = '23514', constraint = 'sums_are_kept';
  end if;
  return null;
end $$;
do $$
declare
  relation text;
begin
  foreach relation in array array['event', 'plan_price', 'billing_run', 'release_run', 'release'] loop
    execute format('create trigger immutable before update or delete or truncate
      on erp_subscriptions.%I
      for each statement execute function erp_subscriptions.refuse_change()', relation);
  end loop;
  foreach relation in array array['subscription', 'charge'] loop
    execute format('create trigger stays before delete or truncate on erp_subscriptions.%I
      for each statement execute function erp_subscriptions.refuse_change()', relation);
    execute format('create trigger kept before update on erp_subscriptions.%I
      for each statement execute function erp_subscriptions.refuse_hand()', relation);
  end loop;
end $$;
