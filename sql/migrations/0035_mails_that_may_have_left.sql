-- Before a message is handed over this is noted and committed, and taken back when the receiver did not take it. So a
-- process that dies between the receiver's yes and its own commit leaves a trace, and what comes later knows that the
-- person may have heard of the meeting.
ALTER TABLE outbox ADD COLUMN may_have_left_at timestamptz;
