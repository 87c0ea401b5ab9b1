-- Lines of documents name projects: whether there is one, and whether it is open, is told to the areas below.
select erp_company.tell_projects('erp_projects.project');
