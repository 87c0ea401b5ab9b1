-- Money between two accounts of ours in different currencies has an account of its own, where the standard
-- chart is kept and the number is free.
insert into erp_ledger.account (legal_entity, number, name, kind, statement_line, created_by, created_at)
  select a.legal_entity, '1421',
    '{"en":"Transfers between own accounts","de":"Umbuchungen zwischen eigenen Konten"}', 'asset', 'cash',
    a.created_by, now()
  from erp_ledger.account a where a.number = '1420' and a.statement_line = 'cash'
  on conflict do nothing;
insert into erp_ledger.determination (legal_entity, posting, account)
  select a.legal_entity, 'own-transfer', '1421'
  from erp_ledger.account a
  where a.number = '1421' and a.name ->> 'en' = 'Transfers between own accounts'
  on conflict do nothing;
