-- Roles got the names that people in a company use.
update access.person set role = case role
  when 'admin' then 'administrator'
  when 'analyst' then 'controller'
  else role end;
alter table access.person add column email text;
alter table access.person add column disabled_at timestamptz; -- Null: may sign in.
alter table access.person add column signed_in_at timestamptz; -- Last.
create unique index person_by_email on access.person (lower(email));

alter table access.session add column seen_at timestamptz; -- To the minute.
update access.session set seen_at = created_at;
alter table access.session alter column seen_at set not null;

-- How often signing in failed lately, by name (hashed: people type passwords there) and by address.
create table access.sign_in_pace (
  who text primary key,
  failures integer not null,
  failed_at timestamptz not null,
  open_at timestamptz not null -- Not before then.
);
