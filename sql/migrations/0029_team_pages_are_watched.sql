-- Why: who serves a team page is kept in memory with the page; the owner's number says when that changed, as it does
-- for the page's meeting types.
ALTER FUNCTION meeting_type_changed() RENAME TO page_part_changed;
CREATE TRIGGER host_changed AFTER INSERT OR UPDATE OR DELETE ON page_members
  FOR EACH ROW EXECUTE FUNCTION page_part_changed();
