-- Published pictures, the product album, moments.

CREATE INDEX media_published ON media (corp, created_ms) WHERE kind = 'uploadimg';

CREATE TABLE product (
	corp I64 NOT NULL,
	product I64 NOT NULL,
	description TEXT NOT NULL,
	price I64 NOT NULL,             -- fen
	product_sn TEXT NOT NULL,
	pictures TEXT NOT NULL,         -- JSON list of media keys
	app I64 NOT NULL,               -- agentid of the one that added it, 0: the console
	deleted I64 NOT NULL,           -- 1: kept to tell that it was there
	created_ms I64 NOT NULL,
	changed_ms I64 NOT NULL,
	PRIMARY KEY (corp, product)
) CLUSTERED;
