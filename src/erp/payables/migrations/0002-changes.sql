select erp_company.follow_documents('erp_payables.supplier_invoice', 'supplier-invoice', '{id}',
  'legal_entity');
select erp_company.follow_part('erp_payables.cancellation', 'supplier-invoice', '{invoice_id}');
