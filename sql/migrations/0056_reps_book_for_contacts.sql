-- Why: a rep books for a contact; who booked and who hosts are both known. NULL: the attendee booked.
ALTER TABLE scheduled_meetings ADD COLUMN booked_by_user_id INTEGER;
