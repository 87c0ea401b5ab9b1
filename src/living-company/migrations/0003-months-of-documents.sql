-- What a legal entity's month of history made, as one text: [[key, id, number, on, item, amount], …].
-- It is read and forgotten as a whole.
create table living_company.document_month (
  legal_entity text not null,
  noted_until date not null,
  count integer not null check (count >= 0),
  documents json not null,
  primary key (legal_entity, noted_until)
);
alter table living_company.document_month alter column documents set storage external;
