-- why: the spec's flag turns true with the first reminder that went out
-- index: scheduled_meetings_pkey
-- returns: nothing
UPDATE scheduled_meetings SET reminder_sent = true WHERE id = $1 AND NOT reminder_sent
