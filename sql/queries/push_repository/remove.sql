-- why: a channel that the provider ended, or that nobody needs
-- index: calendar_push_channel_id_key
-- returns: nothing
DELETE FROM calendar_push WHERE channel_id = $1
