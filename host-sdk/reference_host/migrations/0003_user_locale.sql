-- Why: mails are written in the recipient's language. Empty: nobody said which, and whoever writes chooses.
ALTER TABLE users ADD COLUMN locale VARCHAR(35) NOT NULL DEFAULT ''; -- BCP 47, such as de-AT
