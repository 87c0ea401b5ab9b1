select erp_company.follow_documents('erp_purchasing.purchase_order', 'purchase-order', '{id}',
  'legal_entity');
select erp_company.follow_part('erp_purchasing.purchase_order_line', 'purchase-order', '{order_id}');
select erp_company.follow_documents('erp_purchasing.goods_receipt', 'goods-receipt', '{id}',
  'legal_entity');
select erp_company.follow_part('erp_purchasing.goods_receipt', 'goods-receipt', '{reverses}');
