-- What has changed, for those who follow: the keys of documents, and the transaction that touched them.
-- Written by the tables' own triggers, once a statement. Who follows asks by snapshot: all that was
-- committed since one, told neither twice nor not at all, however transactions overlap.
create table erp_company.change (
  kind text not null,
  transaction xid8 not null default pg_current_xact_id(),
  position bigint generated always as identity,
  keys text[] not null, -- At most 500.
  noted_at timestamptz not null default now(),
  primary key (kind, transaction, position)
);
create index change_by_time on erp_company.change using brin (noted_at);

-- One row: the last transaction whose changes are forgotten.
create table erp_company.change_forgotten (transaction xid8 not null);
insert into erp_company.change_forgotten values ('0');

-- Which table heads the documents of a kind. Its key is its primary key, its columns with '~' between.
create table erp_company.followed (
  kind text primary key,
  relation text not null,
  key_columns text[] not null,
  entity_column text -- Null: it belongs to no legal entity.
);

create function erp_company.note_changes() returns trigger language plpgsql as $$
begin
  execute format(
    'insert into erp_company.change (kind, keys)
      select $1, array_agg(key) from (
        select key, (row_number() over () - 1) / 500 as part from (
          select distinct %s as key from touched where %s) each where key is not null
      ) parted group by part', tg_argv[1], tg_argv[2]) using tg_argv[0];
  return null;
end $$;

-- Notes what happens to a table's rows as changes of documents: `key_columns` say of which.
create function erp_company.follow_part(
  relation text, kind text, key_columns text[], condition text default 'true'
) returns void language plpgsql as $$
declare
  key text;
  event text;
begin
  select string_agg(format('%I::text', name), ' || ''~'' || ' order by at) into key
    from unnest(key_columns) with ordinality as named(name, at);
  foreach event in array array['insert', 'update', 'delete'] loop
    execute format(
      'create trigger %I after %s on %s referencing %s table as touched for each statement
        execute function erp_company.note_changes(%L, %L, %L)',
      concat_ws('_', 'tells', event, kind, key_columns[1]), event,
      relation::regclass, case event when 'delete' then 'old' else 'new' end, kind, key, condition);
  end loop;
end $$;

-- The same of the table that heads the documents of a kind.
create function erp_company.follow_documents(
  relation text, kind text, key_columns text[], entity_column text
) returns void language plpgsql as $$
begin
  insert into erp_company.followed values (kind, relation, key_columns, entity_column);
  perform erp_company.follow_part(relation, kind, key_columns);
end $$;

-- The keys of a kind's documents in their order, from the first after `after` on.
create function erp_company.keys_after(wanted text, entity text, after text, most integer)
returns setof text language plpgsql stable as $$
declare
  head erp_company.followed;
  key text;
  columns text;
  place text;
begin
  select * into strict head from erp_company.followed where kind = wanted;
  select string_agg(format('%I::text', name), ' || ''~'' || ' order by at),
      string_agg(format('%I', name), ', ' order by at),
      string_agg(format('split_part($2, ''~'', %s)::%s', at, (
        select format_type(a.atttypid, a.atttypmod) from pg_attribute a
        where a.attrelid = head.relation::regclass and a.attname = name)), ', ' order by at)
    into key, columns, place
    from unnest(head.key_columns) with ordinality as named(name, at);
  return query execute format(
    'select %s from %s where %s and %s order by %s limit $3', key, head.relation::regclass,
    case when head.entity_column is null or entity is null then 'true'
      else format('%I = $1', head.entity_column) end,
    case when after is null then 'true' else format('(%s) > (%s)', columns, place) end, columns)
    using entity, after, most;
end $$;

select erp_company.follow_documents('erp_company.exchange_rate', 'exchange-rate',
  '{from_currency,to_currency,type,valid_on}', null);

-- Keys that are never forgotten: what was booked for another part of the house.
alter table erp_company.idempotency_key add column is_kept boolean not null default false;
