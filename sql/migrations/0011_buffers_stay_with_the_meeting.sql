-- Why: a meeting keeps the buffers it was booked with, whatever its type says later.
ALTER TABLE scheduled_meetings
  ADD COLUMN buffer_before_minutes INTEGER NOT NULL DEFAULT 0 CHECK (buffer_before_minutes >= 0),
  ADD COLUMN buffer_after_minutes INTEGER NOT NULL DEFAULT 0 CHECK (buffer_after_minutes >= 0);
