-- Why: that a user left the CRM was noted twice, once for each page they serve and once for their meetings. Two notes can
-- disagree. What was noted of the pages alone is kept; pages are read anew when somebody leaves or comes back.
INSERT INTO absent_hosts (user_id, left_at)
SELECT DISTINCT user_id, now() FROM page_members WHERE has_left
ON CONFLICT DO NOTHING;
ALTER TABLE page_members DROP COLUMN has_left;

CREATE FUNCTION attendance_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- In ascending order, so that two users who leave at once cannot deadlock.
  PERFORM raise_host_version(page.user_id, '{}', 1)
     FROM (SELECT DISTINCT p.user_id
             FROM page_members member JOIN scheduling_pages p ON p.id = member.scheduling_page_id
            WHERE member.user_id = CASE WHEN TG_OP = 'DELETE' THEN OLD.user_id ELSE NEW.user_id END
            ORDER BY p.user_id) AS page;
  RETURN NULL;
END $$;
CREATE TRIGGER host_changed AFTER INSERT OR DELETE ON absent_hosts FOR EACH ROW EXECUTE FUNCTION attendance_changed();
