-- Why: a job that runs on every host has one row for all of them. Where and when it failed last keeps the
-- success of another host from hiding the failure before an administrator saw it.
ALTER TABLE job_runs
    ADD COLUMN failed_on VARCHAR(200) NOT NULL DEFAULT '', -- host name and process id
    ADD COLUMN failed_wall TIMESTAMPTZ; -- by the database's own clock
