-- Who follows the ERP is told of orders and deliveries; what a reversal takes back has changed too.
select erp_company.follow_documents('erp_sales.sales_order', 'sales-order', '{id}', 'legal_entity');
select erp_company.follow_part('erp_sales.sales_order_line', 'sales-order', '{order_id}');
select erp_company.follow_documents('erp_sales.delivery', 'delivery', '{id}', 'legal_entity');
select erp_company.follow_part('erp_sales.delivery', 'delivery', '{reverses}');
