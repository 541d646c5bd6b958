CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0013');
CREATE TABLE assets (
	workspace VARCHAR(64) NOT NULL, 
	reference VARCHAR(80) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	name TEXT NOT NULL, 
	facts JSON NOT NULL, 
	put_at DATETIME NOT NULL, swept BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (workspace, reference, kind), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE captions (
	video_id VARCHAR(32) NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	source VARCHAR(16) NOT NULL, 
	words JSON NOT NULL, 
	edits JSON NOT NULL, 
	face_path JSON, 
	updated_at DATETIME NOT NULL, 
	PRIMARY KEY (video_id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE comparisons (
	id VARCHAR(32) NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	title TEXT NOT NULL, 
	blind BOOLEAN NOT NULL, 
	chosen VARCHAR(32), 
	created_at DATETIME NOT NULL, 
	chosen_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE "compositions" (
	workspace VARCHAR(64) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	content JSON NOT NULL, 
	updated_at DATETIME NOT NULL, indexed_at DATETIME, name TEXT, listed BOOLEAN DEFAULT 1 NOT NULL, deleted_at DATETIME, 
	PRIMARY KEY (workspace, id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE consent_answers (
	workspace VARCHAR(64) NOT NULL, 
	portrait VARCHAR(64) NOT NULL, 
	ground VARCHAR(16) NOT NULL, 
	person TEXT NOT NULL, 
	agreed_on DATE, 
	proof VARCHAR(80), 
	proof_name TEXT, 
	PRIMARY KEY (workspace, portrait), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE consents (
	id INTEGER NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	portrait VARCHAR(64) NOT NULL, 
	ground VARCHAR(16) NOT NULL, 
	person TEXT NOT NULL, 
	agreed_on DATE, 
	proof VARCHAR(80), 
	proof_name TEXT, 
	given_by VARCHAR(64) NOT NULL, 
	given_at DATETIME NOT NULL, 
	withdrawn_by VARCHAR(64), 
	withdrawn_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE events (
	job_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (job_id, number), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE TABLE executors (
	id VARCHAR(64) NOT NULL, 
	seen_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE installation (
	name VARCHAR(32) NOT NULL, 
	value VARCHAR(128) NOT NULL, 
	PRIMARY KEY (name)
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
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, 
	started_at DATETIME, 
	ended_at DATETIME, 
	run INTEGER NOT NULL, 
	enqueued BOOLEAN NOT NULL, 
	send_allowed BOOLEAN NOT NULL, 
	dismissed BOOLEAN NOT NULL, 
	last_event INTEGER NOT NULL, payer VARCHAR(16), waiting_for VARCHAR(8), unit_price VARCHAR(64), submitted_at DATETIME, sent JSON, orders INTEGER DEFAULT '0' NOT NULL, parent VARCHAR(32), place INTEGER, fingerprint VARCHAR(64), comparison VARCHAR(32), ordered_by VARCHAR(64), account VARCHAR(32), counted_for VARCHAR(64), unusable_units VARCHAR(40), "indexed" BOOLEAN DEFAULT 0 NOT NULL, seen BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE portrait_library (
	workspace VARCHAR(64) NOT NULL, 
	reference VARCHAR(80) NOT NULL, 
	thumbnail BLOB, 
	used_at DATETIME NOT NULL, 
	removed_at DATETIME, 
	PRIMARY KEY (workspace, reference), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE project_jobs (
	workspace VARCHAR(64) NOT NULL, 
	job_id VARCHAR(32) NOT NULL, 
	project VARCHAR(64) NOT NULL, 
	PRIMARY KEY (workspace, job_id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE pronunciations (
	workspace VARCHAR(64) NOT NULL, 
	written VARCHAR(80) NOT NULL, 
	said TEXT NOT NULL, 
	PRIMARY KEY (workspace, written), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE provider_outputs (
	job_id VARCHAR(32) NOT NULL, 
	account VARCHAR(64) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	deleted_at DATETIME, 
	PRIMARY KEY (job_id)
);
CREATE TABLE reference_index (
	workspace VARCHAR(64) NOT NULL, 
	reference VARCHAR(128) NOT NULL, 
	owner_kind VARCHAR(8) NOT NULL, 
	owner_id VARCHAR(64) NOT NULL, 
	PRIMARY KEY (workspace, reference, owner_kind, owner_id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE resends (
	job_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	counted_for VARCHAR(64), estimate VARCHAR(64), estimate_before VARCHAR(64), unit_price_before VARCHAR(64), 
	PRIMARY KEY (job_id, number), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE TABLE schema_version (
	only INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (only)
);
INSERT INTO "schema_version" VALUES(1,13);
CREATE TABLE signed_videos (
	video_id VARCHAR(32) NOT NULL, 
	workspace VARCHAR(64) NOT NULL, 
	facts JSON NOT NULL, 
	signed_at DATETIME NOT NULL, 
	PRIMARY KEY (video_id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE signing_keys (
	name VARCHAR(32) NOT NULL, 
	certificate TEXT NOT NULL, 
	encrypted_key BLOB NOT NULL, 
	saved_at DATETIME NOT NULL, 
	PRIMARY KEY (name)
);
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
	created_at DATETIME NOT NULL, deleted_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE spoken (
	workspace VARCHAR(64) NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	file TEXT NOT NULL, 
	seconds VARCHAR(64) NOT NULL, 
	words JSON NOT NULL, 
	job_id VARCHAR(32), 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (workspace, fingerprint), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE unused_files (
	workspace VARCHAR(64) NOT NULL, 
	reference TEXT NOT NULL, 
	tried_at DATETIME NOT NULL, 
	PRIMARY KEY (workspace, reference), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE upload_closings (
	url TEXT NOT NULL, 
	account VARCHAR(64) NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (url)
);
CREATE TABLE uploads (
	account VARCHAR(64) NOT NULL, 
	content VARCHAR(128) NOT NULL, 
	url TEXT NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (account, content)
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
	created_at DATETIME NOT NULL, 
	deleted_at DATETIME, 
	search_text TEXT NOT NULL, part BOOLEAN DEFAULT 0 NOT NULL, made_from VARCHAR(32), "indexed" BOOLEAN DEFAULT 0 NOT NULL, favorite BOOLEAN DEFAULT 0 NOT NULL, folder TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
CREATE TABLE workspaces (
	id VARCHAR(64) NOT NULL, 
	token_hash VARCHAR(64), 
	created_at DATETIME NOT NULL, client VARCHAR(64), 
	PRIMARY KEY (id), 
	UNIQUE (token_hash)
);
CREATE INDEX jobs_of_workspace ON jobs (workspace, created_at);
CREATE INDEX jobs_in_state ON jobs (state, created_at);
CREATE INDEX videos_deleted ON videos (deleted_at);
CREATE INDEX assets_by_name ON assets (workspace, kind, name);
CREATE UNIQUE INDEX jobs_by_request ON jobs (request_id);
CREATE INDEX jobs_of_parent ON jobs (parent, place);
CREATE INDEX jobs_by_fingerprint ON jobs (workspace, fingerprint);
CREATE INDEX speeches_of_workspace ON speeches (workspace, created_at);
CREATE INDEX speeches_by_fingerprint ON speeches (workspace, fingerprint);
CREATE INDEX comparisons_of_workspace ON comparisons (workspace, created_at);
CREATE INDEX videos_of_workspace ON videos (workspace, deleted_at, created_at, id);
CREATE INDEX jobs_of_account ON jobs (account, state);
CREATE INDEX jobs_counted_for ON jobs (counted_for, created_at);
CREATE INDEX resends_by_time ON resends (at);
CREATE INDEX references_of_owner ON reference_index (owner_kind, owner_id, workspace);
CREATE INDEX unused_files_by_time ON unused_files (tried_at);
CREATE INDEX videos_to_index ON videos (id) WHERE NOT indexed;
CREATE INDEX jobs_to_index ON jobs (state, id) WHERE NOT indexed;
CREATE INDEX compositions_to_index ON compositions (workspace, id) WHERE indexed_at IS NULL OR indexed_at <> updated_at;
CREATE INDEX videos_made_from ON videos (made_from);
CREATE INDEX speeches_deleted ON speeches (deleted_at);
CREATE INDEX speeches_by_file ON speeches (workspace, file);
CREATE INDEX spoken_by_file ON spoken (workspace, file);
CREATE INDEX workspaces_of_client ON workspaces (client);
CREATE INDEX assets_to_sweep ON assets (put_at) WHERE NOT swept;
CREATE INDEX portrait_library_by_time ON portrait_library (workspace, used_at);
CREATE INDEX portrait_library_removed ON portrait_library (removed_at);
CREATE INDEX jobs_unseen ON jobs (workspace, state) WHERE NOT seen;
CREATE INDEX compositions_deleted ON compositions (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX consents_of_portrait ON consents (workspace, portrait);
CREATE INDEX provider_outputs_left ON provider_outputs (deleted_at, expires_at);
