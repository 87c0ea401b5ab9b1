-- A payment that the bank returned, or that was a mistake.
create table erp_payables.taken_back (
  document_id text primary key references erp_payables.supplier_payment,
  legal_entity text not null,
  taken_back_on date not null,
  reason text not null,
  entry_id text not null,
  created_by text not null,
  created_at timestamptz not null
);
create trigger immutable before update or delete or truncate on erp_payables.taken_back
  for each statement execute function erp_payables.refuse_change();
