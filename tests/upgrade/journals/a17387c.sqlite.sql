BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0012');
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
INSERT INTO "assets" VALUES('local','asset:0000000000000000000000000000000000000000000000000000000000000001.jpg','portrait','Ägnes.jpg','{"width": 900, "face": [0.1, 0.2, 0.3, 0.4], "notes": []}','2026-11-20 09:30:15.123456',0);
INSERT INTO "assets" VALUES('a1b2','asset:0000000000000000000000000000000000000000000000000000000000000002.wav','recording','take 1.wav','{"seconds": 1.5}','2026-11-20 09:37:15.123457',1);
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
INSERT INTO "captions" VALUES('00000000000000000000000000000032','local','script','[{"text": "Gr\u00fc\u00dfe", "start": 0.1, "end": 0.5}]','{"0": "Gru\u00df"}','[[0.0, 0.5, 0.4]]','2026-11-20 09:37:15.123457');
INSERT INTO "captions" VALUES('00000000000000000000000000000036','local','heard','[]','{}',NULL,'2026-11-20 09:30:15.123456');
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
INSERT INTO "comparisons" VALUES('0000000000000000000000000000003c','local','Which?',1,NULL,'2026-11-20 09:30:15.123456',NULL);
INSERT INTO "comparisons" VALUES('0000000000000000000000000000003d','a1b2','',0,'00000000000000000000000000000002','2026-11-20 09:30:15.123456','2026-11-20 09:37:15.123457');
CREATE TABLE "compositions" (
	workspace VARCHAR(64) NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	content JSON NOT NULL, 
	updated_at DATETIME NOT NULL, indexed_at DATETIME, name TEXT, listed BOOLEAN DEFAULT 1 NOT NULL, deleted_at DATETIME, 
	PRIMARY KEY (workspace, id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
INSERT INTO "compositions" VALUES('local','cccccccccccccccccccccccccccccccc','{"script": "Zwei\nZeilen", "models": ["fal-ai/infinitalk"], "crop": null, "seed": 7}','2026-11-20 09:37:15.123457',NULL,NULL,1,NULL);
INSERT INTO "compositions" VALUES('a1b2','dddddddddddddddddddddddddddddddd','{}','2026-11-20 09:30:15.123456','2026-11-20 09:30:15.123456',NULL,1,NULL);
CREATE TABLE events (
	job_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR(8) NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (job_id, number), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "events" VALUES('00000000000000000000000000000002',1,'2026-11-20 09:30:16.123456','state','rendering');
INSERT INTO "events" VALUES('00000000000000000000000000000002',2,'2026-11-20 09:30:17.123456','state','done');
INSERT INTO "events" VALUES('00000000000000000000000000000003',1,'2026-11-20 09:30:16.123456','state','rendering');
INSERT INTO "events" VALUES('00000000000000000000000000000003',2,'2026-11-20 09:30:17.123456','log','50%|█████     | 5/10');
INSERT INTO "events" VALUES('00000000000000000000000000000004',1,'2026-11-20 09:30:16.123456','note','The order was sent and no answer came back.');
INSERT INTO "events" VALUES('00000000000000000000000000000005',1,'2026-11-20 09:30:16.123456','state','storing');
INSERT INTO "events" VALUES('00000000000000000000000000000005',2,'2026-11-20 09:30:17.123456','log','');
INSERT INTO "events" VALUES('00000000000000000000000000000005',3,'2026-11-20 09:30:18.123456','state','failed');
CREATE TABLE executors (
	id VARCHAR(64) NOT NULL, 
	seen_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "executors" VALUES('host-1','2026-11-20 09:30:15.123456');
INSERT INTO "executors" VALUES('host-2','2026-11-20 09:37:15.123457');
CREATE TABLE installation (
	name VARCHAR(32) NOT NULL, 
	value VARCHAR(128) NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "installation" VALUES('address_secret','0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO "installation" VALUES('another','1');
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
INSERT INTO "jobs" VALUES('00000000000000000000000000000001','local','draft','{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\u00fc\u00dfe, \u4e16\u754c \u2013 \u201cit\u2019s\u201d 100 % ''quoted''.", "seed": 7}','Video 1','waiting','5.80','0',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'2026-11-20 09:30:15.123456','2026-11-20 09:30:15.123456',NULL,NULL,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO "jobs" VALUES('00000000000000000000000000000002','local','draft','{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\u00fc\u00dfe, \u4e16\u754c \u2013 \u201cit\u2019s\u201d 100 % ''quoted''.", "seed": 7}','Video 2','done','5.80','0',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,'00000000000000000000000000000032','2026-11-20 09:30:15.123456','2026-11-20 09:30:15.123456',NULL,NULL,0,1,0,0,2,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO "jobs" VALUES('00000000000000000000000000000003','local','fal-ai/infinitalk','{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}','Video 3','rendering','5.80','0',NULL,'running',NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'2026-11-20 09:30:15.123456','2026-11-20 09:30:15.123456',NULL,NULL,0,1,0,0,2,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO "jobs" VALUES('00000000000000000000000000000004','a1b2','fal-ai/infinitalk','{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}','Video 4','unconfirmed','5.80','0',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'2026-11-20 09:30:15.123456','2026-11-20 09:30:15.123456',NULL,NULL,1,0,0,0,1,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
INSERT INTO "jobs" VALUES('00000000000000000000000000000005','local','fal-ai/infinitalk','{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}','Video 5','failed','61.2500','12.3456789012','12.30','9f1c-request',0.375,12.5,3,1,'It’s gone; “why” is not known.','image_url',1,'00000000000000000000000000000032','2026-11-20 09:30:15.123456','2026-11-20 09:37:15.123457','2026-11-20 09:37:15.123457','2026-11-20 09:37:15.123457',3,1,1,1,3,'own','key','0.0002','2026-11-20 09:37:15.123457','{"image_url": "https://v3.fal.media/files/b/1/2.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}',2,'00000000000000000000000000000004',1,'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff','0000000000000000000000000000003c','a1b2','77777777777777777777777777777777','5555555555555555555555555555555555555555','1e-7',1,0);
INSERT INTO "jobs" VALUES('00000000000000000000000000000006','local','fal-ai/infinitalk','{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "audio_url": "asset:0000000000000000000000000000000000000000000000000000000000000002.wav", "prompt": "She speaks.", "num_frames": 41}','Video 6','storing','5.80','0',NULL,'rendered',NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,'2026-11-20 09:30:15.123456','2026-11-20 09:30:15.123456',NULL,NULL,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0);
CREATE TABLE portrait_library (
	workspace VARCHAR(64) NOT NULL, 
	reference VARCHAR(80) NOT NULL, 
	thumbnail BLOB, 
	used_at DATETIME NOT NULL, 
	removed_at DATETIME, 
	PRIMARY KEY (workspace, reference), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
INSERT INTO "portrait_library" VALUES('local','asset:0000000000000000000000000000000000000000000000000000000000000001.jpg',NULL,'2026-11-20 09:30:15.123456',NULL);
INSERT INTO "portrait_library" VALUES('a1b2','asset:0000000000000000000000000000000000000000000000000000000000000001.jpg',X'FFD8FFD9','2026-11-20 09:37:15.123457','2026-11-20 09:37:15.123457');
CREATE TABLE project_jobs (
	workspace VARCHAR(64) NOT NULL, 
	job_id VARCHAR(32) NOT NULL, 
	project VARCHAR(64) NOT NULL, 
	PRIMARY KEY (workspace, job_id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
INSERT INTO "project_jobs" VALUES('local','00000000000000000000000000000002','cccccccccccccccccccccccccccccccc');
INSERT INTO "project_jobs" VALUES('a1b2','00000000000000000000000000000004','dddddddddddddddddddddddddddddddd');
CREATE TABLE pronunciations (
	workspace VARCHAR(64) NOT NULL, 
	written VARCHAR(80) NOT NULL, 
	said TEXT NOT NULL, 
	PRIMARY KEY (workspace, written), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
INSERT INTO "pronunciations" VALUES('local','Nguyễn','win');
INSERT INTO "pronunciations" VALUES('a1b2','SQL','sequel');
CREATE TABLE reference_index (
	workspace VARCHAR(64) NOT NULL, 
	reference VARCHAR(128) NOT NULL, 
	owner_kind VARCHAR(8) NOT NULL, 
	owner_id VARCHAR(64) NOT NULL, 
	PRIMARY KEY (workspace, reference, owner_kind, owner_id), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
INSERT INTO "reference_index" VALUES('a1b2','asset:0000000000000000000000000000000000000000000000000000000000000001.jpg','video','00000000000000000000000000000034');
INSERT INTO "reference_index" VALUES('local','asset:0000000000000000000000000000000000000000000000000000000000000002.wav','job','00000000000000000000000000000005');
CREATE TABLE resends (
	job_id VARCHAR(32) NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	counted_for VARCHAR(64), estimate VARCHAR(64), estimate_before VARCHAR(64), unit_price_before VARCHAR(64), 
	PRIMARY KEY (job_id, number), 
	FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
INSERT INTO "resends" VALUES('00000000000000000000000000000004',1,'2026-11-20 09:37:15.123457','5555555555555555555555555555555555555555','0.4150','0.40','0.0002');
INSERT INTO "resends" VALUES('00000000000000000000000000000005',2,'2026-11-20 09:30:15.123456',NULL,NULL,NULL,NULL);
CREATE TABLE schema_version (
	only INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (only)
);
INSERT INTO "schema_version" VALUES(1,12);
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
INSERT INTO "speeches" VALUES('00000000000000000000000000000046','local','0000000000000000000000000000000000000000000000000000000000000046','Hello there.','{"id": "af_heart"}','en','asset:0000000000000000000000000000000000000000000000000000000000000002.wav','1.025','[{"text": "Hello there.", "start": 0.1, "end": 0.9}]','[{"text": "Hello there.", "start": 0.1, "end": 0.9}]','0.0125','2026-11-20 09:30:15.123456',NULL);
INSERT INTO "speeches" VALUES('00000000000000000000000000000047','a1b2','0000000000000000000000000000000000000000000000000000000000000047','Hello there.','{"id": "af_heart"}','en','asset:0000000000000000000000000000000000000000000000000000000000000002.wav','1.025','[{"text": "Hello there.", "start": 0.1, "end": 0.9}]','[{"text": "Hello there.", "start": 0.1, "end": 0.9}]','0.0125','2026-11-20 09:30:15.123456','2026-11-20 09:37:15.123457');
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
INSERT INTO "spoken" VALUES('local','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','asset:0000000000000000000000000000000000000000000000000000000000000002.wav','0.8','[{"text": "Hello", "start": 0.0, "end": 0.4}]','00000000000000000000000000000002','2026-11-20 09:30:15.123456');
INSERT INTO "spoken" VALUES('a1b2','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','asset:0000000000000000000000000000000000000000000000000000000000000002.wav','0.80','[]',NULL,'2026-11-20 09:37:15.123457');
CREATE TABLE unused_files (
	workspace VARCHAR(64) NOT NULL, 
	reference TEXT NOT NULL, 
	tried_at DATETIME NOT NULL, 
	PRIMARY KEY (workspace, reference), 
	FOREIGN KEY(workspace) REFERENCES workspaces (id)
);
INSERT INTO "unused_files" VALUES('local','asset:0000000000000000000000000000000000000000000000000000000000000009.wav','2026-11-20 09:30:15.123456');
INSERT INTO "unused_files" VALUES('a1b2','asset:0000000000000000000000000000000000000000000000000000000000000009.wav','2026-11-20 09:37:15.123457');
CREATE TABLE uploads (
	account VARCHAR(64) NOT NULL, 
	content VARCHAR(128) NOT NULL, 
	url TEXT NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (account, content)
);
INSERT INTO "uploads" VALUES('9999999999999999999999999999999999999999999999999999999999999999','asset:0000000000000000000000000000000000000000000000000000000000000001.jpg','https://v3.fal.media/1','2026-11-20 09:37:15.123457');
INSERT INTO "uploads" VALUES('8888888888888888888888888888888888888888888888888888888888888888','asset:0000000000000000000000000000000000000000000000000000000000000002.wav','https://v3.fal.media/2','2026-11-20 09:30:15.123456');
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
INSERT INTO "videos" VALUES('00000000000000000000000000000032','local','00000000000000000000000000000002','draft','{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\u00fc\u00dfe, \u4e16\u754c \u2013 \u201cit\u2019s\u201d 100 % ''quoted''.", "seed": 7}','A draft','asset:0000000000000000000000000000000000000000000000000000000000000032.mp4','asset:0000000000000000000000000000000000000000000000000000000000000033.jpg',5.83,512,512,25.0,'0.4150',NULL,'2026-11-20 09:30:15.123456',NULL,'a draft grüsse',0,NULL,0,0,NULL);
INSERT INTO "videos" VALUES('00000000000000000000000000000034','a1b2','00000000000000000000000000000002','draft','{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\u00fc\u00dfe, \u4e16\u754c \u2013 \u201cit\u2019s\u201d 100 % ''quoted''.", "seed": 7}','A draft','asset:0000000000000000000000000000000000000000000000000000000000000034.mp4','asset:0000000000000000000000000000000000000000000000000000000000000035.jpg',5.83,512,512,25.0,'0.4150','18446744073709551617','2026-11-20 09:30:15.123456','2026-11-20 09:37:15.123457','a draft grüsse',1,NULL,1,1,'Größe');
INSERT INTO "videos" VALUES('00000000000000000000000000000036','local','00000000000000000000000000000002','studio/finish','{"image_url": "asset:0000000000000000000000000000000000000000000000000000000000000001.jpg", "script_text": "Gr\u00fc\u00dfe, \u4e16\u754c \u2013 \u201cit\u2019s\u201d 100 % ''quoted''.", "seed": 7}','A draft','asset:0000000000000000000000000000000000000000000000000000000000000036.mp4','asset:0000000000000000000000000000000000000000000000000000000000000037.jpg',5.83,512,512,25.0,'0.4150',NULL,'2026-11-20 09:30:15.123456',NULL,'a draft grüsse',0,'00000000000000000000000000000032',0,0,NULL);
CREATE TABLE workspaces (
	id VARCHAR(64) NOT NULL, 
	token_hash VARCHAR(64), 
	created_at DATETIME NOT NULL, client VARCHAR(64), 
	PRIMARY KEY (id), 
	UNIQUE (token_hash)
);
INSERT INTO "workspaces" VALUES('local',NULL,'2026-11-20 09:30:15.123456',NULL);
INSERT INTO "workspaces" VALUES('a1b2','eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee','2026-11-20 09:37:15.123457','5555555555555555555555555555555555555555');
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
COMMIT;
