select erp_company.follow_documents('erp_receivables.customer_invoice', 'customer-invoice', '{id}',
  'legal_entity');
select erp_company.follow_part('erp_receivables.cancellation', 'customer-invoice', '{invoice_id}');
select erp_company.follow_documents('erp_receivables.customer_payment', 'customer-payment', '{id}',
  'legal_entity');
select erp_company.follow_part('erp_receivables.taken_back', 'customer-payment', '{document_id}',
  $$starts_with(document_id, 'cp_')$$);
