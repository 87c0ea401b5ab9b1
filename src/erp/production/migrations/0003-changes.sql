select erp_company.follow_documents('erp_production.work_centre', 'work-centre', '{id}', 'legal_entity');
select erp_company.follow_documents('erp_production.routing', 'routing', '{id}', 'legal_entity');
select erp_company.follow_documents('erp_production.work_order', 'work-order', '{id}', 'legal_entity');
select erp_company.follow_part('erp_production.work_order_operation', 'work-order', '{order_id}');
select erp_company.follow_part('erp_production.work_order_component', 'work-order', '{order_id}');
select erp_company.follow_documents('erp_production.posting', 'production-posting', '{id}', 'legal_entity');
select erp_company.follow_documents('erp_production.downtime', 'downtime', '{id}', 'legal_entity');
