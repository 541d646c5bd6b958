CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE schema_version (
	"only" SERIAL NOT NULL,
	version INTEGER NOT NULL,
	PRIMARY KEY ("only")
);
INSERT INTO schema_version VALUES (1, 0);
CREATE TABLE workspaces (
	id VARCHAR(64) NOT NULL,
	token_hash VARCHAR(64),
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	UNIQUE (token_hash)
);
CREATE TABLE jobs (
	id VARCHAR(32) NOT NULL,
	workspace VARCHAR(64) NOT NULL,
	endpoint_id TEXT NOT NULL,
	arguments JSON NOT NULL,
	title TEXT NOT NULL,
	state VARCHAR(16) NOT NULL,
	speech_seconds VARCHAR(64) NOT NULL,
	estimate VARCHAR(64) NOT NULL,
	billed VARCHAR(64),
	request_id TEXT,
	fraction FLOAT,
	seconds_left FLOAT,
	queue_position INTEGER,
	cancel_requested BOOLEAN NOT NULL,
	problem TEXT,
	problem_field TEXT,
	charged BOOLEAN,
	video_id VARCHAR(32),
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	run INTEGER NOT NULL,
	enqueued BOOLEAN NOT NULL,
	send_allowed BOOLEAN NOT NULL,
	dismissed BOOLEAN NOT NULL,
	last_event INTEGER NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE INDEX jobs_of_workspace ON jobs (workspace, created_at);
CREATE INDEX jobs_in_state ON jobs (state, created_at);
CREATE TABLE events (
	job_id VARCHAR(32) NOT NULL,
	number INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	kind VARCHAR(8) NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (job_id, number),
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE TABLE videos (
	id VARCHAR(32) NOT NULL,
	workspace VARCHAR(64) NOT NULL,
	job_id VARCHAR(32) NOT NULL,
	endpoint_id TEXT NOT NULL,
	arguments JSON NOT NULL,
	title TEXT NOT NULL,
	file TEXT NOT NULL,
	thumbnail TEXT NOT NULL,
	seconds FLOAT NOT NULL,
	width INTEGER NOT NULL,
	height INTEGER NOT NULL,
	fps FLOAT NOT NULL,
	dollars VARCHAR(64) NOT NULL,
	seed TEXT,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	deleted_at TIMESTAMP WITH TIME ZONE,
	search_text TEXT NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE INDEX videos_of_workspace ON videos (workspace, created_at, id);
CREATE INDEX videos_deleted ON videos (deleted_at);
CREATE TABLE assets (
	workspace VARCHAR(64) NOT NULL,
	reference VARCHAR(80) NOT NULL,
	kind VARCHAR(16) NOT NULL,
	name TEXT NOT NULL,
	facts JSON NOT NULL,
	put_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (workspace, reference, kind),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE INDEX assets_by_name ON assets (workspace, kind, name);
CREATE TABLE compositions (
	id VARCHAR(32) NOT NULL,
	workspace VARCHAR(64) NOT NULL,
	content JSON NOT NULL,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE INDEX compositions_of_workspace ON compositions (workspace);
CREATE TABLE executors (
	id VARCHAR(64) NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id)
);
INSERT INTO alembic_version (version_num) VALUES ('0000') RETURNING alembic_version.version_num;
ALTER TABLE jobs ADD COLUMN payer VARCHAR(16);
ALTER TABLE jobs ADD COLUMN waiting_for VARCHAR(8);
ALTER TABLE jobs ADD COLUMN unit_price VARCHAR(64);
ALTER TABLE jobs ADD COLUMN submitted_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE jobs ADD COLUMN sent JSON;
ALTER TABLE jobs ADD COLUMN orders INTEGER DEFAULT '0' NOT NULL;
UPDATE jobs SET payer = 'operator' WHERE endpoint_id <> 'draft';
CREATE UNIQUE INDEX jobs_by_request ON jobs (request_id);
CREATE TABLE uploads (
	account VARCHAR(64) NOT NULL,
	content VARCHAR(128) NOT NULL,
	url TEXT NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (account, content)
);
UPDATE alembic_version SET version_num='0001' WHERE alembic_version.version_num = '0000';
ALTER TABLE jobs ADD COLUMN parent VARCHAR(32);
ALTER TABLE jobs ADD COLUMN place INTEGER;
ALTER TABLE jobs ADD COLUMN fingerprint VARCHAR(64);
ALTER TABLE jobs ADD COLUMN comparison VARCHAR(32);
ALTER TABLE videos ADD COLUMN part BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE videos ADD COLUMN made_from VARCHAR(32);
CREATE INDEX jobs_of_parent ON jobs (parent, place);
CREATE INDEX jobs_by_fingerprint ON jobs (workspace, fingerprint);
CREATE TABLE speeches (
	id VARCHAR(32) NOT NULL,
	workspace VARCHAR(64) NOT NULL,
	fingerprint VARCHAR(64) NOT NULL,
	script TEXT NOT NULL,
	voice JSON NOT NULL,
	language VARCHAR(8) NOT NULL,
	file TEXT NOT NULL,
	seconds VARCHAR(64) NOT NULL,
	sentences JSON NOT NULL,
	words JSON NOT NULL,
	dollars VARCHAR(64) NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (id),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE INDEX speeches_of_workspace ON speeches (workspace, created_at);
CREATE INDEX speeches_by_fingerprint ON speeches (workspace, fingerprint);
CREATE TABLE spoken (
	workspace VARCHAR(64) NOT NULL,
	fingerprint VARCHAR(64) NOT NULL,
	file TEXT NOT NULL,
	seconds VARCHAR(64) NOT NULL,
	words JSON NOT NULL,
	job_id VARCHAR(32),
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (workspace, fingerprint),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE pronunciations (
	workspace VARCHAR(64) NOT NULL,
	written VARCHAR(80) NOT NULL,
	said TEXT NOT NULL,
	PRIMARY KEY (workspace, written),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE captions (
	video_id VARCHAR(32) NOT NULL,
	workspace VARCHAR(64) NOT NULL,
	source VARCHAR(16) NOT NULL,
	words JSON NOT NULL,
	edits JSON NOT NULL,
	face_path JSON,
	updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (video_id),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE comparisons (
	id VARCHAR(32) NOT NULL,
	workspace VARCHAR(64) NOT NULL,
	title TEXT NOT NULL,
	blind BOOLEAN NOT NULL,
	chosen VARCHAR(32),
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	chosen_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (id),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE INDEX comparisons_of_workspace ON comparisons (workspace, created_at);
UPDATE alembic_version SET version_num='0002' WHERE alembic_version.version_num = '0001';
ALTER TABLE speeches ADD COLUMN deleted_at TIMESTAMP WITH TIME ZONE;
UPDATE alembic_version SET version_num='0003' WHERE alembic_version.version_num = '0002';
DROP INDEX compositions_of_workspace;
ALTER TABLE compositions DROP CONSTRAINT compositions_pkey;
ALTER TABLE compositions ALTER COLUMN id TYPE VARCHAR(64);
ALTER TABLE compositions ADD CONSTRAINT compositions_pkey PRIMARY KEY (workspace, id);
DROP INDEX videos_of_workspace;
CREATE INDEX videos_of_workspace ON videos (workspace, deleted_at, created_at, id);
UPDATE alembic_version SET version_num='0004' WHERE alembic_version.version_num = '0003';
ALTER TABLE jobs ADD COLUMN ordered_by VARCHAR(64);
UPDATE alembic_version SET version_num='0005' WHERE alembic_version.version_num = '0004';
ALTER TABLE jobs ADD COLUMN account VARCHAR(32);
ALTER TABLE jobs ADD COLUMN counted_for VARCHAR(64);
ALTER TABLE jobs ADD COLUMN unusable_units VARCHAR(40);
CREATE INDEX jobs_of_account ON jobs (account, state);
CREATE INDEX jobs_counted_for ON jobs (counted_for, created_at);
CREATE TABLE resends (
	job_id VARCHAR(32) NOT NULL,
	number INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	counted_for VARCHAR(64),
	PRIMARY KEY (job_id, number),
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE INDEX resends_by_time ON resends (at);
CREATE TABLE installation (
	name VARCHAR(32) NOT NULL,
	value VARCHAR(128) NOT NULL,
	PRIMARY KEY (name)
);
UPDATE alembic_version SET version_num='0006' WHERE alembic_version.version_num = '0005';
CREATE TABLE reference_index (
	workspace VARCHAR(64) NOT NULL,
	reference VARCHAR(128) NOT NULL,
	owner_kind VARCHAR(8) NOT NULL,
	owner_id VARCHAR(64) NOT NULL,
	PRIMARY KEY (workspace, reference, owner_kind, owner_id),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE INDEX references_of_owner ON reference_index (owner_kind, owner_id, workspace);
CREATE TABLE unused_files (
	workspace VARCHAR(64) NOT NULL,
	reference TEXT NOT NULL,
	tried_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (workspace, reference),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE INDEX unused_files_by_time ON unused_files (tried_at);
ALTER TABLE videos ADD COLUMN indexed BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE jobs ADD COLUMN indexed BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE compositions ADD COLUMN indexed_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX videos_to_index ON videos (id) WHERE NOT indexed;
CREATE INDEX jobs_to_index ON jobs (state, id) WHERE NOT indexed;
CREATE INDEX compositions_to_index ON compositions (workspace, id) WHERE indexed_at IS NULL OR indexed_at <> updated_at;
CREATE INDEX videos_made_from ON videos (made_from);
CREATE INDEX speeches_deleted ON speeches (deleted_at);
CREATE INDEX speeches_by_file ON speeches (workspace, file);
CREATE INDEX spoken_by_file ON spoken (workspace, file);
UPDATE alembic_version SET version_num='0007' WHERE alembic_version.version_num = '0006';
ALTER TABLE resends ADD COLUMN estimate VARCHAR(64);
ALTER TABLE resends ADD COLUMN estimate_before VARCHAR(64);
ALTER TABLE resends ADD COLUMN unit_price_before VARCHAR(64);
UPDATE alembic_version SET version_num='0008' WHERE alembic_version.version_num = '0007';
ALTER TABLE videos ADD COLUMN favorite BOOLEAN DEFAULT false NOT NULL;
ALTER TABLE videos ADD COLUMN folder TEXT;
UPDATE alembic_version SET version_num='0009' WHERE alembic_version.version_num = '0008';
ALTER TABLE workspaces ADD COLUMN client VARCHAR(64);
CREATE INDEX workspaces_of_client ON workspaces (client);
ALTER TABLE assets ADD COLUMN swept BOOLEAN DEFAULT false NOT NULL;
CREATE INDEX assets_to_sweep ON assets (put_at) WHERE NOT swept;
UPDATE alembic_version SET version_num='0010' WHERE alembic_version.version_num = '0009';
CREATE TABLE portrait_library (
	workspace VARCHAR(64) NOT NULL,
	reference VARCHAR(80) NOT NULL,
	thumbnail BYTEA,
	used_at TIMESTAMP WITH TIME ZONE NOT NULL,
	removed_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (workspace, reference),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE INDEX portrait_library_by_time ON portrait_library (workspace, used_at);
CREATE INDEX portrait_library_removed ON portrait_library (removed_at);
INSERT INTO portrait_library (workspace, reference, used_at) SELECT workspace, reference, put_at FROM assets WHERE kind = 'portrait';
UPDATE alembic_version SET version_num='0011' WHERE alembic_version.version_num = '0010';
ALTER TABLE jobs ADD COLUMN seen BOOLEAN DEFAULT false NOT NULL;
UPDATE jobs SET seen = true WHERE state IN ('done', 'failed', 'cancelled');
CREATE INDEX jobs_unseen ON jobs (workspace, state) WHERE NOT seen;
ALTER TABLE compositions ADD COLUMN name TEXT;
ALTER TABLE compositions ADD COLUMN listed BOOLEAN DEFAULT true NOT NULL;
ALTER TABLE compositions ADD COLUMN deleted_at TIMESTAMP WITH TIME ZONE;
CREATE INDEX compositions_deleted ON compositions (deleted_at) WHERE deleted_at IS NOT NULL;
UPDATE compositions SET listed = false WHERE EXISTS (SELECT 1 FROM jobs WHERE jobs.id = compositions.id AND jobs.workspace = compositions.workspace);
CREATE TABLE project_jobs (
	workspace VARCHAR(64) NOT NULL,
	job_id VARCHAR(32) NOT NULL,
	project VARCHAR(64) NOT NULL,
	PRIMARY KEY (workspace, job_id),
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
UPDATE alembic_version SET version_num='0012' WHERE alembic_version.version_num = '0011';
UPDATE schema_version SET version = 12;
INSERT INTO executors (id, seen_at) VALUES ('host-1'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO executors (id, seen_at) VALUES ('host-2'::VARCHAR, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO installation (name, value) VALUES ('address_secret'::VARCHAR, '0000000000000000000000000000000000000000000000000000000000000000'::VARCHAR);
INSERT INTO installation (name, value) VALUES ('another'::VARCHAR, '1'::VARCHAR);
INSERT INTO uploads (account, content, url, expires_at) VALUES ('9999999999999999999999999999999999999999999999999999999999999999'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000001.jpg'::VARCHAR, 'https://v3.fal.media/1'::VARCHAR, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO uploads (account, content, url, expires_at) VALUES ('8888888888888888888888888888888888888888888888888888888888888888'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000002.wav'::VARCHAR, 'https://v3.fal.media/2'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO workspaces (id, token_hash, created_at) VALUES ('local'::VARCHAR, NULL::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO workspaces (id, token_hash, created_at, client) VALUES ('a1b2'::VARCHAR, 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee'::VARCHAR, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '5555555555555555555555555555555555555555'::VARCHAR);
INSERT INTO assets (workspace, reference, kind, name, facts, put_at, swept) VALUES ('local'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000001.jpg'::VARCHAR, 'portrait'::VARCHAR, 'Ägnes.jpg'::VARCHAR, '{"width": 900, "face": [0.1, 0.2, 0.3, 0.4], "notes": []}'::json::JSON, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, false);
INSERT INTO assets (workspace, reference, kind, name, facts, put_at, swept) VALUES ('a1b2'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000002.wav'::VARCHAR, 'recording'::VARCHAR, 'take 1.wav'::VARCHAR, '{"seconds": 1.5}'::json::JSON, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, true);
INSERT INTO captions (video_id, workspace, source, words, edits, face_path, updated_at) VALUES ('00000000000000000000000000000032'::VARCHAR, 'local'::VARCHAR, 'script'::VARCHAR,  E'[{"text": "Gr\\u00fc\\u00dfe", "start": 0.1, "end": 0.5}]'::json::JSON,  E'{"0": "Gru\\u00df"}'::json::JSON, '[[0.0, 0.5, 0.4]]'::json::JSON, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO captions (video_id, workspace, source, words, edits, face_path, updated_at) VALUES ('00000000000000000000000000000036'::VARCHAR, 'local'::VARCHAR, 'heard'::VARCHAR, '[]'::json::JSON, '{}'::json::JSON, NULL::JSON, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO comparisons (id, workspace, title, blind, created_at) VALUES ('0000000000000000000000000000003c'::VARCHAR, 'local'::VARCHAR, 'Which?'::VARCHAR, true, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO comparisons (id, workspace, title, blind, chosen, created_at, chosen_at) VALUES ('0000000000000000000000000000003d'::VARCHAR, 'a1b2'::VARCHAR, ''::VARCHAR, false, '00000000000000000000000000000002'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO compositions (workspace, id, content, updated_at, listed) VALUES ('local'::VARCHAR, 'cccccccccccccccccccccccccccccccc'::VARCHAR,  E'{"script": "Zwei\\nZeilen", "models": ["fal-ai/infinitalk"], "crop": null, "seed": 7}'::json::JSON, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, true);
INSERT INTO compositions (workspace, id, content, updated_at, indexed_at, listed) VALUES ('a1b2'::VARCHAR, 'dddddddddddddddddddddddddddddddd'::VARCHAR, '{}'::json::JSON, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, true);
INSERT INTO jobs (id, workspace, endpoint_id, arguments, title, state, speech_seconds, estimate, fraction, cancel_requested, created_at, updated_at, run, enqueued, send_allowed, dismissed, seen, last_event, orders, indexed) VALUES ('00000000000000000000000000000001'::VARCHAR, 'local'::VARCHAR, 'draft'::VARCHAR,  E'{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\\u00fc\\u00dfe, \\u4e16\\u754c \\u2013 \\u201cit\\u2019s\\u201d 100 % ''quoted''.", "seed": 7}'::json::JSON, 'Video 1'::VARCHAR, 'waiting'::VARCHAR, '5.80'::VARCHAR, '0'::VARCHAR, NULL, false, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 0::INTEGER, false, false, false, false, 0::INTEGER, 0::INTEGER, false);
INSERT INTO jobs (id, workspace, endpoint_id, arguments, title, state, speech_seconds, estimate, fraction, cancel_requested, video_id, created_at, updated_at, run, enqueued, send_allowed, dismissed, seen, last_event, orders, indexed) VALUES ('00000000000000000000000000000002'::VARCHAR, 'local'::VARCHAR, 'draft'::VARCHAR,  E'{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\\u00fc\\u00dfe, \\u4e16\\u754c \\u2013 \\u201cit\\u2019s\\u201d 100 % ''quoted''.", "seed": 7}'::json::JSON, 'Video 2'::VARCHAR, 'done'::VARCHAR, '5.80'::VARCHAR, '0'::VARCHAR, NULL, false, '00000000000000000000000000000032'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 0::INTEGER, true, false, false, false, 2::INTEGER, 0::INTEGER, false);
INSERT INTO jobs (id, workspace, endpoint_id, arguments, title, state, speech_seconds, estimate, request_id, fraction, cancel_requested, created_at, updated_at, run, enqueued, send_allowed, dismissed, seen, last_event, orders, indexed) VALUES ('00000000000000000000000000000003'::VARCHAR, 'local'::VARCHAR, 'fal-ai/infinitalk'::VARCHAR, '{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}'::json::JSON, 'Video 3'::VARCHAR, 'rendering'::VARCHAR, '5.80'::VARCHAR, '0'::VARCHAR, 'running'::VARCHAR, NULL, false, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 0::INTEGER, true, false, false, false, 2::INTEGER, 1::INTEGER, false);
INSERT INTO jobs (id, workspace, endpoint_id, arguments, title, state, speech_seconds, estimate, fraction, cancel_requested, created_at, updated_at, run, enqueued, send_allowed, dismissed, seen, last_event, orders, indexed) VALUES ('00000000000000000000000000000004'::VARCHAR, 'a1b2'::VARCHAR, 'fal-ai/infinitalk'::VARCHAR, '{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}'::json::JSON, 'Video 4'::VARCHAR, 'unconfirmed'::VARCHAR, '5.80'::VARCHAR, '0'::VARCHAR, NULL, false, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 1::INTEGER, false, false, false, false, 1::INTEGER, 0::INTEGER, false);
INSERT INTO jobs (id, workspace, endpoint_id, arguments, title, state, speech_seconds, estimate, billed, request_id, fraction, seconds_left, queue_position, cancel_requested, problem, problem_field, charged, video_id, created_at, updated_at, started_at, ended_at, ordered_by, payer, account, counted_for, waiting_for, unit_price, submitted_at, parent, place, fingerprint, comparison, run, enqueued, send_allowed, dismissed, seen, last_event, sent, orders, unusable_units, indexed) VALUES ('00000000000000000000000000000005'::VARCHAR, 'local'::VARCHAR, 'fal-ai/infinitalk'::VARCHAR, '{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}'::json::JSON, 'Video 5'::VARCHAR, 'failed'::VARCHAR, '61.2500'::VARCHAR, '12.3456789012'::VARCHAR, '12.30'::VARCHAR, '9f1c-request'::VARCHAR, 0.375, 12.5, 3::INTEGER, true, 'It’s gone; “why” is not known.'::VARCHAR, 'image_url'::VARCHAR, true, '00000000000000000000000000000032'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'a1b2'::VARCHAR, 'own'::VARCHAR, '77777777777777777777777777777777'::VARCHAR, '5555555555555555555555555555555555555555'::VARCHAR, 'key'::VARCHAR, '0.0002'::VARCHAR, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '00000000000000000000000000000004'::VARCHAR, 1::INTEGER, 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'::VARCHAR, '0000000000000000000000000000003c'::VARCHAR, 3::INTEGER, true, true, true, false, 3::INTEGER, '{"image_url": "https://v3.fal.media/files/b/1/2.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}'::json::JSON, 2::INTEGER, '1e-7'::VARCHAR, true);
INSERT INTO jobs (id, workspace, endpoint_id, arguments, title, state, speech_seconds, estimate, request_id, fraction, cancel_requested, created_at, updated_at, run, enqueued, send_allowed, dismissed, seen, last_event, orders, indexed) VALUES ('00000000000000000000000000000006'::VARCHAR, 'local'::VARCHAR, 'fal-ai/infinitalk'::VARCHAR, '{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}'::json::JSON, 'Video 6'::VARCHAR, 'storing'::VARCHAR, '5.80'::VARCHAR, '0'::VARCHAR, 'rendered'::VARCHAR, NULL, true, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 0::INTEGER, false, false, false, false, 0::INTEGER, 0::INTEGER, false);
INSERT INTO portrait_library (workspace, reference, used_at) VALUES ('local'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000001.jpg'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO portrait_library (workspace, reference, thumbnail, used_at, removed_at) VALUES ('a1b2'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000001.jpg'::VARCHAR, '\xffd8ffd9'::bytea, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO project_jobs (workspace, job_id, project) VALUES ('local'::VARCHAR, '00000000000000000000000000000002'::VARCHAR, 'cccccccccccccccccccccccccccccccc'::VARCHAR);
INSERT INTO project_jobs (workspace, job_id, project) VALUES ('a1b2'::VARCHAR, '00000000000000000000000000000004'::VARCHAR, 'dddddddddddddddddddddddddddddddd'::VARCHAR);
INSERT INTO pronunciations (workspace, written, said) VALUES ('local'::VARCHAR, 'Nguyễn'::VARCHAR, 'win'::VARCHAR);
INSERT INTO pronunciations (workspace, written, said) VALUES ('a1b2'::VARCHAR, 'SQL'::VARCHAR, 'sequel'::VARCHAR);
INSERT INTO reference_index (workspace, reference, owner_kind, owner_id) VALUES ('a1b2'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000001.jpg'::VARCHAR, 'video'::VARCHAR, '00000000000000000000000000000034'::VARCHAR);
INSERT INTO reference_index (workspace, reference, owner_kind, owner_id) VALUES ('local'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000002.wav'::VARCHAR, 'job'::VARCHAR, '00000000000000000000000000000005'::VARCHAR);
INSERT INTO speeches (id, workspace, fingerprint, script, voice, language, file, seconds, sentences, words, dollars, created_at) VALUES ('00000000000000000000000000000046'::VARCHAR, 'local'::VARCHAR, '0000000000000000000000000000000000000000000000000000000000000046'::VARCHAR, 'Hello there.'::VARCHAR, '{"id": "af_heart"}'::json::JSON, 'en'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000002.wav'::VARCHAR, '1.025'::VARCHAR, '[{"text": "Hello there.", "start": 0.1, "end": 0.9}]'::json::JSON, '[{"text": "Hello there.", "start": 0.1, "end": 0.9}]'::json::JSON, '0.0125'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO speeches (id, workspace, fingerprint, script, voice, language, file, seconds, sentences, words, dollars, created_at, deleted_at) VALUES ('00000000000000000000000000000047'::VARCHAR, 'a1b2'::VARCHAR, '0000000000000000000000000000000000000000000000000000000000000047'::VARCHAR, 'Hello there.'::VARCHAR, '{"id": "af_heart"}'::json::JSON, 'en'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000002.wav'::VARCHAR, '1.025'::VARCHAR, '[{"text": "Hello there.", "start": 0.1, "end": 0.9}]'::json::JSON, '[{"text": "Hello there.", "start": 0.1, "end": 0.9}]'::json::JSON, '0.0125'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO spoken (workspace, fingerprint, file, seconds, words, job_id, created_at) VALUES ('local'::VARCHAR, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000002.wav'::VARCHAR, '0.8'::VARCHAR, '[{"text": "Hello", "start": 0.0, "end": 0.4}]'::json::JSON, '00000000000000000000000000000002'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO spoken (workspace, fingerprint, file, seconds, words, created_at) VALUES ('a1b2'::VARCHAR, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000002.wav'::VARCHAR, '0.80'::VARCHAR, '[]'::json::JSON, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO unused_files (workspace, reference, tried_at) VALUES ('local'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000009.wav'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO unused_files (workspace, reference, tried_at) VALUES ('a1b2'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000009.wav'::VARCHAR, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
INSERT INTO videos (id, workspace, job_id, endpoint_id, arguments, title, file, thumbnail, seconds, width, height, fps, dollars, created_at, search_text, part, favorite, indexed) VALUES ('00000000000000000000000000000032'::VARCHAR, 'local'::VARCHAR, '00000000000000000000000000000002'::VARCHAR, 'draft'::VARCHAR,  E'{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\\u00fc\\u00dfe, \\u4e16\\u754c \\u2013 \\u201cit\\u2019s\\u201d 100 % ''quoted''.", "seed": 7}'::json::JSON, 'A draft'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000032.mp4'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000033.jpg'::VARCHAR, 5.83, 512::INTEGER, 512::INTEGER, 25.0, '0.4150'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'a draft grüsse'::VARCHAR, false, false, false);
INSERT INTO videos (id, workspace, job_id, endpoint_id, arguments, title, file, thumbnail, seconds, width, height, fps, dollars, seed, created_at, deleted_at, search_text, part, favorite, folder, indexed) VALUES ('00000000000000000000000000000034'::VARCHAR, 'a1b2'::VARCHAR, '00000000000000000000000000000002'::VARCHAR, 'draft'::VARCHAR,  E'{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\\u00fc\\u00dfe, \\u4e16\\u754c \\u2013 \\u201cit\\u2019s\\u201d 100 % ''quoted''.", "seed": 7}'::json::JSON, 'A draft'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000034.mp4'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000035.jpg'::VARCHAR, 5.83, 512::INTEGER, 512::INTEGER, 25.0, '0.4150'::VARCHAR, '18446744073709551617'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'a draft grüsse'::VARCHAR, true, true, 'Größe'::VARCHAR, true);
INSERT INTO videos (id, workspace, job_id, endpoint_id, arguments, title, file, thumbnail, seconds, width, height, fps, dollars, created_at, search_text, part, made_from, favorite, indexed) VALUES ('00000000000000000000000000000036'::VARCHAR, 'local'::VARCHAR, '00000000000000000000000000000002'::VARCHAR, 'studio/finish'::VARCHAR,  E'{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\\u00fc\\u00dfe, \\u4e16\\u754c \\u2013 \\u201cit\\u2019s\\u201d 100 % ''quoted''.", "seed": 7}'::json::JSON, 'A draft'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000036.mp4'::VARCHAR, 'asset:0000000000000000000000000000000000000000000000000000000000000037.jpg'::VARCHAR, 5.83, 512::INTEGER, 512::INTEGER, 25.0, '0.4150'::VARCHAR, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'a draft grüsse'::VARCHAR, false, '00000000000000000000000000000032'::VARCHAR, false, false);
INSERT INTO events (job_id, number, at, kind, text) VALUES ('00000000000000000000000000000002'::VARCHAR, 1::INTEGER, '2026-11-20 09:30:16.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'state'::VARCHAR, 'rendering'::VARCHAR);
INSERT INTO events (job_id, number, at, kind, text) VALUES ('00000000000000000000000000000002'::VARCHAR, 2::INTEGER, '2026-11-20 09:30:17.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'state'::VARCHAR, 'done'::VARCHAR);
INSERT INTO events (job_id, number, at, kind, text) VALUES ('00000000000000000000000000000003'::VARCHAR, 1::INTEGER, '2026-11-20 09:30:16.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'state'::VARCHAR, 'rendering'::VARCHAR);
INSERT INTO events (job_id, number, at, kind, text) VALUES ('00000000000000000000000000000003'::VARCHAR, 2::INTEGER, '2026-11-20 09:30:17.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'log'::VARCHAR, '50%|█████     | 5/10'::VARCHAR);
INSERT INTO events (job_id, number, at, kind, text) VALUES ('00000000000000000000000000000004'::VARCHAR, 1::INTEGER, '2026-11-20 09:30:16.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'note'::VARCHAR, 'The order was sent and no answer came back.'::VARCHAR);
INSERT INTO events (job_id, number, at, kind, text) VALUES ('00000000000000000000000000000005'::VARCHAR, 1::INTEGER, '2026-11-20 09:30:16.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'state'::VARCHAR, 'storing'::VARCHAR);
INSERT INTO events (job_id, number, at, kind, text) VALUES ('00000000000000000000000000000005'::VARCHAR, 2::INTEGER, '2026-11-20 09:30:17.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'log'::VARCHAR, ''::VARCHAR);
INSERT INTO events (job_id, number, at, kind, text) VALUES ('00000000000000000000000000000005'::VARCHAR, 3::INTEGER, '2026-11-20 09:30:18.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, 'state'::VARCHAR, 'failed'::VARCHAR);
INSERT INTO resends (job_id, number, at, counted_for, estimate, estimate_before, unit_price_before) VALUES ('00000000000000000000000000000004'::VARCHAR, 1::INTEGER, '2026-11-20 09:37:15.123457+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE, '5555555555555555555555555555555555555555'::VARCHAR, '0.4150'::VARCHAR, '0.40'::VARCHAR, '0.0002'::VARCHAR);
INSERT INTO resends (job_id, number, at) VALUES ('00000000000000000000000000000005'::VARCHAR, 2::INTEGER, '2026-11-20 09:30:15.123456+00:00'::timestamptz::TIMESTAMP WITH TIME ZONE);
