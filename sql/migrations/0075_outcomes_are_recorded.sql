-- Why: a job completes what nobody spoke about, so a status does not tell what a person saw. What somebody recorded is
-- noted with who and when, and the no-show rate counts that alone. A request is no booking until its host says yes: how
-- a pending meeting ended stays on its row, because status and times are overwritten by what happens to it later.
ALTER TABLE scheduled_meetings
    ADD COLUMN outcome VARCHAR(10)
        CONSTRAINT scheduled_meetings_outcome CHECK (outcome IN ('completed', 'no_show')),
    ADD COLUMN outcome_by_user_id INTEGER REFERENCES users(id) ON DELETE SET NULL,
    ADD COLUMN outcome_at TIMESTAMPTZ,
    ADD COLUMN request_outcome VARCHAR(10)
        CONSTRAINT scheduled_meetings_request_outcome
        CHECK (request_outcome IN ('confirmed', 'declined', 'expired', 'withdrawn', 'moved', 'unverified'));

UPDATE scheduled_meetings m
   SET outcome = m.status, outcome_by_user_id = said.user_id, outcome_at = said.created_at
  FROM (SELECT DISTINCT ON (meeting_id) meeting_id, user_id, created_at
          FROM scheduling_audit WHERE action = 'outcome' ORDER BY meeting_id, id DESC) AS said
 WHERE said.meeting_id = m.id AND m.status IN ('completed', 'no_show');
UPDATE scheduled_meetings m
   SET request_outcome = said.action
  FROM (SELECT DISTINCT ON (meeting_id) meeting_id, action
          FROM scheduling_audit WHERE action IN ('confirmed', 'declined', 'expired') ORDER BY meeting_id, id DESC) AS said
 WHERE said.meeting_id = m.id AND m.status <> 'pending';

-- A pending meeting leaves that state in one of several statements. Its attendee was not heard before they proved their
-- address, so until then it is no request.
CREATE FUNCTION request_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.request_outcome := CASE
    WHEN OLD.awaits_verification THEN CASE WHEN NEW.status = 'scheduled' THEN NULL ELSE 'unverified' END
    WHEN NEW.status IN ('scheduled', 'completed', 'no_show') THEN 'confirmed'
    WHEN NEW.status = 'rescheduled' THEN 'moved'
    WHEN NEW.cancel_reason_kind = 'host_did_not_confirm_in_time' THEN 'expired'
    WHEN NEW.cancelled_by = 'host' THEN 'declined'
    ELSE 'withdrawn' END;
  RETURN NEW;
END $$;
CREATE TRIGGER request_ended BEFORE UPDATE OF status ON scheduled_meetings
    FOR EACH ROW WHEN (OLD.status = 'pending' AND NEW.status <> 'pending') EXECUTE FUNCTION request_ended();

-- Rows are written in the order of their creation, so a summary of each range of pages is enough and costs a booking
-- nothing; what was cancelled is looked for by when.
CREATE INDEX scheduled_meetings_created ON scheduled_meetings USING brin (created_at);
CREATE INDEX scheduled_meetings_cancelled ON scheduled_meetings (cancelled_at) WHERE cancelled_at IS NOT NULL;
