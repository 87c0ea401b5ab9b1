-- Who follows the ERP is told of entries; what a reversal takes back has changed too.
select erp_company.follow_documents('erp_ledger.journal_entry', 'journal-entry', '{id}',
  'legal_entity');
select erp_company.follow_part('erp_ledger.journal_entry', 'journal-entry', '{reverses}');
