-- Why: an admin lists everybody's meetings by time; the host's index does not help there.
CREATE INDEX scheduled_meetings_start ON scheduled_meetings (start_time, id);
