select erp_company.follow_documents('erp_items.item', 'item', '{id}', null);
select erp_company.follow_part('erp_items.supplier_item', 'item', '{item}');
