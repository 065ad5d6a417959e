-- why: the page's own words for one kind of mail in one language
-- index: mail_templates_pkey
-- returns: subject and body, or no row
SELECT {{columns mail_templates}}
  FROM mail_templates
 WHERE scheduling_page_id = $1 AND occasion = $2 AND language = $3
