-- Why: a public form writes mails to people whom nobody knows. How many bookings and first mails came from a network,
-- went out for a page or to a recipient is counted here, for all instances. Rows are only added, so that bookings at
-- one moment do not wait for each other, and forgotten after 48 hours. Recipients stand here as a hash.
CREATE TABLE public_uses (
    key VARCHAR(120) NOT NULL,
    used_at TIMESTAMPTZ NOT NULL,
    bookings INTEGER NOT NULL,
    mails INTEGER NOT NULL
);
CREATE INDEX public_uses_key ON public_uses (key, used_at) INCLUDE (bookings, mails);
CREATE INDEX public_uses_age ON public_uses USING brin (used_at);

-- A first mail that a limit holds back has the status `held` and waits for somebody's decision.
CREATE INDEX outbox_held ON outbox (meeting_id, recipient) WHERE status = 'held';
