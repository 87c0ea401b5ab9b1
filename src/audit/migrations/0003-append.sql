-- Adds an event to the chain in one call, so that others wait for its predecessor only until the commit.
-- `told` is the event as its hash tells it. Each statement here sees what was committed before it began:
-- the predecessor is looked for once the lock is held.
create function audit.append(
  told text, at timestamptz, actor text, action text, outcome text, subject text, details jsonb,
  trace_id text, route text
) returns bigint language plpgsql volatile as $$
declare
  place bigint;
  before text;
begin
  perform pg_advisory_xact_lock(7418223); -- Any fixed number.
  select e.position + 1, e.hash into place, before
    from audit.event e order by e.position desc limit 1;
  if not found then
    place := 1;
    before := repeat('0', 64);
  end if;
  insert into audit.event (position, at, actor, action, outcome, subject, details, trace_id, route,
    previous_hash, hash)
  values (place, at, actor, action, outcome, subject, details, trace_id, route, before,
    encode(sha256(convert_to('["' || before || '","' || place || '",' || told || ']', 'UTF8')), 'hex'));
  return place;
end $$;
