-- Why: hosts know what came of a meeting and forget to say so, which leaves the no-show rate without a base. A meeting
-- that is completed while nobody has spoken about it leaves a question: for its host, once more a day later, and then
-- never again. Which meeting is asked about is settled in the transaction that completes it, so no crash loses it;
-- meetings that were completed before are not asked about.
CREATE TABLE outcome_questions (
    meeting_id INTEGER PRIMARY KEY REFERENCES scheduled_meetings(id) ON DELETE CASCADE,
    times_asked INTEGER NOT NULL DEFAULT 0 CHECK (times_asked IN (0, 1)),
    due_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX outcome_questions_due ON outcome_questions (due_at);
