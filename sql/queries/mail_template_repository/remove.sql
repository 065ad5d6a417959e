-- why: back to what is said as it comes
-- index: mail_templates_pkey
-- returns: a row when there was one
DELETE FROM mail_templates
 WHERE scheduling_page_id = $1 AND occasion = $2 AND language = $3
RETURNING scheduling_page_id
