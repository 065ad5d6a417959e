-- why: every statement that changes a meeting writes the messages that follow from it, each of them once. A statement
--      that may meet its own rows again adds ON CONFLICT; it costs a booking time, and a new meeting has none
-- takes: from, meeting, key, messages, due, now
--   from: where the next four are read: a FROM item with one row for each meeting. meeting: its id. key: what makes a
--   message unique beside meeting and recipient. messages: what messages_json() wrote. due: of reminders, else NULL
INSERT INTO outbox (kind, effect_key, meeting_id, recipient, payload, status, last_error,
                    available_at, due_at, created_at)
SELECT message.kind, concat_ws(':', {{meeting}}, {{key}}, COALESCE(md5(message.recipient), 'host')), {{meeting}},
       message.recipient, message.payload, CASE WHEN message.held IS NULL THEN 'waiting' ELSE 'held' END, message.held,
       {{now}}, {{due}}, {{now}}
  FROM {{from}},
       jsonb_to_recordset({{messages}}) AS message(kind varchar, recipient varchar, payload jsonb, held varchar)
