-- Why: a host who drags an event to another calendar of their account wants it there, not where meetings are written to.
-- A later change of the meeting must not take it back, which would tell the attendee that it was cancelled and made anew.
-- A calendar that holds such an event is read, whether it blocks or not.
ALTER TABLE meeting_calendar_events ADD COLUMN is_placed BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX meeting_calendar_events_placed ON meeting_calendar_events (calendar_connection_id, provider_calendar_id)
    WHERE is_placed AND is_live;
