-- Why: demo users have passwords that everybody knows. A database that was a demo once can never become a real CRM,
-- and a real one never a demo.
CREATE TABLE demo_mark (
    is_demo BOOLEAN PRIMARY KEY DEFAULT true CHECK (is_demo), -- so there is at most one row
    marked_at TIMESTAMPTZ NOT NULL
);
