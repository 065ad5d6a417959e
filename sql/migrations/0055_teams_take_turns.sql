-- Why: who gets a team's next booking is decided by what its members were credited and paid so far (ADR 0033). The
-- entries are the ledger; what they sum up to is kept beside them, so that a booking reads one row a member however many
-- bookings there were. Whatever ends a meeting or brings it back takes its entries along.
ALTER TABLE scheduling_pages
  ADD COLUMN owner_bookings_count BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN show_hosts BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE page_members
  ADD COLUMN has_left BOOLEAN NOT NULL DEFAULT false; -- the CRM's user is not active

CREATE SEQUENCE turn_number;
CREATE TABLE turn_entries (
    chain_id INTEGER NOT NULL,           -- the booking with all its moves; meetings are never deleted
    user_id INTEGER NOT NULL,
    scheduling_page_id INTEGER NOT NULL, -- no reference: a booking must not wait for whoever edits the page
    credit DOUBLE PRECISION NOT NULL,    -- 0: took the meeting over without having been a candidate
    is_paid BOOLEAN NOT NULL,            -- the meeting is theirs
    turn_number BIGINT,                  -- of those who paid: in which order meetings were assigned
    is_standing BOOLEAN NOT NULL DEFAULT true,
    PRIMARY KEY (chain_id, user_id)
);
CREATE INDEX turn_entries_last ON turn_entries (scheduling_page_id, user_id, turn_number) WHERE is_paid AND is_standing;
CREATE TABLE turn_balances (
    scheduling_page_id INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    credits DOUBLE PRECISION NOT NULL, -- of standing entries
    meetings INTEGER NOT NULL,         -- paid for
    eligible INTEGER NOT NULL,         -- standing entries with a credit
    PRIMARY KEY (scheduling_page_id, user_id)
);

-- By page and user in ascending order, so that two transactions that change one page's balances cannot deadlock.
CREATE FUNCTION turn_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO turn_balances AS known (scheduling_page_id, user_id, credits, meetings, eligible)
  SELECT scheduling_page_id, user_id, sum(credit), count(*) FILTER (WHERE is_paid), count(*) FILTER (WHERE credit > 0)
    FROM added WHERE is_standing
   GROUP BY scheduling_page_id, user_id ORDER BY scheduling_page_id, user_id
  ON CONFLICT (scheduling_page_id, user_id) DO UPDATE
     SET credits = known.credits + excluded.credits, meetings = known.meetings + excluded.meetings,
         eligible = known.eligible + excluded.eligible;
  RETURN NULL;
END $$;
CREATE FUNCTION turn_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO turn_balances AS known (scheduling_page_id, user_id, credits, meetings, eligible)
  SELECT scheduling_page_id, user_id, -sum(credit), -count(*) FILTER (WHERE is_paid), -count(*) FILTER (WHERE credit > 0)
    FROM removed WHERE is_standing
   GROUP BY scheduling_page_id, user_id ORDER BY scheduling_page_id, user_id
  ON CONFLICT (scheduling_page_id, user_id) DO UPDATE
     SET credits = known.credits + excluded.credits, meetings = known.meetings + excluded.meetings,
         eligible = known.eligible + excluded.eligible;
  RETURN NULL;
END $$;
CREATE FUNCTION turn_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO turn_balances AS known (scheduling_page_id, user_id, credits, meetings, eligible)
  SELECT scheduling_page_id, user_id, sum(sign * credit), sum(sign * is_paid::integer),
         sum(sign * (credit > 0)::integer)
    FROM (SELECT scheduling_page_id, user_id, credit, is_paid, 1 AS sign FROM added WHERE is_standing
          UNION ALL
          SELECT scheduling_page_id, user_id, credit, is_paid, -1 FROM removed WHERE is_standing) AS change
   GROUP BY scheduling_page_id, user_id ORDER BY scheduling_page_id, user_id
  ON CONFLICT (scheduling_page_id, user_id) DO UPDATE
     SET credits = known.credits + excluded.credits, meetings = known.meetings + excluded.meetings,
         eligible = known.eligible + excluded.eligible;
  RETURN NULL;
END $$;
CREATE TRIGGER turn_added AFTER INSERT ON turn_entries
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION turn_added();
CREATE TRIGGER turn_removed AFTER DELETE ON turn_entries
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION turn_removed();
CREATE TRIGGER turn_changed AFTER UPDATE ON turn_entries
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION turn_changed();

-- A cancelled meeting and one that its attendee missed give the turn back; the old half of a move leaves it alone.
CREATE FUNCTION turn_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE turn_entries SET is_standing = NEW.status NOT IN ('cancelled', 'no_show') WHERE chain_id = NEW.chain_id;
  RETURN NULL;
END $$;
CREATE TRIGGER turn_follows AFTER UPDATE OF status ON scheduled_meetings FOR EACH ROW
  WHEN ((OLD.status::text IN ('cancelled', 'no_show')) <> (NEW.status::text IN ('cancelled', 'no_show')))
  EXECUTE FUNCTION turn_follows();

-- Who was considered for a meeting, and what became of each, stands with who got it.
ALTER TABLE scheduling_audit RENAME COLUMN assignment_skipped TO assignment_considered;
ALTER TABLE scheduling_audit ADD COLUMN assignment_strategy VARCHAR(20); -- NULL: personal
UPDATE scheduling_audit
   SET assignment_reason = CASE assignment_reason WHEN 'owner' THEN 'personal' ELSE 'rescheduled' END
 WHERE assignment_reason IN ('owner', 'kept');
