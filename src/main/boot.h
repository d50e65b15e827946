/*
 * main/boot.h - the parts of the program, put together and taken apart.
 *
 * The command line opens only the store (boot_store); the server all of it.
 */
#ifndef MAIN_BOOT_H
#define MAIN_BOOT_H

#include "frame/gate.h"
#include "main/settings.h"

/* Keys, media folder and store of settings->data.  ERR_CONFLICT when another
 * process has the folder; the words say which. */
enum err boot_store(struct ctx *cx, const struct settings *s,
	void (*on_commit)(void *, struct store_event *), struct store **out);

/* public_url, or what follows from the listen address; no slash at the end. */
str boot_public_url(struct arena *mem, const struct settings *s);

/* The rows of all doors. */
struct gate *boot_gate(struct house *house);

/* Runs the server until SIGTERM or SIGINT; returns the exit status. */
int boot_serve(const struct settings *s);

#endif
