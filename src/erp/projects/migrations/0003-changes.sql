select erp_company.follow_documents('erp_projects.project', 'project', '{id}', 'legal_entity');
select erp_company.follow_part('erp_projects.plan', 'project', '{project_id}');
select erp_company.follow_part('erp_projects.progress', 'project', '{project_id}');
select erp_company.follow_part('erp_projects.milestone_reached', 'project', '{project_id}');
select erp_company.follow_part('erp_projects.change_order', 'project', '{project_id}');
select erp_company.follow_documents('erp_projects.resource', 'project-resource', '{id}', 'legal_entity');
select erp_company.follow_documents('erp_projects.time_sheet', 'time-sheet', '{id}', 'legal_entity');
