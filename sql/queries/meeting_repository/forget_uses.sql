-- why: client networks are personal: they are kept for 48 hours and no longer
-- index: public_uses_age
-- returns: nothing
DELETE FROM public_uses WHERE used_at <= $1::timestamptz
