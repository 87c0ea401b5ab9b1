-- The last day that history is to have; null: it was broken off by a version that could not go on.
alter table living_company.company add column wanted_until date;
update living_company.company set wanted_until = lived_until where status = 'resting';

-- Legal entities whose books are ahead of the company: a month is booked there, and not yet in all.
create table living_company.ahead (
  legal_entity text primary key,
  booked_until date not null,
  refused jsonb not null, -- What the ERP refused in that month, by its code.
  truth text[] not null -- What was odd in that month.
);
