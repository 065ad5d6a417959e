-- Why: which reminders a meeting gets is settled when it is booked, moved or confirmed: one row for each offset whose
-- time is still to come. When it is due, it becomes one outbox row for each recipient, and those happen once each.
-- Meetings are never deleted, so nothing is checked again while booking.
ALTER TABLE meeting_reminders
  DROP COLUMN recipient, -- and with it the primary key
  DROP CONSTRAINT meeting_reminders_meeting_id_fkey,
  DROP CONSTRAINT meeting_reminders_offset_minutes_check;
ALTER TABLE meeting_reminders RENAME COLUMN sent_at TO queued_at;
ALTER TABLE meeting_reminders ADD PRIMARY KEY (meeting_id, offset_minutes);
