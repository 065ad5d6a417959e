-- why: how mail stands, for administrators
-- index: outbox_waiting, outbox_dead, outbox_reminders, meeting_reminders_due
-- returns: one row: mails that wait, since when, tries that failed and the last reason; mails given up with the last
--          reason; mails held back with the last reason; bookings that wait for a review; meetings that are
--          ahead; pages that can be opened; reminders of the last day: due and not sent, sent, sent late, failed, the last reason for that
SELECT waiting.count, waiting.oldest, waiting.tried, waiting.reason,
       dead.count, dead.reason, held.count, held.reason, reviews.count,
       ahead.count, pages.count,
       unqueued.count + reminders.waiting, reminders.sent, reminders.late, reminders.failed,
       reminders.reason
  FROM (SELECT count(*) AS count, min(created_at) AS oldest, count(*) FILTER (WHERE attempts > 0) AS tried,
               (array_agg(last_error ORDER BY id DESC) FILTER (WHERE last_error IS NOT NULL))[1] AS reason
          FROM outbox WHERE status = 'waiting' AND kind = ANY ($4::varchar[])) AS waiting,
       (SELECT count(*) AS count, (array_agg(last_error ORDER BY id DESC))[1] AS reason
          FROM outbox WHERE status = 'dead' AND kind = ANY ($4::varchar[])) AS dead,
       (SELECT count(*) AS count, (array_agg(last_error ORDER BY id DESC))[1] AS reason
          FROM outbox WHERE status = 'held') AS held,
       (SELECT count(*) AS count
          FROM scheduled_meetings WHERE status = 'pending' AND held_for_review IS NOT NULL) AS reviews,
       (SELECT count(*) AS count
          FROM scheduled_meetings WHERE status IN ('scheduled', 'pending') AND start_time > $1::timestamptz) AS ahead,
       (SELECT count(*) AS count FROM scheduling_pages WHERE is_active AND archived_at IS NULL) AS pages,
       (SELECT count(*) AS count
          FROM meeting_reminders WHERE due_at <= $1::timestamptz) AS unqueued,
       (SELECT count(*) FILTER (WHERE status = 'waiting') AS waiting,
               count(*) FILTER (WHERE status = 'done') AS sent,
               count(*) FILTER (WHERE status = 'done' AND done_at > due_at + $3::integer * interval '1 minute') AS late,
               count(*) FILTER (WHERE status = 'dead') AS failed,
               (array_agg(last_error ORDER BY id DESC) FILTER (WHERE status IN ('dead', 'waiting') AND last_error IS NOT NULL))[1] AS reason
          FROM outbox WHERE kind = ANY ($4::varchar[]) AND due_at IS NOT NULL AND due_at > $2::timestamptz) AS reminders
