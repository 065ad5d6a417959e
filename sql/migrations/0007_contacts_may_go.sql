-- Why: deleting a contact must work even while this module is off; the meeting stays without it.
ALTER TABLE scheduled_meetings
  DROP CONSTRAINT scheduled_meetings_contact_id_fkey,
  ADD CONSTRAINT scheduled_meetings_contact_id_fkey
    FOREIGN KEY (contact_id) REFERENCES module_records(id) ON DELETE SET NULL;
