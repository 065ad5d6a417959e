-- why: what ended long ago is kept by nobody; its link is an unknown one from then on
-- index: invitations_by_end
-- returns: nothing
DELETE FROM invitations WHERE expires_at < $1
