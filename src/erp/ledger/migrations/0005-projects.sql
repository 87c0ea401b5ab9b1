-- Lines that name a project are few among many, and are read by it.
create index journal_line_by_project on erp_ledger.journal_line (project, posted_on)
  where project is not null;

-- What a project has earned and not yet charged has an account of its own, where the standard chart is kept.
insert into erp_ledger.account (legal_entity, number, name, kind, statement_line, created_by, created_at)
  select a.legal_entity, '1360', '{"en":"Unbilled revenue","de":"Nicht abgerechnete Leistungen"}', 'asset',
    'other-receivables', a.created_by, now()
  from erp_ledger.account a where a.number = '1340' and a.statement_line = 'other-receivables'
  on conflict do nothing;
insert into erp_ledger.determination (legal_entity, posting, account)
  select a.legal_entity, 'unbilled-revenue', '1360'
  from erp_ledger.account a where a.number = '1360' and a.statement_line = 'other-receivables'
  on conflict do nothing;
