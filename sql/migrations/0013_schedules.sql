-- Why: the zone in which a user's hours are meant, their week, limits over all types and defaults that
-- types inherit. A missing row means: the user's zone in the CRM and the defaults below.
CREATE TABLE scheduling_schedules (
    user_id INTEGER PRIMARY KEY REFERENCES users(id),
    timezone VARCHAR(50) NOT NULL,
    week_start INTEGER NOT NULL DEFAULT 1 CHECK (week_start BETWEEN 0 AND 6),
    daily_limit INTEGER CHECK (daily_limit > 0),
    weekly_limit INTEGER CHECK (weekly_limit > 0),
    buffer_before_minutes INTEGER NOT NULL DEFAULT 0,
    buffer_after_minutes INTEGER NOT NULL DEFAULT 0,
    minimum_notice_minutes INTEGER NOT NULL DEFAULT 240,
    max_days_in_advance INTEGER DEFAULT 30,
    updated_at TIMESTAMPTZ NOT NULL
);
