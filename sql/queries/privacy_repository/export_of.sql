-- why: a person may read all that is held on them
-- index: scheduled_meetings_chain, outbox_effect, suggestions_meeting, meeting_consents_pkey
-- returns: one JSON document
SELECT jsonb_build_object(
  'meetings', (
    SELECT COALESCE(jsonb_agg(jsonb_build_object(
             'id', m.id, 'meeting_type', t.name, 'host_user_id', m.host_user_id, 'contact_id', m.contact_id,
             'attendee_name', m.attendee_name, 'attendee_email', m.attendee_email, 'phone', m.phone,
             'start_time', {{instant | at: m.start_time}}, 'end_time', {{instant | at: m.end_time}},
             'timezone', m.timezone, 'location', m.location, 'notes', m.notes, 'answers', m.answers,
             'guests', m.guests, 'locale', m.locale, 'utm', m.utm, 'status', m.status, 'outcome', m.outcome,
             'cancel_reason', m.cancel_reason, 'cancelled_at', {{instant | at: m.cancelled_at}},
             'rescheduled_from_id', m.rescheduled_from_id, 'mail_failures', m.mail_failures,
             'held_for_review', m.held_for_review, 'ical_uid', m.ical_uid,
             'created_at', {{instant | at: m.created_at}}, 'updated_at', {{instant | at: m.updated_at}}) ORDER BY m.id), '[]')
      FROM scheduled_meetings m JOIN meeting_types t ON t.id = m.meeting_type_id
     WHERE m.chain_id = ANY ($1::integer[])),
  'guest_of', (
    SELECT COALESCE(jsonb_agg(jsonb_build_object('id', m.id, 'start_time', {{instant | at: m.start_time}},
                                                 'status', m.status) ORDER BY m.id), '[]')
      FROM scheduled_meetings m
     WHERE EXISTS (SELECT FROM jsonb_array_elements_text(m.guests) AS guest(address) WHERE $2::jsonb ? lower(guest.address))),
  'mails', (
    SELECT COALESCE(jsonb_agg(jsonb_build_object(
             'id', o.id, 'meeting_id', o.meeting_id, 'kind', o.kind, 'recipient', o.recipient, 'status', o.status,
             'error', o.last_error, 'created_at', {{instant | at: o.created_at}}, 'done_at', {{instant | at: o.done_at}})
             ORDER BY o.id), '[]')
      FROM outbox o
     WHERE $2::jsonb ? lower(o.recipient)
        OR (o.meeting_id IN (SELECT id FROM scheduled_meetings WHERE chain_id = ANY ($1::integer[]))
            AND o.payload->>'role' = 'attendee')),
  'suggestions', (
    SELECT COALESCE(jsonb_agg(jsonb_build_object(
             'id', s.id, 'kind', s.kind, 'contact_id', s.contact_id, 'meeting_id', s.meeting_id,
             'field', split_part(s.field, '#', 1), 'current', s.current, 'proposed', s.proposed, 'status', s.status,
             'created_at', {{instant | at: s.created_at}}) ORDER BY s.id), '[]')
      FROM suggestions s
     WHERE s.meeting_id IN (SELECT id FROM scheduled_meetings WHERE chain_id = ANY ($1::integer[]))),
  'consents', (
    SELECT COALESCE(jsonb_agg(jsonb_build_object('meeting_id', c.chain_id, 'text', c.text,
                                                 'given_at', {{instant | at: c.given_at}}) ORDER BY c.chain_id), '[]')
      FROM meeting_consents c
     WHERE c.chain_id = ANY ($1::integer[])),
  'audit', (
    SELECT COALESCE(jsonb_agg(jsonb_build_object('action', a.action, 'actor', a.actor, 'user_id', a.user_id,
                                                 'meeting_id', a.meeting_id, 'details', a.details,
                                                 'created_at', {{instant | at: a.created_at}}) ORDER BY a.id), '[]')
      FROM scheduling_audit a
     WHERE a.meeting_id IN (SELECT id FROM scheduled_meetings WHERE chain_id = ANY ($1::integer[]))))::text
