-- A CRM with :hosts bookable hosts, open round the clock, for benchmarks. psql -v hosts=1000 -f seed.sql
INSERT INTO users (email, email_key, name, password_hash, role, timezone, is_active, created_at)
SELECT 'bench' || n || '@example.test', 'bench' || n || '@example.test', 'Bench ' || n, '-', 'rep', 'UTC', true, now() FROM generate_series(1, :hosts) n;
INSERT INTO scheduling_schedules (user_id, timezone, max_days_in_advance, minimum_notice_minutes, updated_at)
SELECT id, 'UTC', NULL, 0, now() FROM users WHERE email LIKE 'bench%';
INSERT INTO availability_rules (user_id, day_of_week, start_time, end_time)
SELECT id, d, '00:00', '24:00' FROM users, generate_series(0, 6) d WHERE email LIKE 'bench%';
INSERT INTO scheduling_pages (user_id, slug, name, timezone, created_at, updated_at)
SELECT id, replace(split_part(email, '@', 1), 'bench', 'bench-'), name, 'UTC', now(), now() FROM users WHERE email LIKE 'bench%';
INSERT INTO meeting_types (scheduling_page_id, name, slug, duration_minutes)
SELECT id, 'Call', 'call', 15 FROM scheduling_pages WHERE slug LIKE 'bench-%';
ANALYZE users, scheduling_schedules, availability_rules, scheduling_pages, meeting_types;
