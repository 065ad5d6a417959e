-- :hosts hosts with full calendars, for benchmarks: Monday–Friday 9–17, 30-minute meetings, buffers 15/15,
-- :busy meetings each in the coming thirty days, ten in a row, and :history more in the two years before.
-- psql -v hosts=1000 -v busy=100 -v history=0 -f seed_calendars.sql
INSERT INTO users (email, email_key, name, password_hash, role, timezone, is_active, created_at)
SELECT 'cal' || n || '@example.test', 'cal' || n || '@example.test', 'Calendar ' || n, '-', 'rep', 'UTC', true, now() FROM generate_series(1, :hosts) n;
CREATE TEMP TABLE host AS SELECT id, substr(split_part(email, '@', 1), 4)::integer AS n FROM users WHERE email LIKE 'cal%';
INSERT INTO scheduling_schedules (user_id, timezone, max_days_in_advance, minimum_notice_minutes, buffer_before_minutes, buffer_after_minutes, updated_at)
SELECT id, 'UTC', NULL, 0, 15, 15, now() FROM host;
INSERT INTO availability_rules (user_id, day_of_week, start_time, end_time) SELECT id, d, '09:00', '17:00' FROM host, generate_series(1, 5) d;
INSERT INTO scheduling_pages (user_id, slug, name, timezone, created_at, updated_at)
SELECT id, 'cal-' || n, 'Calendar ' || n, 'UTC', now(), now() FROM host;
-- The first fifty are a team with a page of their own.
INSERT INTO scheduling_pages (user_id, slug, name, timezone, assignment, created_at, updated_at)
SELECT id, 'cal-team', 'Team', 'UTC', 'round_robin', now(), now() FROM host WHERE n = 1;
INSERT INTO page_members (scheduling_page_id, user_id)
SELECT p.id, host.id FROM scheduling_pages p, host WHERE p.slug = 'cal-team' AND host.n <= 50;
INSERT INTO meeting_types (scheduling_page_id, name, slug, duration_minutes)
SELECT id, 'Call', 'call', 30 FROM scheduling_pages WHERE slug LIKE 'cal-%';
-- The half hours of working days: number, start.
CREATE TEMP TABLE ahead AS
SELECT row_number() OVER (ORDER BY t) - 1 AS k, t FROM generate_series(date_trunc('day', now()) + interval '1 day', date_trunc('day', now()) + interval '31 days', interval '30 minutes') t
 WHERE extract(isodow FROM t AT TIME ZONE 'UTC') <= 5 AND extract(hour FROM t AT TIME ZONE 'UTC') BETWEEN 9 AND 16;
CREATE TEMP TABLE past AS
SELECT row_number() OVER (ORDER BY t) - 1 AS k, t FROM generate_series(date_trunc('day', now()) - interval '730 days', date_trunc('day', now()) - interval '1 day', interval '30 minutes') t
 WHERE extract(isodow FROM t AT TIME ZONE 'UTC') <= 5 AND extract(hour FROM t AT TIME ZONE 'UTC') BETWEEN 9 AND 16;
CREATE UNIQUE INDEX ON ahead (k); CREATE UNIQUE INDEX ON past (k);
CREATE TEMP TABLE wanted AS
SELECT nextval('scheduled_meetings_id_seq') AS id, host.id AS user_id, a.t AS start_time, 'scheduled' AS status
  FROM host, generate_series(0, :busy - 1) i, LATERAL (SELECT count(*) AS all FROM ahead) size,
       LATERAL (SELECT t FROM ahead WHERE k = (i / 10 * (size.all / greatest(:busy / 10, 1)) + i % 10 + host.n) % size.all) a
UNION ALL
SELECT nextval('scheduled_meetings_id_seq'), host.id, p.t, 'completed'
  FROM host, generate_series(0, :history - 1) i, LATERAL (SELECT count(*) AS all FROM past) size,
       LATERAL (SELECT t FROM past WHERE k = (i * (size.all / greatest(:history, 1)) + host.n) % size.all) p;
INSERT INTO meeting_hosts (meeting_id, user_id, start_time, end_time, is_live)
SELECT id, user_id, start_time, start_time + interval '30 minutes', status = 'scheduled' FROM wanted;
INSERT INTO scheduled_meetings (id, meeting_type_id, host_user_id, attendee_name, attendee_email, start_time, end_time, timezone, status, created_at, updated_at, chain_id, ical_uid, buffer_before_minutes, buffer_after_minutes)
SELECT w.id, t.id, w.user_id, 'Booked', 'booked@prospect.test', w.start_time, w.start_time + interval '30 minutes', 'UTC', w.status, now(), now(), w.id, 'bench-' || w.id, 15, 15
  FROM wanted w JOIN scheduling_pages p ON p.user_id = w.user_id AND p.assignment = 'personal' JOIN meeting_types t ON t.scheduling_page_id = p.id;
ANALYZE users, scheduling_schedules, availability_rules, scheduling_pages, meeting_types, meeting_hosts, scheduled_meetings, host_versions;
