-- Rules of a corp that are not the default (core/directory/corp_settings.def).

CREATE TABLE corp_setting (
	corp I64 NOT NULL,
	name TEXT NOT NULL,
	value I64 NOT NULL,
	PRIMARY KEY (corp, name)
) CLUSTERED;
