-- Strategies, the rules of handover, heads of the ledger, exports.

-- a group of rules (规则组): whom it concerns and what those may do
CREATE TABLE strategy (
	corp I64 NOT NULL,
	strategy I64 NOT NULL,          -- dense, from 1; a number is never given again
	kind I64 NOT NULL,              -- enum strategy_kind: 1 customers, 2 moments
	parent I64 NOT NULL,            -- 0: of the first level
	root I64 NOT NULL,              -- of the first level, itself there
	level I64 NOT NULL,             -- from 1
	app I64 NOT NULL,               -- which made it
	name TEXT NOT NULL,
	privileges I64 NOT NULL,        -- bits of core/strategy/strategy.h; the root's count
	created_ms I64 NOT NULL,
	deleted I64 NOT NULL,
	PRIMARY KEY (corp, strategy)
) CLUSTERED;
CREATE INDEX strategy_by_kind ON strategy (corp, kind, strategy) WHERE deleted = 0;
CREATE INDEX strategy_by_parent ON strategy (corp, parent, strategy) WHERE deleted = 0;
CREATE INDEX strategy_by_root ON strategy (corp, root, strategy) WHERE deleted = 0;

CREATE TABLE strategy_admin (
	corp I64 NOT NULL,
	strategy I64 NOT NULL,
	member I64 NOT NULL,
	position I64 NOT NULL,
	PRIMARY KEY (corp, strategy, member)
) CLUSTERED;
CREATE INDEX strategy_admin_by_member ON strategy_admin (corp, member, strategy);

CREATE TABLE strategy_range (
	corp I64 NOT NULL,
	strategy I64 NOT NULL,
	kind I64 NOT NULL,              -- 1 member, 2 department
	target I64 NOT NULL,
	PRIMARY KEY (corp, strategy, kind, target)
) CLUSTERED;
CREATE INDEX strategy_range_by_target ON strategy_range (corp, kind, target, strategy);

-- whose tags: 0 the whole corp's, else a strategy's
ALTER TABLE tag_group ADD COLUMN strategy I64 NOT NULL DEFAULT 0;

-- a picture beside the member's notes
ALTER TABLE follow ADD COLUMN remark_pic TEXT NOT NULL DEFAULT '';

-- who follows when somebody leaves; in order of position, the first that fits decides
CREATE TABLE handover_rule (
	corp I64 NOT NULL,
	position I64 NOT NULL,          -- from 1
	when_kind I64 NOT NULL,         -- enum handover_when: 1 always, 2 tag, 3 department
	when_target I64 NOT NULL,       -- the tag or department, 0 none
	to_kind I64 NOT NULL,           -- enum handover_to: 1 manager, 2 member, 3 department, 4 nobody
	to_target I64 NOT NULL,         -- the member or department, 0 none
	PRIMARY KEY (corp, position)
) CLUSTERED;

-- somebody with more customers than one transaction hands over; the clock goes on
CREATE TABLE handover_leaving (
	corp I64 NOT NULL,
	member I64 NOT NULL,
	after I64 NOT NULL,             -- the last customer looked at
	departments TEXT NOT NULL,      -- in which he stood, "1,5"
	oper_userid TEXT NOT NULL,
	PRIMARY KEY (corp, member)
) CLUSTERED;

-- the rule's position that decided, 0: somebody assigned
ALTER TABLE handover ADD COLUMN rule I64 NOT NULL DEFAULT 0;
CREATE INDEX handover_by_from ON handover (corp, from_member, handover);

-- once a day the ledger's end is signed; who keeps a head can show that nothing was cut off
CREATE TABLE ledger_head (
	corp I64 NOT NULL,
	entry I64 NOT NULL,             -- the last of that time
	line TEXT NOT NULL,             -- what is signed (doc/ledger.md)
	signature BYTES NOT NULL,       -- Ed25519
	public_key BYTES NOT NULL,      -- by which it can be checked
	day I64 NOT NULL,               -- days since 1970, UTC
	PRIMARY KEY (corp, entry)
) CLUSTERED;
