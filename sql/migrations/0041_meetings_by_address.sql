-- Why: whether an address books more than it should, or was never met before, is asked at every public booking. The key
-- is the address as addresses are compared.
ALTER TABLE scheduled_meetings ADD COLUMN attendee_key VARCHAR(320);
UPDATE scheduled_meetings SET attendee_key = lower(attendee_email);
CREATE INDEX scheduled_meetings_attendee ON scheduled_meetings (attendee_key, end_time);
