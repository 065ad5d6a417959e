-- Why: a token that nobody remembers must not work for ever, and its owner must see whether it is still used.
-- NULL in `expires_at`: its owner chose that it never expires. `last_used_at` is written about once a minute.
ALTER TABLE api_tokens
    ADD COLUMN expires_at TIMESTAMPTZ,
    ADD COLUMN last_used_at TIMESTAMPTZ;
