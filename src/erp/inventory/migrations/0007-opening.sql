-- What is there when the books begin is a document of its own kind.
alter table erp_inventory.document drop constraint document_kind_check,
  add constraint document_kind_check check (kind in ('opening', 'adjustment', 'scrap',
    'status-change', 'transfer', 'withdrawal', 'correction', 'reversal'));
