-- Goods received at the rate of one day and charged at another's have posting keys of their own. They lead
-- where exchange gains and losses do until somebody says otherwise.
insert into erp_ledger.determination
    (legal_entity, posting, item_group, tax_code, party_group, bank_account, account)
  select legal_entity, 'grir-' || posting, item_group, tax_code, party_group, bank_account, account
  from erp_ledger.determination where posting in ('exchange-gain', 'exchange-loss')
  on conflict do nothing;
