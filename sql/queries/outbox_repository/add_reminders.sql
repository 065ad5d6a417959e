-- why: the mails of reminders that are due, one for each recipient
-- index: outbox_effect
-- returns: nothing
{{outbox_rows | from: jsonb_to_recordset($1::jsonb) AS reminder(meeting_id integer, offset_minutes integer,
                                                                due_at timestamptz, messages jsonb)
              | meeting: reminder.meeting_id | key: 'reminder', reminder.offset_minutes
              | messages: reminder.messages | due: reminder.due_at | now: $2::timestamptz}}
ON CONFLICT (meeting_id, effect_key) DO NOTHING
