-- What settles an invoice or a credit note changes it; so does a reminder.
select erp_company.follow_part('erp_open_items.open_item', 'customer-invoice', '{document_id}',
  $$document_kind in ('customer-invoice', 'customer-credit-note')$$);
