"""The shape of the database, append-only: a migration that has been released is never edited.

Lasting and transient data are kept apart. Columns named `payload` are transient: sealed, and NULL once the row is finished.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Migration:
    version: int
    why: str
    statements: tuple[str, ...]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        1,
        "the path of a message: nothing is acknowledged that is not stored, nothing is said twice",
        (
            """CREATE TABLE inbox (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                channel TEXT NOT NULL,
                external_id TEXT NOT NULL,
                conversation TEXT,          -- NULL once finished: no log of who wrote when
                payload BLOB,
                state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'parked')),
                tries INTEGER NOT NULL DEFAULT 0,
                error TEXT,
                received_at TEXT NOT NULL,
                finished_at TEXT,
                UNIQUE (channel, external_id)
            ) STRICT""",
            "CREATE INDEX inbox_waiting ON inbox (channel, conversation, id) WHERE state = 'waiting'",
            "CREATE INDEX inbox_finished ON inbox (finished_at) WHERE state <> 'waiting'",
            """CREATE TABLE outbox (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                cause TEXT NOT NULL,        -- 'inbox:12': with position, what makes a send happen once
                position INTEGER NOT NULL,
                channel TEXT NOT NULL,
                conversation TEXT,          -- NULL once a reply is finished
                priority INTEGER NOT NULL,  -- 0 replies, 1 bulk
                payload BLOB,
                state TEXT NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'sending', 'sent', 'parked', 'undeliverable')),
                tries INTEGER NOT NULL DEFAULT 0,
                doubts INTEGER NOT NULL DEFAULT 0,  -- times that it was sent again and may have arrived before
                error TEXT,
                due_at TEXT NOT NULL,
                external_id TEXT,
                created_at TEXT NOT NULL,
                finished_at TEXT,
                UNIQUE (cause, position)
            ) STRICT""",
            """CREATE INDEX outbox_due ON outbox (channel, priority, id)
                WHERE state = 'waiting'""",
            """CREATE INDEX outbox_order ON outbox (channel, conversation, priority, id)
                WHERE state IN ('waiting', 'sending')""",
            "CREATE INDEX outbox_finished ON outbox (finished_at) WHERE state NOT IN ('waiting', 'sending')",
            "CREATE INDEX outbox_doubts ON outbox (id) WHERE doubts > 0",
            """CREATE TABLE shown_choices (  -- what "2" means, on networks without buttons
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL,
                payload BLOB NOT NULL,
                shown_at TEXT NOT NULL,
                PRIMARY KEY (channel, conversation)
            ) STRICT""",
            """CREATE TABLE web_mail (  -- replies that a browser has not yet confirmed
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                send_key TEXT NOT NULL UNIQUE,  -- the outbox row: delivering it again changes nothing
                visitor TEXT NOT NULL,
                payload BLOB NOT NULL,
                created_at TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX web_mail_visitor ON web_mail (visitor, sequence)",
        ),
    ),
    Migration(
        2,
        "who has been told that this is an automatic service, and what the department has set",
        (
            """CREATE TABLE people (
                channel TEXT NOT NULL,
                person TEXT NOT NULL,       -- the channel's own name for the person
                first_seen_on TEXT NOT NULL,
                PRIMARY KEY (channel, person)
            ) STRICT, WITHOUT ROWID""",  # no order of arrival to lay beside the question log
            """CREATE TABLE department_settings (
                name TEXT PRIMARY KEY,
                value TEXT NOT NULL,
                changed_at TEXT NOT NULL
            ) STRICT""",
            """CREATE TABLE schedules (
                name TEXT PRIMARY KEY,
                next_run_at TEXT NOT NULL,
                last_run_at TEXT
            ) STRICT""",
        ),
    ),
    Migration(
        3,
        "knowledge: documents, and the entries that cite them",
        (
            """CREATE TABLE documents (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                number TEXT,                -- '57-NQ/TW'; NULL where nobody knows it
                kind TEXT NOT NULL,         -- 'Nghị quyết', 'Chỉ thị' …
                title TEXT NOT NULL,
                issuer TEXT NOT NULL,
                level TEXT NOT NULL CHECK (level IN ('Trung ương', 'tỉnh', 'xã')),
                issued_on TEXT,             -- 'YYYY-MM-DD'
                summary TEXT NOT NULL DEFAULT '',
                address TEXT,
                topics TEXT NOT NULL DEFAULT '',    -- separated by '; '
                status TEXT NOT NULL CHECK (status IN ('draft', 'in force', 'expired')),
                superseded_by INTEGER REFERENCES documents (key),
                sample INTEGER NOT NULL DEFAULT 0,  -- starter knowledge that nobody has approved yet
                changed_at TEXT NOT NULL
            ) STRICT""",
            # Numbers start again each term: a document is number + date + issuer.
            """CREATE UNIQUE INDEX documents_identity
                ON documents (coalesce(number, title), coalesce(issued_on, ''), issuer)""",
            """CREATE TABLE document_files (
                document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
                name TEXT NOT NULL,
                media_type TEXT NOT NULL,
                content BLOB NOT NULL
            ) STRICT""",
            """CREATE TABLE entries (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                id TEXT NOT NULL UNIQUE,
                question TEXT NOT NULL,
                answer TEXT NOT NULL,
                detail TEXT NOT NULL DEFAULT '',
                document INTEGER REFERENCES documents (key),
                cites TEXT NOT NULL DEFAULT '',     -- the document as staff wrote it, also while it is unknown here
                article TEXT NOT NULL DEFAULT '',
                source TEXT NOT NULL DEFAULT '',    -- free words, where no document is named
                topic TEXT NOT NULL DEFAULT '',
                status TEXT NOT NULL CHECK (status IN ('draft', 'sample', 'published', 'archived')),
                review_by TEXT,
                version INTEGER NOT NULL DEFAULT 1,
                changed_at TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX entries_document ON entries (document)",
            """CREATE TABLE phrasings (
                entry INTEGER NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                text TEXT NOT NULL,
                PRIMARY KEY (entry, position)
            ) STRICT""",
            """CREATE TABLE entry_versions (  -- what an entry said before each change
                entry INTEGER NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
                version INTEGER NOT NULL,
                snapshot TEXT NOT NULL,     -- JSON in the form of an export
                changed_at TEXT NOT NULL,
                PRIMARY KEY (entry, version)
            ) STRICT""",
            """CREATE TABLE revisions (  -- counts changes, so that a running serve sees what a command published
                subject TEXT PRIMARY KEY,
                number INTEGER NOT NULL
            ) STRICT""",
            "INSERT INTO revisions (subject, number) VALUES ('knowledge', 0), ('settings', 0)",
        ),
    ),
    Migration(
        4,
        "what people ask, without who asked: no sender, times to the hour, text masked",
        (
            """CREATE TABLE question_log (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                asked_in TEXT NOT NULL,     -- the hour
                channel TEXT NOT NULL,
                text TEXT NOT NULL,         -- masked
                outcome TEXT NOT NULL CHECK (outcome IN ('answer', 'suggest', 'none', 'document')),
                entry INTEGER REFERENCES entries (key) ON DELETE SET NULL,
                score REAL NOT NULL
            ) STRICT""",
            "CREATE INDEX question_log_hour ON question_log (asked_in)",
            """CREATE TABLE askings (  -- how many people asked the same thing, each counted once a day
                question TEXT NOT NULL,     -- folded and masked
                day TEXT NOT NULL,
                people INTEGER NOT NULL,
                PRIMARY KEY (question, day)
            ) STRICT""",
            """CREATE TABLE askings_today (  -- keyed hashes; the key is thrown away at the end of the day
                hash BLOB PRIMARY KEY,
                day TEXT NOT NULL
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE feedback (
                answer TEXT PRIMARY KEY,    -- random name of one shown answer: one verdict each
                entry INTEGER NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
                verdict TEXT NOT NULL CHECK (verdict IN ('up', 'down')),
                reason TEXT NOT NULL DEFAULT '' CHECK (reason IN ('', 'wrong', 'unclear', 'outdated', 'other question')),
                given_on TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX feedback_entry ON feedback (entry)",
        ),
    ),
    Migration(
        5,
        "what a channel remembers (token pairs, quotas): sealed, and in no backup",
        (
            """CREATE TABLE channel_memory (
                channel TEXT NOT NULL,
                name TEXT NOT NULL,
                payload BLOB NOT NULL,
                changed_at TEXT NOT NULL,
                PRIMARY KEY (channel, name)
            ) STRICT""",
        ),
    ),
    Migration(
        6,
        "administrators, and one person on two networks",
        (
            """CREATE TABLE staff (      -- who may do more than ask
                channel TEXT NOT NULL,
                person TEXT NOT NULL,
                role TEXT NOT NULL CHECK (role IN ('administrator')),
                since TEXT NOT NULL,
                PRIMARY KEY (channel, person)
            ) STRICT""",
            """CREATE TABLE codes (      -- short-lived codes that somebody sends to the bot: only their keyed hash is kept
                hash BLOB PRIMARY KEY,
                purpose TEXT NOT NULL CHECK (purpose IN ('claim', 'link')),
                channel TEXT NOT NULL DEFAULT '',   -- 'link': who asked for it
                person TEXT NOT NULL DEFAULT '',
                expires_at TEXT NOT NULL
            ) STRICT""",
            """CREATE TABLE links (      -- the same person on two networks share a random identity
                channel TEXT NOT NULL,
                person TEXT NOT NULL,
                identity TEXT NOT NULL,
                PRIMARY KEY (channel, person)
            ) STRICT""",
            "CREATE INDEX links_identity ON links (identity)",
        ),
    ),
    Migration(
        7,
        "when somebody last wrote to an Official Account, to the hour: later than that Zalo refuses messages, or charges",
        (
            """CREATE TABLE last_interactions (
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL,
                hour TEXT NOT NULL,
                PRIMARY KEY (channel, conversation)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        8,
        "proposals: nothing that somebody proposes answers people before another one has accepted it",
        (
            """CREATE TABLE proposals (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                kind TEXT NOT NULL CHECK (kind IN ('entry', 'phrasing')),
                entry INTEGER NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
                text TEXT NOT NULL,         -- masked
                same TEXT NOT NULL,         -- the one form of all its spellings
                author INTEGER,             -- a member of staff; NULL: wordings that people used, without who
                source TEXT NOT NULL CHECK (source IN ('inquiry', 'member', 'picked')),
                times INTEGER NOT NULL DEFAULT 1,
                state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'rejected')),
                decided_by INTEGER,
                proposed_in TEXT NOT NULL,  -- the hour
                decided_in TEXT
            ) STRICT""",
            "CREATE INDEX proposals_waiting ON proposals (times) WHERE state = 'waiting'",
            "CREATE INDEX proposals_entry ON proposals (entry, same)",
        ),
    ),
    Migration(
        9,
        "several roles, members who have left, and what members did: never changed, never deleted",
        (
            # SQLite cannot change a CHECK: the tables are built anew, with their rows.
            """CREATE TABLE staff_anew (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                channel TEXT,               -- NULL once they have left: the audit log needs the name, not the address
                person TEXT,
                name TEXT NOT NULL,
                role TEXT CHECK (role IN ('collaborator', 'editor', 'approver', 'administrator')),
                                            -- NULL: only what ADMINS in the settings gives
                since TEXT NOT NULL,
                left_on TEXT,
                CHECK ((channel IS NULL) = (person IS NULL) AND (channel IS NULL) = (left_on IS NOT NULL))
            ) STRICT""",
            """INSERT INTO staff_anew (channel, person, name, role, since)
                SELECT channel, person, 'Quản trị viên', role, since FROM staff ORDER BY since""",
            "DROP TABLE staff",
            "ALTER TABLE staff_anew RENAME TO staff",
            "CREATE UNIQUE INDEX staff_account ON staff (channel, person)",
            """CREATE TABLE codes_anew (
                hash BLOB PRIMARY KEY,
                purpose TEXT NOT NULL CHECK (purpose IN ('claim', 'link', 'role')),
                channel TEXT NOT NULL DEFAULT '',   -- 'link': who asked for it
                person TEXT NOT NULL DEFAULT '',    -- 'role': the invitation
                expires_at TEXT NOT NULL
            ) STRICT""",
            "INSERT INTO codes_anew SELECT hash, purpose, channel, person, expires_at FROM codes",
            "DROP TABLE codes",
            "ALTER TABLE codes_anew RENAME TO codes",
            """CREATE TABLE audit (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                at TEXT NOT NULL,
                actor INTEGER REFERENCES staff (key),   -- NULL: the command line, or the service itself
                act TEXT NOT NULL,          -- 'role.given'
                subject TEXT NOT NULL       -- 'member:5 editor': what it was done to, never what somebody wrote
            ) STRICT""",
            """CREATE TRIGGER audit_stays BEFORE DELETE ON audit
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
            """CREATE TRIGGER audit_stands BEFORE UPDATE ON audit
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
        ),
    ),
    Migration(
        10,
        "superseded documents of whose entries staff are told, and entries that staff have suspended for them",
        (
            """CREATE TABLE supersedings (  -- in effect, with entries to review: staff are told once
                document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
                since TEXT NOT NULL,
                told_at TEXT
            ) STRICT""",
            """CREATE TABLE suspensions (   -- archived for now: the way back
                entry INTEGER PRIMARY KEY REFERENCES entries (key) ON DELETE CASCADE,
                document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
                status TEXT NOT NULL CHECK (status IN ('sample', 'published')),  -- what it returns to
                suspended_at TEXT NOT NULL
            ) STRICT""",
        ),
    ),
    Migration(
        11,
        "sends that a platform's rules keep from somebody are held until that person writes: a CHECK changes by a new table",
        (
            """CREATE TABLE outbox_next (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                cause TEXT NOT NULL,        -- 'inbox:12': with position, what makes a send happen once
                position INTEGER NOT NULL,
                channel TEXT NOT NULL,
                conversation TEXT,          -- NULL once a reply is finished
                priority INTEGER NOT NULL,  -- 0 replies, 1 bulk
                payload BLOB,
                state TEXT NOT NULL DEFAULT 'waiting'
                    CHECK (state IN ('waiting', 'sending', 'sent', 'held', 'parked', 'undeliverable')),
                offered INTEGER NOT NULL DEFAULT 0,   -- while held: whether its reader has been told
                released INTEGER NOT NULL DEFAULT 0,  -- whether it has been held before
                tries INTEGER NOT NULL DEFAULT 0,
                doubts INTEGER NOT NULL DEFAULT 0,  -- times that it was sent again and may have arrived before
                error TEXT,
                due_at TEXT NOT NULL,
                external_id TEXT,
                created_at TEXT NOT NULL,
                finished_at TEXT,
                UNIQUE (cause, position)
            ) STRICT""",
            """INSERT INTO outbox_next (id, cause, position, channel, conversation, priority, payload, state, tries, doubts,
                    error, due_at, external_id, created_at, finished_at)
                SELECT id, cause, position, channel, conversation, priority, payload, state, tries, doubts,
                    error, due_at, external_id, created_at, finished_at FROM outbox""",
            # The numbering goes on: a number that is used again would be an old key to a network that knows keys.
            "DELETE FROM sqlite_sequence WHERE name = 'outbox_next'",
            "UPDATE sqlite_sequence SET name = 'outbox_next' WHERE name = 'outbox'",
            "DROP TABLE outbox",
            "ALTER TABLE outbox_next RENAME TO outbox",
            "CREATE INDEX outbox_due ON outbox (channel, priority, id) WHERE state = 'waiting'",
            """CREATE INDEX outbox_order ON outbox (channel, conversation, priority, id)
                WHERE state IN ('waiting', 'sending')""",
            "CREATE INDEX outbox_held ON outbox (channel, conversation) WHERE state = 'held'",
            "CREATE INDEX outbox_finished ON outbox (finished_at) WHERE state NOT IN ('waiting', 'sending')",
            "CREATE INDEX outbox_doubts ON outbox (id) WHERE doubts > 0",
        ),
    ),
    Migration(
        12,
        "invitations: the role that a code gives, and to whom",
        (
            """CREATE TABLE invitations (
                key INTEGER PRIMARY KEY AUTOINCREMENT,  -- its code names it, in `codes`
                role TEXT NOT NULL CHECK (role IN ('collaborator', 'editor', 'approver', 'administrator')),
                name TEXT NOT NULL,         -- of whom it is for; gone when it is used, withdrawn or expired
                made_by INTEGER REFERENCES staff (key),     -- NULL: the command line
                expires_at TEXT NOT NULL
            ) STRICT""",
        ),
    ),
    Migration(
        13,
        "how often documents are looked at and entries used: by the day, never by person",
        (
            """CREATE TABLE document_usage (
                document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
                day TEXT NOT NULL,
                views INTEGER NOT NULL,
                downloads INTEGER NOT NULL,
                PRIMARY KEY (document, day)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE entry_usage (
                entry INTEGER NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
                day TEXT NOT NULL,
                times INTEGER NOT NULL,     -- shown as an answer
                PRIMARY KEY (entry, day)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        14,
        "the department's own short forms and synonyms, over those that come with the program",
        (
            """CREATE TABLE words (
                written TEXT NOT NULL,      -- as people type it: lower case, one space between words
                place TEXT NOT NULL CHECK (place IN ('anywhere', 'before number', 'at end', 'with accents')),
                means TEXT NOT NULL,
                active INTEGER NOT NULL CHECK (active IN (0, 1)),   -- 0: switches a shipped one off
                changed_at TEXT NOT NULL,
                PRIMARY KEY (written, place)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        15,
        "what a private conversation was about a moment ago, so that a follow-up is understood",
        (
            """CREATE TABLE recent (     -- good for ten minutes; in no backup
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL,
                name TEXT NOT NULL,     -- 'document'
                payload BLOB NOT NULL,
                remembered_at TEXT NOT NULL,
                PRIMARY KEY (channel, conversation, name)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        16,
        "where the department works: a tree of units that are renamed and merged, and never deleted",
        (
            """CREATE TABLE units (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL,
                kind TEXT NOT NULL,         -- 'xã', 'tổ dân phố' …
                parent INTEGER REFERENCES units (key),
                code TEXT UNIQUE,           -- the department's own, or the state's
                merged INTEGER NOT NULL DEFAULT 0,  -- it has become part of its parent: counted there, not chosen
                changed_at TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX units_parent ON units (parent)",
            """CREATE TABLE unit_former_names (
                unit INTEGER NOT NULL REFERENCES units (key),
                name TEXT NOT NULL,
                until TEXT NOT NULL,
                PRIMARY KEY (unit, name)
            ) STRICT""",
            "ALTER TABLE staff ADD COLUMN unit INTEGER REFERENCES units (key)",
            "ALTER TABLE invitations ADD COLUMN unit INTEGER REFERENCES units (key)",
        ),
    ),
    Migration(
        17,
        "what many people ask about just now: people by the hour, without who",
        (
            """CREATE TABLE topic_askings (
                topic TEXT NOT NULL,
                hour TEXT NOT NULL,
                people INTEGER NOT NULL,    -- each once a day
                PRIMARY KEY (topic, hour)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX topic_askings_hour ON topic_askings (hour)",
            """CREATE TABLE unanswered_askings (
                same TEXT NOT NULL,         -- the one form of all its spellings
                hour TEXT NOT NULL,
                text TEXT NOT NULL,         -- masked, as the first of them typed it
                people INTEGER NOT NULL,    -- whose first question of the day without an answer it was
                PRIMARY KEY (same, hour)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX unanswered_askings_hour ON unanswered_askings (hour)",
            """CREATE TABLE rising_told (   -- what staff have been alerted to: once a day
                subject TEXT NOT NULL,      -- 'topic:Giáo dục', 'question:' and its one form
                day TEXT NOT NULL,
                PRIMARY KEY (subject, day)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        18,
        "questions that people send to an officer; who asked, apart from them and for a while",
        (
            """CREATE TABLE drafts (     -- what somebody has written here and not sent on yet
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL,
                name TEXT NOT NULL,
                payload BLOB NOT NULL,
                kept_at TEXT NOT NULL,
                PRIMARY KEY (channel, conversation, name)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE inquiry_groups (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                state TEXT NOT NULL DEFAULT 'open'
                    CHECK (state IN ('open', 'answered', 'out of scope', 'refused')),
                taken_by INTEGER REFERENCES staff (key),
                answer TEXT NOT NULL DEFAULT '',
                entry INTEGER REFERENCES entries (key) ON DELETE SET NULL,
                announced INTEGER NOT NULL DEFAULT 0,   -- whether those on duty have been told
                opened_in TEXT NOT NULL,    -- the hour
                closed_by INTEGER REFERENCES staff (key),
                closed_at TEXT
            ) STRICT""",
            "CREATE INDEX inquiry_groups_open ON inquiry_groups (key) WHERE state = 'open'",
            """CREATE TABLE inquiries (
                number INTEGER PRIMARY KEY AUTOINCREMENT,   -- "#12"
                group_key INTEGER NOT NULL REFERENCES inquiry_groups (key),
                text TEXT NOT NULL,         -- masked
                same TEXT NOT NULL,         -- the one form of all its spellings
                channel TEXT NOT NULL,
                asked_in TEXT NOT NULL      -- the hour
            ) STRICT""",
            "CREATE INDEX inquiries_group ON inquiries (group_key)",
            """CREATE TABLE inquiry_askers (     -- deleted with the answer, or after 30 days
                inquiry INTEGER PRIMARY KEY REFERENCES inquiries (number) ON DELETE CASCADE,
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL,
                since TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX inquiry_askers_person ON inquiry_askers (channel, conversation)",
        ),
    ),
    Migration(
        19,
        "talks that propagandists have held: counted for their unit, with the member who answers for the number",
        (
            """CREATE TABLE talks (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL UNIQUE,  -- random: what its buttons refer to
                author INTEGER NOT NULL REFERENCES staff (key),
                state TEXT NOT NULL CHECK (state IN ('draft', 'counted')),
                held_on TEXT,
                listeners INTEGER,
                unit INTEGER REFERENCES units (key),
                place TEXT NOT NULL,        -- masked, like the content
                content TEXT,               -- NULL: not asked yet
                recorded_at TEXT NOT NULL,
                CHECK (state = 'draft' OR (held_on IS NOT NULL AND listeners IS NOT NULL AND content IS NOT NULL))
            ) STRICT""",
            "CREATE INDEX talks_day ON talks (held_on)",
            """CREATE TABLE talk_documents (
                talk INTEGER NOT NULL REFERENCES talks (key) ON DELETE CASCADE,
                document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
                PRIMARY KEY (talk, document)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        20,
        "staff learn from people: 👎 that they have been told of, and wordings whose suggestion was picked",
        (
            "ALTER TABLE feedback ADD COLUMN told INTEGER NOT NULL DEFAULT 0",
            "UPDATE feedback SET told = 1",  # what is old is no news
            "CREATE INDEX feedback_untold ON feedback (entry) WHERE verdict = 'down' AND told = 0",
            """CREATE TABLE picks (        -- what people had typed when they picked the suggestion of an entry
                entry INTEGER NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
                same TEXT NOT NULL,         -- the one form of all its spellings
                text TEXT NOT NULL,         -- masked
                people INTEGER NOT NULL,    -- each once a day
                last_on TEXT NOT NULL,
                PRIMARY KEY (entry, same)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        21,
        "answers to inquiries that come by a file: the command writes them down, the service sends them",
        ("ALTER TABLE inquiry_groups ADD COLUMN ready TEXT NOT NULL DEFAULT ''",),
    ),
    Migration(
        22,
        "which inquiry may ask the same as another: staff look, since only what is certain is put together",
        ("ALTER TABLE inquiry_groups ADD COLUMN near INTEGER",),
    ),
    Migration(
        23,
        "groups and the people who have asked for digests: what is sent where, nothing of who is in a group",
        (
            """CREATE TABLE groups (        -- ends when we are removed; of its members only how many
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL, -- without the topic of a forum
                title TEXT NOT NULL DEFAULT '',     -- masked; '' where the platform does not tell
                state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'on', 'off')),
                                            -- 'new': nobody has set it up; 'off': staff have taken it out
                unit INTEGER REFERENCES units (key),
                topics TEXT NOT NULL DEFAULT '[]',  -- JSON; empty: every topic
                quiet TEXT,                 -- '21:00-06:30'; NULL: as the department
                thread TEXT NOT NULL DEFAULT '',    -- the topic of a forum that digests go to; '': General
                answers INTEGER NOT NULL DEFAULT 0, -- whether it may answer unasked, when sure
                can_read INTEGER NOT NULL DEFAULT 0,        -- as the platform told last
                members INTEGER,                            -- as the platform told last
                forbidden_since TEXT,       -- we are in it and may not write
                since TEXT NOT NULL,
                UNIQUE (channel, conversation)
            ) STRICT""",
            """CREATE TABLE subscriptions ( -- one for a person: the account where they asked last
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL,
                topics TEXT NOT NULL DEFAULT '[]',  -- JSON; empty: every topic
                levels TEXT NOT NULL DEFAULT '[]',  -- JSON; empty: every level
                quiet TEXT,
                since TEXT NOT NULL,
                PRIMARY KEY (channel, conversation)
            ) STRICT, WITHOUT ROWID""",
            # SQLite cannot change a CHECK: the table is built anew, with its rows.
            """CREATE TABLE codes_with_groups (
                hash BLOB PRIMARY KEY,
                purpose TEXT NOT NULL CHECK (purpose IN ('claim', 'link', 'role', 'group')),
                channel TEXT NOT NULL DEFAULT '',   -- 'link': who asked for it
                person TEXT NOT NULL DEFAULT '',    -- 'role': the invitation; 'group': the unit and a random name
                expires_at TEXT NOT NULL
            ) STRICT""",
            "INSERT INTO codes_with_groups SELECT hash, purpose, channel, person, expires_at FROM codes",
            "DROP TABLE codes",
            "ALTER TABLE codes_with_groups RENAME TO codes",
        ),
    ),
    Migration(
        24,
        "opinion surveys: definitions, ballots that nobody can lay beside a person, and what has been counted",
        (
            """CREATE TABLE surveys (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL,
                purpose TEXT NOT NULL,
                begins_on TEXT NOT NULL,
                ends_on TEXT NOT NULL,
                follow_up TEXT NOT NULL DEFAULT '',     -- what was done about the result
                changed_at TEXT NOT NULL
            ) STRICT""",
            """CREATE TABLE survey_units (
                survey INTEGER NOT NULL REFERENCES surveys (key) ON DELETE CASCADE,
                unit INTEGER NOT NULL REFERENCES units (key),
                PRIMARY KEY (survey, unit)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE polls (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                survey INTEGER NOT NULL REFERENCES surveys (key),
                code TEXT NOT NULL UNIQUE,
                version INTEGER NOT NULL,
                previous INTEGER UNIQUE REFERENCES polls (key),
                definition TEXT NOT NULL,   -- JSON: never changed once the poll has been open
                state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'approved', 'open', 'paused', 'closed')),
                why_closed TEXT NOT NULL DEFAULT ''
                    CHECK (why_closed IN ('', 'time', 'staff', 'changed', 'restored', 'keys lost')),
                opens_at TEXT,
                closes_at TEXT NOT NULL,
                window INTEGER NOT NULL DEFAULT 1,  -- which key ballots are sealed under now
                made_by INTEGER REFERENCES staff (key),
                changed_at TEXT NOT NULL
            ) STRICT""",
            "CREATE INDEX polls_survey ON polls (survey)",
            # No rowid, no time, no number that grows: neither table has an order to lay beside the other.
            """CREATE TABLE ballot_tokens (     -- who has answered, as a keyed hash; gone with its key at the close
                poll INTEGER NOT NULL REFERENCES polls (key),
                token BLOB NOT NULL,
                PRIMARY KEY (poll, token)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE ballot_box (        -- sent and not yet counted
                poll INTEGER NOT NULL REFERENCES polls (key),
                name BLOB NOT NULL,         -- random
                window INTEGER NOT NULL,
                payload BLOB NOT NULL,
                PRIMARY KEY (poll, name)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE ballot_drafts (     -- begun and not sent; gone with its sending, after a day, at the close
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL,
                poll INTEGER NOT NULL REFERENCES polls (key),
                payload BLOB NOT NULL,
                begun_at TEXT NOT NULL,
                reminded INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (channel, conversation, poll)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE poll_counters (
                poll INTEGER NOT NULL REFERENCES polls (key),
                source TEXT NOT NULL CHECK (source IN ('chat', 'web')),
                question INTEGER NOT NULL,          -- from 1; 0: ballots
                option INTEGER NOT NULL,            -- from 1; 0: how many answered the question
                crossing INTEGER NOT NULL,          -- the question by which it is looked at; 0: all together
                crossing_option INTEGER NOT NULL,   -- 0: did not say
                times INTEGER NOT NULL,
                PRIMARY KEY (poll, source, question, option, crossing, crossing_option)
            ) STRICT, WITHOUT ROWID""",
            """CREATE TABLE poll_words (        -- open answers, masked
                poll INTEGER NOT NULL REFERENCES polls (key),
                name BLOB NOT NULL,         -- random
                question INTEGER NOT NULL,
                text TEXT NOT NULL,
                PRIMARY KEY (poll, name)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        25,
        "messages that wait for their time, by the thousand: what is due is found without looking at what is not",
        (
            # When it was to go out, first of all: what is a day later than that helps nobody.
            "ALTER TABLE outbox ADD COLUMN wanted_at TEXT NOT NULL DEFAULT ''",
            "UPDATE outbox SET wanted_at = created_at",
            # 1: paused by people; 2: cancelled by them while its call was under way.
            "ALTER TABLE outbox ADD COLUMN halted INTEGER NOT NULL DEFAULT 0",
            "DROP INDEX outbox_due",
            """CREATE INDEX outbox_due ON outbox (channel, priority, due_at, id)
                WHERE state = 'waiting' AND halted = 0""",
            "CREATE INDEX outbox_cancelled ON outbox (id) WHERE state = 'waiting' AND halted = 2",
        ),
    ),
    Migration(
        26,
        "units have a name for public links, so that openings of a page count for the unit that forwarded it",
        (
            "ALTER TABLE units ADD COLUMN slug TEXT",
            "UPDATE units SET slug = lower(hex(randomblob(5)))",
            "CREATE UNIQUE INDEX units_slug ON units (slug)",
        ),
    ),
    Migration(
        27,
        "digests of new documents: when which is due, what is in each, what has reached which chat",
        (
            # When a document was first there for people: what makes it new, whatever is corrected later.
            "ALTER TABLE documents ADD COLUMN published_at TEXT",
            "UPDATE documents SET published_at = changed_at WHERE status <> 'draft' AND sample = 0",
            """CREATE TABLE digest_schedules (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT NOT NULL UNIQUE,
                times TEXT NOT NULL,        -- in words: 'thứ Hai hàng tuần 07:30'
                levels TEXT NOT NULL DEFAULT '[]',  -- JSON; empty: every level
                topics TEXT NOT NULL DEFAULT '[]',  -- JSON; empty: every topic
                unit INTEGER REFERENCES units (key),    -- with everything below it; NULL: everywhere
                audience TEXT NOT NULL DEFAULT 'all' CHECK (audience IN ('all', 'groups', 'private')),
                valid_hours INTEGER NOT NULL DEFAULT 12,
                ahead_hours INTEGER NOT NULL DEFAULT 12,    -- before it is due, approvers get the draft
                automatic INTEGER NOT NULL DEFAULT 0,       -- approved without anybody
                most_asked INTEGER NOT NULL DEFAULT 0,
                poll INTEGER NOT NULL DEFAULT 0,
                active INTEGER NOT NULL DEFAULT 1,
                since TEXT NOT NULL,        -- what was published earlier is not for it
                next_run_at TEXT,           -- NULL: never again
                changed_at TEXT NOT NULL
            ) STRICT""",
            """CREATE TABLE digests (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                code TEXT NOT NULL UNIQUE,  -- of /d/<code>
                schedule INTEGER REFERENCES digest_schedules (key) ON DELETE SET NULL,  -- NULL: urgent news
                urgent INTEGER NOT NULL DEFAULT 0,
                overrides_quiet INTEGER NOT NULL DEFAULT 0,
                state TEXT NOT NULL
                    CHECK (state IN ('draft', 'approved', 'sending', 'paused', 'sent', 'skipped', 'cancelled')),
                reason TEXT NOT NULL DEFAULT '',    -- why it was skipped
                due_at TEXT NOT NULL,       -- as the schedule says: one due time never runs twice
                send_at TEXT NOT NULL,      -- later, where it was postponed
                valid_until TEXT NOT NULL,
                title TEXT NOT NULL,
                greeting TEXT NOT NULL DEFAULT '',
                unit INTEGER REFERENCES units (key),
                audience TEXT NOT NULL,
                most_asked TEXT,            -- the id of an entry
                most_asked_question TEXT,
                poll TEXT,
                approved_by INTEGER REFERENCES staff (key),
                chats INTEGER NOT NULL DEFAULT 0,   -- how many it has been queued for
                done TEXT NOT NULL DEFAULT '',      -- how far the queueing has come
                started_at TEXT,
                finished_at TEXT,
                told TEXT NOT NULL DEFAULT '',      -- what staff have been told of it last
                UNIQUE (schedule, due_at)
            ) STRICT""",
            """CREATE INDEX digests_unfinished ON digests (state)
                WHERE state IN ('draft', 'approved', 'sending', 'paused')""",
            """CREATE TABLE digest_items (
                digest INTEGER NOT NULL REFERENCES digests (key) ON DELETE CASCADE,
                document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                content TEXT NOT NULL,      -- JSON: as it was when it was put together, or as staff have edited it
                dropped INTEGER NOT NULL DEFAULT 0,     -- by staff: not to come again with this schedule
                PRIMARY KEY (digest, document)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX digest_items_document ON digest_items (document)",
            """CREATE TABLE digest_chats (   -- what has reached which chat: nothing comes twice
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL,
                document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
                digest INTEGER NOT NULL,
                on_day TEXT NOT NULL,
                PRIMARY KEY (channel, conversation, document)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX digest_chats_digest ON digest_chats (digest)",
            "CREATE INDEX digest_chats_day ON digest_chats (on_day)",
        ),
    ),
    Migration(
        28,
        "documents that an editor wants published or changed: an approver accepts it first",
        (
            """CREATE TABLE document_proposals (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
                changes TEXT NOT NULL DEFAULT '{}',     -- JSON by column; empty: a draft, to be published as it stands
                author INTEGER REFERENCES staff (key),
                state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'accepted', 'rejected')),
                proposed_in TEXT NOT NULL,  -- the hour
                decided_by INTEGER REFERENCES staff (key),
                decided_in TEXT
            ) STRICT""",
            "CREATE UNIQUE INDEX document_proposals_waiting ON document_proposals (document) WHERE state = 'waiting'",
        ),
    ),
    Migration(
        29,
        "openings of a digest's page, counted by the unit that passed its link on: nothing of who opened it",
        (
            """CREATE TABLE openings (
                digest INTEGER NOT NULL REFERENCES digests (key) ON DELETE CASCADE,
                unit INTEGER REFERENCES units (key),    -- NULL: the link named none
                day TEXT NOT NULL,
                times INTEGER NOT NULL
            ) STRICT""",
            "CREATE UNIQUE INDEX openings_one ON openings (digest, coalesce(unit, 0), day)",
            "CREATE INDEX openings_day ON openings (day)",
        ),
    ),
    Migration(
        30,
        "feeds: where news comes from, how each is doing, and what they bring until somebody decides about it",
        (
            """CREATE TABLE feeds (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                address TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                topic TEXT NOT NULL,
                level TEXT CHECK (level IN ('Trung ương', 'tỉnh', 'xã')),
                issuer TEXT NOT NULL,
                wanted TEXT NOT NULL CHECK (wanted IN ('documents', 'all')),
                active INTEGER NOT NULL,
                etag TEXT NOT NULL DEFAULT '',
                modified TEXT NOT NULL DEFAULT '',
                next_fetch_at TEXT NOT NULL,
                failures INTEGER NOT NULL DEFAULT 0,
                failing_since TEXT,
                error TEXT NOT NULL DEFAULT '',
                told INTEGER NOT NULL DEFAULT 0,        -- staff, of this failure
                last_success_at TEXT,
                left_out INTEGER NOT NULL DEFAULT 0     -- older entries, the last time
            ) STRICT""",
            """CREATE TABLE feed_items (   -- what is dropped stays known, so that it does not come again
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                feed INTEGER REFERENCES feeds (key) ON DELETE SET NULL,
                guid TEXT NOT NULL,
                state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'dropped')),
                is_document INTEGER NOT NULL,
                number TEXT,                -- of news: the one that it mentions
                kind TEXT NOT NULL,
                title TEXT NOT NULL,
                issuer TEXT NOT NULL,
                level TEXT,
                issued_on TEXT,
                address TEXT,
                summary TEXT NOT NULL,
                topics TEXT NOT NULL,
                same TEXT NOT NULL,         -- the title as the feed has it, in one form
                author INTEGER REFERENCES staff (key),      -- who has last changed it
                document INTEGER REFERENCES documents (key) ON DELETE SET NULL,
                decided_by INTEGER REFERENCES staff (key),
                found_at TEXT NOT NULL,
                seen_at TEXT NOT NULL,
                told INTEGER NOT NULL DEFAULT 0,
                decided_at TEXT,
                UNIQUE (feed, guid)
            ) STRICT""",
            "CREATE INDEX feed_items_waiting ON feed_items (key) WHERE state = 'waiting'",
        ),
    ),
    Migration(
        31,
        "which chats have had what nobody asked for: found by chat, to be looked up and to be forgotten",
        (
            """CREATE INDEX outbox_arrived ON outbox (channel, conversation, finished_at)
                WHERE state = 'sent' AND conversation IS NOT NULL""",
        ),
    ),
    Migration(
        32,
        "to how many groups members have passed a digest on: theirs to correct for two months, then only their unit's",
        (
            """CREATE TABLE forwards (
                key INTEGER PRIMARY KEY,
                digest INTEGER NOT NULL REFERENCES digests (key) ON DELETE CASCADE,
                member INTEGER REFERENCES staff (key),  -- NULL: nobody's to correct any more
                unit INTEGER REFERENCES units (key),
                groups INTEGER NOT NULL CHECK (groups > 0),
                on_day TEXT NOT NULL,
                UNIQUE (digest, member)
            ) STRICT""",
            "CREATE INDEX forwards_day ON forwards (on_day)",
        ),
    ),
    Migration(
        33,
        "how far each digest went, by unit: numbers that stay when it is forgotten which chat got what",
        (
            """CREATE TABLE digest_reach (
                digest INTEGER NOT NULL REFERENCES digests (key) ON DELETE CASCADE,
                unit INTEGER REFERENCES units (key),    -- NULL: chats of no unit
                day TEXT NOT NULL,
                chats INTEGER NOT NULL,
                members INTEGER NOT NULL    -- of groups as the platforms told, a private chat is one
            ) STRICT""",
            "CREATE UNIQUE INDEX digest_reach_one ON digest_reach (digest, coalesce(unit, 0))",
            "CREATE INDEX digest_reach_day ON digest_reach (day)",
        ),
    ),
    Migration(
        34,
        "which chats have been asked to take part in a poll, so that they hear of its result and of what was done about it",
        (
            """CREATE TABLE poll_chats (   -- who was asked, not who answered; gone 60 days after the close
                poll INTEGER NOT NULL REFERENCES polls (key),
                channel TEXT NOT NULL,
                conversation TEXT NOT NULL,
                told TEXT NOT NULL DEFAULT '' CHECK (told IN ('', 'result')),
                PRIMARY KEY (poll, channel, conversation)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX poll_chats_chat ON poll_chats (channel, conversation)",
            # What was done about the result: nobody but its author reads it before somebody else has approved it.
            "ALTER TABLE surveys ADD COLUMN follow_up_proposed TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE surveys ADD COLUMN follow_up_by INTEGER REFERENCES staff (key)",
        ),
    ),
    Migration(
        35,
        "polls of a platform's own in groups: what is known of each, and how many chose what; nothing of who",
        (
            """CREATE TABLE group_polls (
                key INTEGER PRIMARY KEY AUTOINCREMENT,
                poll INTEGER NOT NULL REFERENCES polls (key),
                question INTEGER NOT NULL,
                place INTEGER NOT NULL,     -- numbers the groups of a poll
                channel TEXT NOT NULL,
                conversation TEXT,          -- NULL: we have left the group
                message TEXT NOT NULL DEFAULT '',   -- '': not sent yet, or it cannot be named any more
                name TEXT,                  -- the platform's, of the poll
                state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'open', 'closed', 'stopped', 'deleted',
                    'left', 'unknown', 'small', 'forbidden', 'unsent')),
                voters INTEGER NOT NULL DEFAULT 0,
                final INTEGER NOT NULL DEFAULT 0,
                told INTEGER NOT NULL DEFAULT 0,        -- staff, of what has become of it
                changed_at TEXT NOT NULL,
                UNIQUE (poll, question, place)
            ) STRICT""",
            "CREATE INDEX group_polls_name ON group_polls (channel, name) WHERE name IS NOT NULL",
            "CREATE INDEX group_polls_unfinished ON group_polls (key) WHERE state IN ('waiting', 'open')",
            """CREATE INDEX group_polls_untold ON group_polls (key)
                WHERE told = 0 AND state NOT IN ('waiting', 'open', 'closed')""",
            "CREATE INDEX group_polls_chat ON group_polls (channel, conversation)",
            """CREATE TABLE group_poll_options (
                group_poll INTEGER NOT NULL REFERENCES group_polls (key) ON DELETE CASCADE,
                option INTEGER NOT NULL,
                times INTEGER NOT NULL,
                PRIMARY KEY (group_poll, option)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        36,
        "polls on their way to people: who wants them approved, how far their invitations have come, what staff were told",
        (
            "ALTER TABLE polls ADD COLUMN submitted_by INTEGER REFERENCES staff (key)",
            "ALTER TABLE polls ADD COLUMN approved_by INTEGER REFERENCES staff (key)",
            "ALTER TABLE polls ADD COLUMN announced TEXT NOT NULL DEFAULT ''",  # how far the queueing of invitations is
            "ALTER TABLE polls ADD COLUMN invited INTEGER NOT NULL DEFAULT 0",  # how many have been queued
            "ALTER TABLE polls ADD COLUMN told TEXT NOT NULL DEFAULT ''",  # JSON: what staff have been told of it
            """CREATE TABLE poll_flow (         -- ballots by the hour in which they were counted, and nothing finer
                poll INTEGER NOT NULL REFERENCES polls (key),
                source TEXT NOT NULL CHECK (source IN ('chat', 'web')),
                hour TEXT NOT NULL,
                times INTEGER NOT NULL,
                PRIMARY KEY (poll, source, hour)
            ) STRICT, WITHOUT ROWID""",
        ),
    ),
    Migration(
        37,
        "groups that could not be asked by polls of their own get the link, once",
        ("ALTER TABLE group_polls ADD COLUMN linked INTEGER NOT NULL DEFAULT 0",),
    ),
    Migration(
        38,
        "what keeps to quiet hours keeps to them when it is sent, however long it has waited",
        (
            "ALTER TABLE outbox ADD COLUMN heeds_quiet INTEGER NOT NULL DEFAULT 0",
            """UPDATE outbox SET heeds_quiet = 1
                WHERE state IN ('waiting', 'sending') AND (priority = 1 OR cause LIKE 'reminder:%')
                    AND NOT EXISTS (SELECT 1 FROM digests
                        WHERE digests.overrides_quiet = 1 AND outbox.cause LIKE 'digest:' || digests.key || ':%')""",
        ),
    ),
    Migration(
        39,
        "a group that may be written to again gets what went out while it could not",
        ("ALTER TABLE groups ADD COLUMN missed_since TEXT",),  # NULL: nothing
    ),
    Migration(
        40,
        "polls come by files, which nobody signs: whose a poll is, its submission tells",
        ("ALTER TABLE polls DROP COLUMN made_by",),
    ),
)
