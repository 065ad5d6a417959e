-- why: the whole booking in one statement; it and the commit travel together. Under the host's lock nobody else
--      writes that host's time, so the exclusion constraint has nobody to wait for, and fails all of it at once
-- index: meeting_hosts_no_overlap
-- returns: nothing
WITH hosts AS (
  INSERT INTO meeting_hosts (meeting_id, user_id, start_time, end_time, is_live)
  SELECT $36::integer, host.user_id, $2::timestamptz, $3::timestamptz, true
    FROM unnest($1::integer[]) AS host(user_id)
), meeting AS (
  INSERT INTO scheduled_meetings (
      id, meeting_type_id, host_user_id, contact_id, attendee_name, attendee_email, start_time, end_time, timezone,
      location, notes, answers, status, created_at, updated_at, rescheduled_from_id, chain_id, ical_uid,
      ical_sequence, phone, guests, locale, utm, buffer_before_minutes, buffer_after_minutes,
      host_timezone, host_offset_minutes, attendee_offset_minutes, confirm_by,
      location_kind, location_details, join_url, attendee_key, held_for_review, awaits_verification, booked_by_user_id)
  VALUES ($36, $4::integer, ($1::integer[])[1], $5::integer, $6, $7, $2::timestamptz, $3::timestamptz, $8,
          $9, $10, $11::jsonb, $12, $13::timestamptz, $13::timestamptz, $14::integer,
          $15::integer, $16, $17::integer, $18, $19::jsonb, $20, $21::jsonb, $22::integer, $23::integer,
          $37, $38::integer, $39::integer, $40::timestamptz,
          $42, $43, $44, $45, $46::jsonb, $47::boolean, $54::integer)
), reminders AS (
  INSERT INTO meeting_reminders (meeting_id, offsets, due_at)
  SELECT $36, $41::integer[], $2::timestamptz - ($41::integer[])[1] * interval '1 minute'
   WHERE cardinality($41::integer[]) > 0
), version AS (
  INSERT INTO host_versions AS known (user_id, calendar_version, page_version, changed_by, recent, recent_of)
  SELECT host.user_id, 1, 0, pg_current_xact_id(), ARRAY[$36::bigint], 1
    FROM unnest($1::integer[]) AS host(user_id)
  ON CONFLICT (user_id) DO UPDATE SET calendar_version = known.calendar_version + 1, changed_by = excluded.changed_by,
                                      recent_of = known.calendar_version + 1,
                                      recent = CASE WHEN known.recent_of = known.calendar_version
                                                    THEN (excluded.recent || known.recent)[1:32] ELSE excluded.recent END
), token AS (
  INSERT INTO manage_tokens (chain_id, token_hash, token_sealed, expires_at, created_at)
  SELECT $15::integer, $24::bytea, $25::bytea, $26::timestamptz, $13::timestamptz
   WHERE $24::bytea IS NOT NULL
), repeated AS (
  INSERT INTO booking_keys (meeting_type_id, idempotency_key, body_hash, chain_id, created_at)
  SELECT $4::integer, $27::varchar, $28::bytea, $15::integer, $13::timestamptz
   WHERE $27::varchar IS NOT NULL
), suggested AS (
  INSERT INTO suggestions (kind, contact_id, meeting_id, field, current, proposed, created_at)
  SELECT said.kind, $5::integer, $36, said.field, said.current, said.proposed, $13::timestamptz
    FROM jsonb_to_recordset($48::jsonb) AS said(kind varchar, field varchar, current text, proposed text)
   WHERE $5::integer IS NOT NULL
  ON CONFLICT (contact_id, kind, field, md5(proposed)) WHERE status = 'open' DO NOTHING
), used AS (
  INSERT INTO public_uses (key, used_at, bookings, mails)
  SELECT hashtextextended(used.key, 0), $13::timestamptz, used.bookings, used.mails
    FROM unnest($49::text[], $50::integer[], $51::integer[]) AS used(key, bookings, mails)
), audit AS (
  {{audit_rows | from: (VALUES ($36::integer)) AS meeting(id) | meeting: meeting.id | action: $30 | actor: $31
               | user: $32::integer | request: $33 | details: $34::jsonb
               | assigned: ($1::integer[])[1] | reason: $29 | strategy: $52::varchar | considered: $53::jsonb
               | now: $13::timestamptz}}
)
{{outbox_rows | from: (VALUES ($36::integer, $17::integer)) AS meeting(id, ical_sequence) | meeting: meeting.id
              | key: meeting.ical_sequence, message.kind | messages: $35::jsonb | due: NULL | now: $13::timestamptz}}
