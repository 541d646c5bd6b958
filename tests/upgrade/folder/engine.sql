BEGIN TRANSACTION;
CREATE TABLE application_versions (
    version_id TEXT NOT NULL PRIMARY KEY,
    version_name TEXT NOT NULL UNIQUE,
    version_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
, "application_name" TEXT DEFAULT NULL);
INSERT INTO "application_versions" VALUES('b259f694-e7b9-4473-89f4-9377fa65a967','1',1796034166000,1796034166000,'talking-head-studio');
CREATE TABLE dbos_migrations (version INTEGER NOT NULL PRIMARY KEY);
INSERT INTO "dbos_migrations" VALUES(125);
CREATE TABLE notifications (
    message_uuid TEXT NOT NULL DEFAULT (hex(randomblob(16))) PRIMARY KEY,
    destination_uuid TEXT NOT NULL,
    topic TEXT,
    message TEXT NOT NULL,
    created_at_epoch_ms INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000), "serialization" TEXT DEFAULT NULL, "consumed" BOOLEAN NOT NULL DEFAULT FALSE, consumed_by_function_id INTEGER,
    FOREIGN KEY (destination_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE "operation_outputs" (
    workflow_uuid TEXT NOT NULL,
    function_id INTEGER NOT NULL,
    function_name TEXT NOT NULL DEFAULT '',
    output TEXT,
    error TEXT,
    child_workflow_id TEXT,
    started_at_epoch_ms INTEGER,
    completed_at_epoch_ms INTEGER,
    serialization TEXT,
    application_name TEXT DEFAULT NULL,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    PRIMARY KEY (workflow_uuid, function_id)
);
CREATE TABLE queues (
    queue_id TEXT PRIMARY KEY DEFAULT (hex(randomblob(16))),
    name TEXT NOT NULL UNIQUE,
    concurrency INTEGER,
    worker_concurrency INTEGER,
    rate_limit_max INTEGER,
    rate_limit_period_sec REAL,
    priority_enabled BOOLEAN NOT NULL DEFAULT FALSE,
    partition_queue BOOLEAN NOT NULL DEFAULT FALSE,
    polling_interval_sec REAL NOT NULL DEFAULT 1.0,
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    updated_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
, "application_name" TEXT DEFAULT NULL, "partition_concurrency" INTEGER DEFAULT NULL, "partition_worker_concurrency" INTEGER DEFAULT NULL, "partition_rate_limit_max" INTEGER DEFAULT NULL, "partition_rate_limit_period_sec" REAL DEFAULT NULL);
INSERT INTO "queues" VALUES('03B175A7400F26F89F12169F061A132D','drafts',NULL,1,NULL,NULL,1,0,0.5,1796034166000,1796034166692,'talking-head-studio',NULL,NULL,NULL,NULL);
INSERT INTO "queues" VALUES('CE0005CA871EF18AD0E30E3EE47EF109','finishing',NULL,1,NULL,NULL,1,0,0.5,1796034166000,1796034166826,'talking-head-studio',NULL,NULL,NULL,NULL);
INSERT INTO "queues" VALUES('992656FF7DEB738F6C2D116339CCBCF1','families',NULL,NULL,NULL,NULL,1,0,0.5,1796034166000,1796034166904,'talking-head-studio',NULL,NULL,NULL,NULL);
INSERT INTO "queues" VALUES('5B992D3D7A96E512E346FAD89914FA05','paid',NULL,NULL,NULL,NULL,1,1,0.1,1796034166000,1796034166940,'talking-head-studio',8,NULL,NULL,NULL);
CREATE TABLE streams (
    workflow_uuid TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    "offset" INTEGER NOT NULL, function_id INTEGER NOT NULL DEFAULT 0, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, key, "offset"),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE workflow_events (
    workflow_uuid TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, key),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid) 
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE workflow_events_history (
    workflow_uuid TEXT NOT NULL,
    function_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, "serialization" TEXT DEFAULT NULL,
    PRIMARY KEY (workflow_uuid, function_id, key),
    FOREIGN KEY (workflow_uuid) REFERENCES workflow_status(workflow_uuid)
        ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE workflow_input (
    workflow_uuid TEXT NOT NULL PRIMARY KEY,
    inputs TEXT,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
);
INSERT INTO "workflow_input" VALUES('52869510207e439dab5eed9de5037482-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCA1Mjg2OTUxMDIwN2U0MzlkYWI1ZWVkOWRlNTAzNzQ4MpSMATCUhpSMBmt3YXJnc5R9lHUu',1796034169000);
INSERT INTO "workflow_input" VALUES('2a6c28ae709544dfadfd5260f224236d-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAyYTZjMjhhZTcwOTU0NGRmYWRmZDUyNjBmMjI0MjM2ZJSMATCUhpSMBmt3YXJnc5R9lHUu',1796034169000);
INSERT INTO "workflow_input" VALUES('2d4a7c105012443c95066405f06b62f5-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAyZDRhN2MxMDUwMTI0NDNjOTUwNjY0MDVmMDZiNjJmNZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034170000);
INSERT INTO "workflow_input" VALUES('2e86d09d577847e9bb60d72abc46b430-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAyZTg2ZDA5ZDU3Nzg0N2U5YmI2MGQ3MmFiYzQ2YjQzMJSMATCUhpSMBmt3YXJnc5R9lHUu',1796034180000);
INSERT INTO "workflow_input" VALUES('4ab1d22a98f7477aa9bb75836c5389ee-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCA0YWIxZDIyYTk4Zjc0NzdhYTliYjc1ODM2YzUzODllZZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034196000);
INSERT INTO "workflow_input" VALUES('85914ea05083402a97498cf876b10edd-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCA4NTkxNGVhMDUwODM0MDJhOTc0OThjZjg3NmIxMGVkZJSMATCUhpSMBmt3YXJnc5R9lHUu',1796034196000);
INSERT INTO "workflow_input" VALUES('06b70c8b8c164721ac5f3d7ea4dbf909-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAwNmI3MGM4YjhjMTY0NzIxYWM1ZjNkN2VhNGRiZjkwOZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034196000);
INSERT INTO "workflow_input" VALUES('3659eb48bb2d4ec993ea1dff03ed83aa-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAzNjU5ZWI0OGJiMmQ0ZWM5OTNlYTFkZmYwM2VkODNhYZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034197000);
INSERT INTO "workflow_input" VALUES('d7772077b68148a2b4e15a64d664805e-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBkNzc3MjA3N2I2ODE0OGEyYjRlMTVhNjRkNjY0ODA1ZZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034197000);
INSERT INTO "workflow_input" VALUES('c086b5080df54402abec938fc0f4d1a7-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBjMDg2YjUwODBkZjU0NDAyYWJlYzkzOGZjMGY0ZDFhN5SMATCUhpSMBmt3YXJnc5R9lHUu',1796034202000);
INSERT INTO "workflow_input" VALUES('d8963d290f29488a866bcf272a2fb42a-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBkODk2M2QyOTBmMjk0ODhhODY2YmNmMjcyYTJmYjQyYZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034202000);
INSERT INTO "workflow_input" VALUES('dd952a7901274155b178f81465df7ed7-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBkZDk1MmE3OTAxMjc0MTU1YjE3OGY4MTQ2NWRmN2VkN5SMATCUhpSMBmt3YXJnc5R9lHUu',1796034202000);
INSERT INTO "workflow_input" VALUES('6be2e205954d4d02b1f632616c084be6-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCA2YmUyZTIwNTk1NGQ0ZDAyYjFmNjMyNjE2YzA4NGJlNpSMATCUhpSMBmt3YXJnc5R9lHUu',1796034206000);
INSERT INTO "workflow_input" VALUES('09aec72605a44451ba5c35cb78d19ecf-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAwOWFlYzcyNjA1YTQ0NDUxYmE1YzM1Y2I3OGQxOWVjZpSMATCUhpSMBmt3YXJnc5R9lHUu',1796034207000);
INSERT INTO "workflow_input" VALUES('ab2b14ede2a846a88583f854224ab9f7-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBhYjJiMTRlZGUyYTg0NmE4ODU4M2Y4NTQyMjRhYjlmN5SMATCUhpSMBmt3YXJnc5R9lHUu',1796034210000);
INSERT INTO "workflow_input" VALUES('fce67bf90c4d440883280f2dfa72c9a9-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBmY2U2N2JmOTBjNGQ0NDA4ODMyODBmMmRmYTcyYzlhOZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034210000);
INSERT INTO "workflow_input" VALUES('3ae748a5d40e4014b76a9b412c684ef4-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAzYWU3NDhhNWQ0MGU0MDE0Yjc2YTliNDEyYzY4NGVmNJSMATCUhpSMBmt3YXJnc5R9lHUu',1796034211000);
INSERT INTO "workflow_input" VALUES('0106dc1985eb4d1984c7a11237f44b1c-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAwMTA2ZGMxOTg1ZWI0ZDE5ODRjN2ExMTIzN2Y0NGIxY5SMATCUhpSMBmt3YXJnc5R9lHUu',1796034213000);
INSERT INTO "workflow_input" VALUES('b83ddd1c58464af38885f8865650edc0-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBiODNkZGQxYzU4NDY0YWYzODg4NWY4ODY1NjUwZWRjMJSMATCUhpSMBmt3YXJnc5R9lHUu',1796034213000);
INSERT INTO "workflow_input" VALUES('ff9c3da8c7a643b492fd107f605ab2de-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBmZjljM2RhOGM3YTY0M2I0OTJmZDEwN2Y2MDVhYjJkZZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034226000);
INSERT INTO "workflow_input" VALUES('b562ea47cca14b7fb36171693668e36b-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBiNTYyZWE0N2NjYTE0YjdmYjM2MTcxNjkzNjY4ZTM2YpSMATCUhpSMBmt3YXJnc5R9lHUu',1796034226000);
INSERT INTO "workflow_input" VALUES('d8dad63d7d6b41e6a41b1e38129f9cd5-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBkOGRhZDYzZDdkNmI0MWU2YTQxYjFlMzgxMjlmOWNkNZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034228000);
INSERT INTO "workflow_input" VALUES('2318c2f85d224d318b0b8403a6a37485-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAyMzE4YzJmODVkMjI0ZDMxOGIwYjg0MDNhNmEzNzQ4NZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034229000);
INSERT INTO "workflow_input" VALUES('7c7b7851de1449979a3eefc8bffc4b43-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCA3YzdiNzg1MWRlMTQ0OTk3OWEzZWVmYzhiZmZjNGI0M5SMATCUhpSMBmt3YXJnc5R9lHUu',1796034229000);
INSERT INTO "workflow_input" VALUES('eb185312a4104db6a7c94e86eebf669d-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBlYjE4NTMxMmE0MTA0ZGI2YTdjOTRlODZlZWJmNjY5ZJSMATCUhpSMBmt3YXJnc5R9lHUu',1796034230000);
INSERT INTO "workflow_input" VALUES('6d7f6cd1c0194b30bca8a9b61e424649-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCA2ZDdmNmNkMWMwMTk0YjMwYmNhOGE5YjYxZTQyNDY0OZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034230000);
INSERT INTO "workflow_input" VALUES('0733b56e95d843579dc5e5f84c813bbb-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAwNzMzYjU2ZTk1ZDg0MzU3OWRjNWU1Zjg0YzgxM2JiYpSMATCUhpSMBmt3YXJnc5R9lHUu',1796034230000);
INSERT INTO "workflow_input" VALUES('8f2c21aee39f4133bfb3f62443223bea-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCA4ZjJjMjFhZWUzOWY0MTMzYmZiM2Y2MjQ0MzIyM2JlYZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034230000);
INSERT INTO "workflow_input" VALUES('bb2e7a47fde54d20b312969892ed043d-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBiYjJlN2E0N2ZkZTU0ZDIwYjMxMjk2OTg5MmVkMDQzZJSMATCUhpSMBmt3YXJnc5R9lHUu',1796034231000);
INSERT INTO "workflow_input" VALUES('01b87160ecf6438685dea029d0f15d98-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAwMWI4NzE2MGVjZjY0Mzg2ODVkZWEwMjlkMGYxNWQ5OJSMATCUhpSMBmt3YXJnc5R9lHUu',1796034231000);
INSERT INTO "workflow_input" VALUES('e9a7903f4f8f429884b6d1590beb0a5f-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCBlOWE3OTAzZjRmOGY0Mjk4ODRiNmQxNTkwYmViMGE1ZpSMATCUhpSMBmt3YXJnc5R9lHUu',1796034231000);
INSERT INTO "workflow_input" VALUES('3d82d595ad2948aca87e5549c6f2d8a1-0','gASVQAAAAAAAAAB9lCiMBGFyZ3OUjCAzZDgyZDU5NWFkMjk0OGFjYTg3ZTU1NDljNmYyZDhhMZSMATCUhpSMBmt3YXJnc5R9lHUu',1796034233000);
CREATE TABLE workflow_output (
    workflow_uuid TEXT NOT NULL PRIMARY KEY,
    output TEXT,
    error TEXT,
    retention_timestamp INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000)
);
INSERT INTO "workflow_output" VALUES('52869510207e439dab5eed9de5037482-0','gAROLg==',NULL,1796034169000);
INSERT INTO "workflow_output" VALUES('2a6c28ae709544dfadfd5260f224236d-0','gAROLg==',NULL,1796034170000);
INSERT INTO "workflow_output" VALUES('2d4a7c105012443c95066405f06b62f5-0','gAROLg==',NULL,1796034171000);
INSERT INTO "workflow_output" VALUES('2e86d09d577847e9bb60d72abc46b430-0','gAROLg==',NULL,1796034190000);
INSERT INTO "workflow_output" VALUES('4ab1d22a98f7477aa9bb75836c5389ee-0','gAROLg==',NULL,1796034196000);
INSERT INTO "workflow_output" VALUES('85914ea05083402a97498cf876b10edd-0','gAROLg==',NULL,1796034197000);
INSERT INTO "workflow_output" VALUES('d7772077b68148a2b4e15a64d664805e-0','gAROLg==',NULL,1796034198000);
INSERT INTO "workflow_output" VALUES('3659eb48bb2d4ec993ea1dff03ed83aa-0','gAROLg==',NULL,1796034198000);
INSERT INTO "workflow_output" VALUES('06b70c8b8c164721ac5f3d7ea4dbf909-0','gAROLg==',NULL,1796034198000);
INSERT INTO "workflow_output" VALUES('d8963d290f29488a866bcf272a2fb42a-0','gAROLg==',NULL,1796034203000);
INSERT INTO "workflow_output" VALUES('dd952a7901274155b178f81465df7ed7-0','gAROLg==',NULL,1796034203000);
INSERT INTO "workflow_output" VALUES('c086b5080df54402abec938fc0f4d1a7-0','gAROLg==',NULL,1796034206000);
INSERT INTO "workflow_output" VALUES('09aec72605a44451ba5c35cb78d19ecf-0','gAROLg==',NULL,1796034207000);
INSERT INTO "workflow_output" VALUES('6be2e205954d4d02b1f632616c084be6-0','gAROLg==',NULL,1796034210000);
INSERT INTO "workflow_output" VALUES('fce67bf90c4d440883280f2dfa72c9a9-0','gAROLg==',NULL,1796034213000);
INSERT INTO "workflow_output" VALUES('0106dc1985eb4d1984c7a11237f44b1c-0','gAROLg==',NULL,1796034225000);
INSERT INTO "workflow_output" VALUES('b83ddd1c58464af38885f8865650edc0-0','gAROLg==',NULL,1796034226000);
INSERT INTO "workflow_output" VALUES('b562ea47cca14b7fb36171693668e36b-0','gAROLg==',NULL,1796034228000);
CREATE TABLE workflow_schedules (
    schedule_id TEXT PRIMARY KEY,
    schedule_name TEXT NOT NULL UNIQUE,
    workflow_name TEXT NOT NULL,
    workflow_class_name TEXT,
    schedule TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'ACTIVE',
    context TEXT NOT NULL
, "last_fired_at" TEXT DEFAULT NULL, "automatic_backfill" BOOLEAN NOT NULL DEFAULT FALSE, "cron_timezone" TEXT DEFAULT NULL, "queue_name" TEXT DEFAULT NULL, "application_name" TEXT DEFAULT NULL);
CREATE TABLE workflow_status (
    workflow_uuid TEXT PRIMARY KEY,
    status TEXT,
    name TEXT,
    authenticated_user TEXT,
    assumed_role TEXT,
    authenticated_roles TEXT,
    request TEXT,
    output TEXT,
    error TEXT,
    executor_id TEXT,
    created_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    updated_at INTEGER NOT NULL DEFAULT (strftime('%s','now') * 1000),
    application_version TEXT,
    application_id TEXT,
    class_name TEXT DEFAULT NULL,
    config_name TEXT DEFAULT NULL,
    recovery_attempts INTEGER DEFAULT 0,
    queue_name TEXT,
    workflow_timeout_ms INTEGER,
    workflow_deadline_epoch_ms INTEGER,
    inputs TEXT,
    started_at_epoch_ms INTEGER,
    deduplication_id TEXT,
    priority INTEGER NOT NULL DEFAULT 0
, queue_partition_key TEXT, forked_from TEXT, "owner_xid" TEXT DEFAULT NULL, "parent_workflow_id" TEXT DEFAULT NULL, "serialization" TEXT DEFAULT NULL, "delay_until_epoch_ms" BIGINT DEFAULT NULL, "was_forked_from" BOOLEAN NOT NULL DEFAULT FALSE, "rate_limited" BOOLEAN NOT NULL DEFAULT FALSE, "completed_at" BIGINT, "attributes" TEXT, "schedule_name" TEXT, "debounce_deadline_epoch_ms" BIGINT DEFAULT NULL, "is_debounced" BOOLEAN NOT NULL DEFAULT FALSE, "application_name" TEXT DEFAULT NULL, "creator_xid" TEXT DEFAULT NULL);
INSERT INTO "workflow_status" VALUES('52869510207e439dab5eed9de5037482-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034169000,1796034169000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034169000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034169000,'null',NULL,NULL,0,'talking-head-studio','6b8c2f14-4530-4bc9-b950-67bbc6634d9a');
INSERT INTO "workflow_status" VALUES('2a6c28ae709544dfadfd5260f224236d-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034169000,1796034170000,'1','',NULL,NULL,1,'drafts',NULL,NULL,NULL,1796034169000,NULL,0,NULL,NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034170000,'null',NULL,NULL,0,'talking-head-studio','d1cc6ce6-f503-486f-bcae-83bc1b338ce3');
INSERT INTO "workflow_status" VALUES('2d4a7c105012443c95066405f06b62f5-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034170000,1796034171000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034170000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034171000,'null',NULL,NULL,0,'talking-head-studio','21e66680-291a-4fca-a8de-b1f4346451cf');
INSERT INTO "workflow_status" VALUES('2e86d09d577847e9bb60d72abc46b430-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034180000,1796034190000,'1','',NULL,NULL,1,'finishing',NULL,NULL,NULL,1796034180000,NULL,0,NULL,NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034190000,'null',NULL,NULL,0,'talking-head-studio','05e3c5b4-33ab-443c-a704-694a34942358');
INSERT INTO "workflow_status" VALUES('4ab1d22a98f7477aa9bb75836c5389ee-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034196000,1796034196000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034196000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034196000,'null',NULL,NULL,0,'talking-head-studio','88e21f4b-59bc-4b2a-a5ff-8bf0bc1e6e32');
INSERT INTO "workflow_status" VALUES('85914ea05083402a97498cf876b10edd-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034196000,1796034197000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034197000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034197000,'null',NULL,NULL,0,'talking-head-studio','c7e63b54-2b24-4f11-aed4-43f8f306db31');
INSERT INTO "workflow_status" VALUES('06b70c8b8c164721ac5f3d7ea4dbf909-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034196000,1796034198000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034197000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034198000,'null',NULL,NULL,0,'talking-head-studio','6ad6b080-13fa-4a6a-b313-19073bd8a8e6');
INSERT INTO "workflow_status" VALUES('3659eb48bb2d4ec993ea1dff03ed83aa-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034197000,1796034198000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034197000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034198000,'null',NULL,NULL,0,'talking-head-studio','83b15aec-2036-4450-957d-bb1ade67f2f8');
INSERT INTO "workflow_status" VALUES('d7772077b68148a2b4e15a64d664805e-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034197000,1796034198000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034197000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034198000,'null',NULL,NULL,0,'talking-head-studio','45861638-d62a-4fcd-832e-abe732e4fbc8');
INSERT INTO "workflow_status" VALUES('c086b5080df54402abec938fc0f4d1a7-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034202000,1796034206000,'1','',NULL,NULL,1,'families',NULL,NULL,NULL,1796034203000,NULL,0,NULL,NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034206000,'null',NULL,NULL,0,'talking-head-studio','f4dacaf8-37f8-4445-b556-c71e3b4643e9');
INSERT INTO "workflow_status" VALUES('d8963d290f29488a866bcf272a2fb42a-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034202000,1796034203000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034203000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034203000,'null',NULL,NULL,0,'talking-head-studio','3d446e73-bfbc-4723-9419-d7ba5fcdf048');
INSERT INTO "workflow_status" VALUES('dd952a7901274155b178f81465df7ed7-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034202000,1796034203000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034203000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034203000,'null',NULL,NULL,0,'talking-head-studio','ab560389-97cc-4613-ba20-3b2363761f79');
INSERT INTO "workflow_status" VALUES('6be2e205954d4d02b1f632616c084be6-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034206000,1796034210000,'1','',NULL,NULL,1,'families',NULL,NULL,NULL,1796034207000,NULL,0,NULL,NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034210000,'null',NULL,NULL,0,'talking-head-studio','4941cce3-2097-4bdf-b40c-2016ff257756');
INSERT INTO "workflow_status" VALUES('09aec72605a44451ba5c35cb78d19ecf-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034207000,1796034207000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034207000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034207000,'null',NULL,NULL,0,'talking-head-studio','4356cd54-5cec-4612-bc05-e085410d5cdb');
INSERT INTO "workflow_status" VALUES('ab2b14ede2a846a88583f854224ab9f7-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034210000,1796034211000,'1','',NULL,NULL,1,'families',NULL,NULL,NULL,1796034211000,NULL,0,NULL,NULL,'97318521-6f80-48d9-8691-225429684869',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','887fa421-7662-481a-8c26-24c3f1d83380');
INSERT INTO "workflow_status" VALUES('fce67bf90c4d440883280f2dfa72c9a9-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034210000,1796034213000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034211000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034213000,'null',NULL,NULL,0,'talking-head-studio','9890ca72-af2b-4f92-a305-aa6a4d4c3916');
INSERT INTO "workflow_status" VALUES('3ae748a5d40e4014b76a9b412c684ef4-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034211000,1796034211000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034211000,NULL,0,'local',NULL,'9b751f0f-69b8-48d1-97a0-1d91c3ce4187',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','d8348335-c17c-4b70-84c1-22542307412d');
INSERT INTO "workflow_status" VALUES('0106dc1985eb4d1984c7a11237f44b1c-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034213000,1796034225000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034213000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034225000,'null',NULL,NULL,0,'talking-head-studio','69a7f66c-5bd5-48f0-84fe-5d9c6d57f817');
INSERT INTO "workflow_status" VALUES('b83ddd1c58464af38885f8865650edc0-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034213000,1796034226000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034213000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034226000,'null',NULL,NULL,0,'talking-head-studio','4a567d00-feb5-4f5e-84d5-afbea725ece3');
INSERT INTO "workflow_status" VALUES('ff9c3da8c7a643b492fd107f605ab2de-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034226000,1796034226000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034226000,NULL,0,'local',NULL,'ecc08fd5-8a12-4d95-8092-85b33e6481f7',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','9793b001-a304-417f-b4c4-2ebce4b17e93');
INSERT INTO "workflow_status" VALUES('b562ea47cca14b7fb36171693668e36b-0','SUCCESS','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034226000,1796034228000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034226000,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,1796034228000,'null',NULL,NULL,0,'talking-head-studio','58fc4990-c8e5-4504-b3fd-b510b488d079');
INSERT INTO "workflow_status" VALUES('d8dad63d7d6b41e6a41b1e38129f9cd5-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034228000,1796034228000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034228000,NULL,0,'local',NULL,'3134f994-8ec9-4c03-9bbe-335bfde6389a',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','d788b750-6850-4f1f-94d2-4ac2927061fe');
INSERT INTO "workflow_status" VALUES('2318c2f85d224d318b0b8403a6a37485-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034229000,1796034229000,'1','',NULL,NULL,1,'families',NULL,NULL,NULL,1796034229000,NULL,0,NULL,NULL,'af624b5c-2aa6-4a9c-a970-353dbbda323b',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','54ab1b6e-c50f-4bac-9643-40739b6f63d9');
INSERT INTO "workflow_status" VALUES('7c7b7851de1449979a3eefc8bffc4b43-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034229000,1796034229000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034229000,NULL,0,'local',NULL,'273be3e9-a2cb-4de8-afd9-ab21db7bde8a',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','9c1c2fa6-5c26-4600-a480-7239d35cea42');
INSERT INTO "workflow_status" VALUES('eb185312a4104db6a7c94e86eebf669d-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034230000,1796034230000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034230000,NULL,0,'local',NULL,'0f6afb88-d08d-4ac5-b16f-72c1850da82b',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','17cfdf34-5a22-45e7-92d3-7b7fc5f38a74');
INSERT INTO "workflow_status" VALUES('6d7f6cd1c0194b30bca8a9b61e424649-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034230000,1796034230000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034230000,NULL,0,'local',NULL,'7348dda9-61d3-406a-89c9-725b87585c11',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','21bee5bd-0c12-412c-8306-56fe08ae873d');
INSERT INTO "workflow_status" VALUES('0733b56e95d843579dc5e5f84c813bbb-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034230000,1796034231000,'1','',NULL,NULL,1,'drafts',NULL,NULL,NULL,1796034231000,NULL,0,NULL,NULL,'1ce93773-8a9e-45f7-bc69-cf2bc5803404',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','adb62ad1-5418-48c4-b1f0-674e83174bef');
INSERT INTO "workflow_status" VALUES('8f2c21aee39f4133bfb3f62443223bea-0','ENQUEUED','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034230000,1796034230000,'1','',NULL,NULL,0,'drafts',NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','0ec2c00a-5fc6-4629-aab1-b041c773577e');
INSERT INTO "workflow_status" VALUES('bb2e7a47fde54d20b312969892ed043d-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034231000,1796034231000,'1','',NULL,NULL,1,'finishing',NULL,NULL,NULL,1796034231000,NULL,0,NULL,NULL,'a0a9b604-1d05-429d-a801-483d8528657d',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','8fd62fd1-d9ce-403c-a6f4-1dc9134dab78');
INSERT INTO "workflow_status" VALUES('01b87160ecf6438685dea029d0f15d98-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034231000,1796034231000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034231000,NULL,0,'local',NULL,'834264ac-80a5-48d6-b0d0-1fb64c5f6fda',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','cc838801-d61e-4b3d-896c-e0901e8be8a9');
INSERT INTO "workflow_status" VALUES('e9a7903f4f8f429884b6d1590beb0a5f-0','PENDING','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034231000,1796034231000,'1','',NULL,NULL,1,'paid',NULL,NULL,NULL,1796034231000,NULL,0,'local',NULL,'90b355f2-6ca6-4cb6-9bc9-26a2febfcac1',NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','541fcf0e-998c-447a-91a6-72f8ebb4efcc');
INSERT INTO "workflow_status" VALUES('3d82d595ad2948aca87e5549c6f2d8a1-0','ENQUEUED','render',NULL,NULL,NULL,NULL,NULL,NULL,'local',1796034233000,1796034233000,'1','',NULL,NULL,0,'paid',NULL,NULL,NULL,NULL,NULL,0,'local',NULL,NULL,NULL,'py_pickle',NULL,0,0,NULL,'null',NULL,NULL,0,'talking-head-studio','941d460a-f7d0-4fc4-b6fe-bff91cf1657b');
CREATE INDEX workflow_status_created_at_index ON workflow_status (created_at);
CREATE INDEX idx_workflow_topic ON notifications (destination_uuid, topic);
CREATE INDEX "idx_workflow_status_delayed" ON "workflow_status" ("delay_until_epoch_ms") WHERE status = 'DELAYED';
CREATE INDEX "idx_workflow_status_forked_from" ON "workflow_status" ("forked_from") WHERE "forked_from" IS NOT NULL;
CREATE INDEX "idx_workflow_status_parent_workflow_id" ON "workflow_status" ("parent_workflow_id") WHERE "parent_workflow_id" IS NOT NULL;
CREATE UNIQUE INDEX "uq_workflow_status_dedup_id" ON "workflow_status" ("queue_name", "deduplication_id") WHERE "deduplication_id" IS NOT NULL;
CREATE INDEX "idx_workflow_status_pending" ON "workflow_status" ("created_at") WHERE "status" = 'PENDING';
CREATE INDEX "idx_workflow_status_failed" ON "workflow_status" ("status", "created_at") WHERE "status" IN ('ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED');
CREATE INDEX "idx_workflow_status_rate_limited" ON "workflow_status" ("queue_name", "started_at_epoch_ms") WHERE "rate_limited" = TRUE;
CREATE INDEX "idx_workflow_status_completed_at" ON "workflow_status" ("completed_at") WHERE "completed_at" IS NOT NULL;
CREATE INDEX "idx_workflow_status_started_at" ON "workflow_status" ("started_at_epoch_ms") WHERE "started_at_epoch_ms" IS NOT NULL;
CREATE INDEX "idx_workflow_status_schedule_name" ON "workflow_status" ("schedule_name") WHERE "schedule_name" IS NOT NULL;
CREATE UNIQUE INDEX "uq_application_versions_owner_version"
    ON application_versions ("application_name", "version_name")
    WHERE "application_name" IS NOT NULL;
CREATE UNIQUE INDEX "uq_application_versions_unclaimed_version"
    ON application_versions ("version_name")
    WHERE "application_name" IS NULL;
CREATE INDEX idx_workflow_input_retention
    ON workflow_input (retention_timestamp);
CREATE INDEX idx_workflow_output_retention
    ON workflow_output (retention_timestamp);
CREATE INDEX idx_operation_outputs_retention
    ON operation_outputs (retention_timestamp);
CREATE INDEX "idx_workflow_status_in_flight_v2" ON "workflow_status" ("queue_name", "status", "priority", "created_at", "application_name") WHERE "status" IN ('ENQUEUED', 'PENDING');
CREATE INDEX "idx_workflow_status_partition_dequeue_v3" ON "workflow_status" ("queue_name", "status", "queue_partition_key", "priority", "created_at", "workflow_uuid", "application_name") WHERE "status" IN ('ENQUEUED', 'PENDING') AND "queue_partition_key" IS NOT NULL;
CREATE INDEX "idx_operation_outputs_completed_at_function_name_v2" ON "operation_outputs" ("completed_at_epoch_ms", "function_name", "application_name");
CREATE INDEX "idx_workflow_status_deadline" ON "workflow_status" ("workflow_deadline_epoch_ms") WHERE "status" IN ('ENQUEUED', 'PENDING', 'DELAYED') AND "workflow_deadline_epoch_ms" IS NOT NULL;
CREATE INDEX "idx_application_versions_timestamp" ON "application_versions" ("version_timestamp" DESC);
CREATE INDEX "idx_application_versions_owner_timestamp" ON "application_versions" ("application_name", "version_timestamp" DESC);
COMMIT;
