select erp_company.follow_documents('erp_inventory.warehouse', 'warehouse', '{id}', 'legal_entity');
select erp_company.follow_part('erp_inventory.location', 'warehouse', '{warehouse}');
select erp_company.follow_documents('erp_inventory.movement', 'stock-movement', '{id}', 'legal_entity');
select erp_company.follow_documents('erp_inventory.position', 'stock-position', '{item,warehouse}', null);
select erp_company.follow_documents('erp_inventory.stock_count', 'stock-count', '{id}', 'legal_entity');
select erp_company.follow_part('erp_inventory.count_line', 'stock-count', '{count}');
