CREATE TABLE scheduling_pages (
    id SERIAL PRIMARY KEY,
    user_id INTEGER REFERENCES users(id),
    slug VARCHAR(100) UNIQUE NOT NULL,
    name VARCHAR(255) NOT NULL,
    description TEXT,
    is_active BOOLEAN DEFAULT true,
    timezone VARCHAR(50) NOT NULL,
    branding JSONB DEFAULT '{}',
    created_at TIMESTAMP DEFAULT NOW(),
    updated_at TIMESTAMP DEFAULT NOW()
);

CREATE TABLE meeting_types (
    id SERIAL PRIMARY KEY,
    scheduling_page_id INTEGER REFERENCES scheduling_pages(id) ON DELETE CASCADE,
    name VARCHAR(255) NOT NULL,
    slug VARCHAR(100) NOT NULL,
    duration_minutes INTEGER NOT NULL,
    description TEXT,
    location_type VARCHAR(50), -- 'zoom', 'google_meet', 'phone', 'in_person', 'custom'
    location_details TEXT,
    color VARCHAR(7),
    is_active BOOLEAN DEFAULT true,
    questions JSONB DEFAULT '[]',
    settings JSONB DEFAULT '{}',
    display_order INTEGER DEFAULT 0
);

CREATE TABLE availability_rules (
    id SERIAL PRIMARY KEY,
    user_id INTEGER REFERENCES users(id),
    day_of_week INTEGER, -- 0-6 (Sunday-Saturday)
    start_time TIME NOT NULL,
    end_time TIME NOT NULL,
    is_available BOOLEAN DEFAULT true
);

CREATE TABLE scheduling_overrides (
    id SERIAL PRIMARY KEY,
    user_id INTEGER REFERENCES users(id),
    date DATE NOT NULL,
    is_available BOOLEAN DEFAULT false,
    start_time TIME,
    end_time TIME,
    reason VARCHAR(255)
);

CREATE TABLE scheduled_meetings (
    id SERIAL PRIMARY KEY,
    meeting_type_id INTEGER REFERENCES meeting_types(id),
    host_user_id INTEGER REFERENCES users(id),
    contact_id INTEGER REFERENCES module_records(id),
    attendee_name VARCHAR(255) NOT NULL,
    attendee_email VARCHAR(255) NOT NULL,
    start_time TIMESTAMP NOT NULL,
    end_time TIMESTAMP NOT NULL,
    timezone VARCHAR(50) NOT NULL,
    location TEXT,
    notes TEXT,
    answers JSONB, -- answers to pre-meeting questions
    status VARCHAR(20) DEFAULT 'scheduled', -- 'scheduled', 'completed', 'cancelled', 'rescheduled'
    calendar_event_id VARCHAR(255), -- external calendar ID
    reminder_sent BOOLEAN DEFAULT false,
    created_at TIMESTAMP DEFAULT NOW(),
    updated_at TIMESTAMP DEFAULT NOW()
);

CREATE TABLE calendar_connections (
    id SERIAL PRIMARY KEY,
    user_id INTEGER REFERENCES users(id),
    provider VARCHAR(50) NOT NULL, -- 'google', 'outlook'
    access_token TEXT NOT NULL,
    refresh_token TEXT,
    token_expires_at TIMESTAMP,
    calendar_id VARCHAR(255),
    is_active BOOLEAN DEFAULT true,
    created_at TIMESTAMP DEFAULT NOW(),
    updated_at TIMESTAMP DEFAULT NOW()
);
