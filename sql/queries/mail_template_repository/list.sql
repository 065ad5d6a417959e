-- why: all the words a page has of its own
-- index: mail_templates_pkey
-- returns: by occasion and language; there are few
SELECT {{columns mail_templates}}
  FROM mail_templates
 WHERE scheduling_page_id = $1
 ORDER BY occasion, language
