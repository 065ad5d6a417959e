-- Why: CalDAV servers know an event by its UID, which stays when its owner's program writes it under another name. A
-- chain of moves has one UID; its first meeting stands for it.
CREATE INDEX scheduled_meetings_uid ON scheduled_meetings (ical_uid) WHERE rescheduled_from_id IS NULL;
