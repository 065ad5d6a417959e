-- why: own words are written or replaced
-- index: mail_templates_pkey
-- returns: nothing
INSERT INTO mail_templates (scheduling_page_id, occasion, language, subject, body, updated_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (scheduling_page_id, occasion, language) DO UPDATE
   SET subject = excluded.subject, body = excluded.body, updated_at = excluded.updated_at
