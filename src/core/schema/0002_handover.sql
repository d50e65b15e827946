-- Handover of customers, and the ledger of who served whom.

-- A handed over follow remembers the chat, which is the successor's now (4: transferred).
DROP INDEX follow_by_chat;
CREATE UNIQUE INDEX follow_by_chat ON follow (corp, chat) WHERE status <> 4;

-- 1: handovers of this corp are done at once, 0: after a day, as WeCom does
ALTER TABLE corp ADD COLUMN handover_at_once I64 NOT NULL DEFAULT 0;

-- when he left or was disabled; 0 while he may act
ALTER TABLE member ADD COLUMN left_ms I64 NOT NULL DEFAULT 0;
CREATE INDEX member_gone ON member (corp, member) WHERE status IN (2, 5);

CREATE TABLE handover (
	corp I64 NOT NULL,
	handover I64 NOT NULL,
	kind I64 NOT NULL,              -- enum handover_kind: 1 in service, 2 resigned
	status I64 NOT NULL,            -- WeCom's: 1 done, 2 waiting, 3 refused, 4 successor cannot
	customer I64 NOT NULL,
	from_member I64 NOT NULL,
	to_member I64 NOT NULL,
	chat I64 NOT NULL,
	oper_userid TEXT NOT NULL,      -- the administrator who assigned, empty: an app or the operator
	words TEXT NOT NULL,            -- what the successor says first, empty for nothing
	created_ms I64 NOT NULL,
	due_ms I64 NOT NULL,            -- until when the customer may refuse; a waiting one is done then
	done_ms I64 NOT NULL,           -- 0 while it waits
	PRIMARY KEY (corp, handover)
) CLUSTERED;
CREATE INDEX handover_by_members ON handover (corp, kind, from_member, to_member, handover);
CREATE INDEX handover_by_customer ON handover (corp, customer, handover);
CREATE INDEX handover_by_chat ON handover (corp, chat, handover);
CREATE INDEX handover_due ON handover (corp, due_ms, handover) WHERE status = 2;

-- append-only; each row's hash covers all before it (doc/ledger.md)
CREATE TABLE ledger (
	corp I64 NOT NULL,
	entry I64 NOT NULL,             -- dense, from 1
	time_ms I64 NOT NULL,
	kind TEXT NOT NULL,
	customer TEXT NOT NULL,         -- external_userid
	member TEXT NOT NULL,           -- userid
	other TEXT NOT NULL,            -- userid of a second member, empty for none
	actor TEXT NOT NULL,            -- "member:admin", "app:1000002", "consumer", "operator"
	detail TEXT NOT NULL,
	hash BYTES NOT NULL,            -- SHA-256
	PRIMARY KEY (corp, entry)
) CLUSTERED;
CREATE INDEX ledger_by_customer ON ledger (corp, customer, entry);
