-- Why: who serves a team page is kept in memory with the page; the owner's number says when that changed.
CREATE FUNCTION page_member_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_host_version(p.user_id, 0, 1)
     FROM scheduling_pages p
    WHERE p.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.scheduling_page_id ELSE NEW.scheduling_page_id END;
  RETURN NULL;
END $$;
CREATE TRIGGER host_changed AFTER INSERT OR UPDATE OR DELETE ON page_members
  FOR EACH ROW EXECUTE FUNCTION page_member_changed();
