-- Why: a new contact looked for itself again for its address and for its first activity. Both are written by statements
-- that have just made or locked the record (records.create, records.lock, activities.add), so only its end is watched.
ALTER TABLE record_emails DROP CONSTRAINT record_emails_record_id_fkey;
ALTER TABLE activities DROP CONSTRAINT activities_record_id_fkey;

CREATE FUNCTION record_parts_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM record_emails USING gone WHERE record_emails.record_id = gone.id;
  DELETE FROM activities USING gone WHERE activities.record_id = gone.id;
  RETURN NULL;
END $$;
CREATE TRIGGER parts_go AFTER DELETE ON module_records
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION record_parts_go();
