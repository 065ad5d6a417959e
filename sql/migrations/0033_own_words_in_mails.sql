-- Why: a rep may say it in their own words: subject and text of one kind of mail in one language, for a page. What is
-- not written here is said as it comes. Facts, buttons and the calendar part are never theirs to lose.
CREATE TABLE mail_templates (
    scheduling_page_id INTEGER NOT NULL REFERENCES scheduling_pages(id) ON DELETE CASCADE,
    occasion VARCHAR(20) NOT NULL,
    language VARCHAR(10) NOT NULL,
    subject VARCHAR(200) NOT NULL,
    body TEXT NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (scheduling_page_id, occasion, language)
);
