-- What is still open is said of the invoice that left it open.
select erp_company.follow_part('erp_open_items.open_item', 'supplier-invoice', '{document_id}',
  'document_kind = ''supplier-invoice''');
