-- Why: guessing the password of one account must be slow from however many addresses, and on all instances together.
-- `free_at` is when all that was guessed is forgiven: each try moves it on by a fixed step, and a try that would move
-- it too far ahead of now is refused. The key is a hash of the address, whether or not anybody has it, or of a device.
CREATE TABLE password_guesses (
    guess_key BYTEA PRIMARY KEY,
    free_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX password_guesses_free ON password_guesses (free_at);
