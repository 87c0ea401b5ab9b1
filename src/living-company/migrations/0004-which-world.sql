-- Which world a company lives in: the same plan makes another company when the world is changed.
alter table living_company.company add column world integer not null default 1;
alter table living_company.company alter column world drop default;
