-- Why: a place was stored as an English sentence and recognised again by comparing sentences, and so was the reason of
-- an expired meeting. Both are data now; `location` and `cancel_reason` keep their English text for programs outside.
CREATE DOMAIN location_kind AS VARCHAR(20)
  CONSTRAINT scheduled_meetings_location_kind
  CHECK (VALUE IN ('zoom', 'google_meet', 'teams', 'phone', 'in_person', 'custom'));
CREATE DOMAIN cancel_reason_kind AS VARCHAR(40)
  CONSTRAINT scheduled_meetings_cancel_reason_kind CHECK (VALUE IN ('written', 'host_did_not_confirm_in_time'));
ALTER TABLE scheduled_meetings
  ADD COLUMN location_kind location_kind,
  ADD COLUMN location_details TEXT,
  ADD COLUMN join_url TEXT,
  ADD COLUMN cancel_reason_kind cancel_reason_kind;

-- A text that the type still has is the host's own. A sentence that only this module wrote gives the kind. A link stays
-- a link to the type's video call, as mails showed it. Everything else is kept as a place that only its text names.
UPDATE scheduled_meetings AS meeting
   SET location_kind = known.kind,
       location_details = CASE WHEN known.is_sentence THEN NULL ELSE meeting.location END
  FROM (SELECT m.id,
               CASE WHEN m.location = t.location_details THEN COALESCE(t.location_type, 'custom')
                    WHEN sentence.kind IS NOT NULL THEN sentence.kind
                    WHEN t.location_type IN ('zoom', 'google_meet', 'teams') AND starts_with(m.location, 'https://')
                      THEN t.location_type
                    ELSE 'custom'
                END AS kind,
               m.location IS DISTINCT FROM t.location_details AND sentence.kind IS NOT NULL AS is_sentence
          FROM scheduled_meetings m
          JOIN meeting_types t ON t.id = m.meeting_type_id
          LEFT JOIN LATERAL (VALUES ('zoom', 'Zoom meeting'), ('google_meet', 'Google Meet'),
                                    ('teams', 'Microsoft Teams'), ('in_person', 'In person'),
                                    ('phone', concat_ws(': ', 'Phone call', m.phone))) AS sentence (kind, text)
            ON sentence.text = m.location
         WHERE m.location <> '') AS known
 WHERE known.id = meeting.id;

UPDATE scheduled_meetings
   SET cancel_reason_kind = CASE WHEN cancelled_by = 'system' AND cancel_reason = 'The host did not confirm in time.'
                                 THEN 'host_did_not_confirm_in_time' ELSE 'written' END
 WHERE cancelled_at IS NOT NULL AND cancel_reason IS NOT NULL;
