-- Why: one index for each way the queries look; each query file names the one it uses.
CREATE INDEX scheduling_pages_owner ON scheduling_pages (user_id, id) WHERE archived_at IS NULL;
CREATE INDEX meeting_types_page ON meeting_types (scheduling_page_id, display_order, id) WHERE archived_at IS NULL;
CREATE INDEX availability_rules_user ON availability_rules (user_id, day_of_week, start_time);
CREATE INDEX scheduling_overrides_user ON scheduling_overrides (user_id, date);
CREATE INDEX scheduled_meetings_host ON scheduled_meetings (host_user_id, start_time, id);
CREATE INDEX scheduled_meetings_contact ON scheduled_meetings (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX scheduled_meetings_chain ON scheduled_meetings (chain_id, id);
CREATE INDEX scheduled_meetings_open ON scheduled_meetings (end_time) WHERE status = 'scheduled';
CREATE INDEX meeting_hosts_user ON meeting_hosts (user_id, start_time);
CREATE INDEX page_members_user ON page_members (user_id);
CREATE INDEX meeting_assignments_meeting ON meeting_assignments (meeting_id);
CREATE INDEX meeting_assignments_user ON meeting_assignments (user_id, created_at);
CREATE INDEX meeting_reminders_due ON meeting_reminders (due_at) WHERE sent_at IS NULL;
CREATE INDEX outbox_waiting ON outbox (available_at, id) WHERE status = 'waiting';
CREATE INDEX outbox_meeting ON outbox (meeting_id);
CREATE INDEX scheduling_audit_meeting ON scheduling_audit (meeting_id);
CREATE INDEX external_busy_user ON external_busy (user_id, start_time);
CREATE INDEX calendar_connections_user ON calendar_connections (user_id);
