/*
 * main/settings.h - what an operator may choose; see settings.def.
 */
#ifndef MAIN_SETTINGS_H
#define MAIN_SETTINGS_H

#include "base/arena.h"

struct settings {
#define T(name, value, english, chinese) const char *name;
#define I(name, value, min, max, english, chinese) int64_t name;
#include "main/settings.def"
#undef T
#undef I
};

/* Defaults, then the file of --config, then LIAISON_…, then options.  Options are
 * taken out of argv; what remains (the command and its words) is left in order.
 * A bad setting stops the program with a sentence that names it. */
void settings_read(struct settings *out, struct arena *mem, int *argc, char **argv);
/* A commented sample of the ini file, with the defaults. */
str settings_sample(struct arena *mem);

#endif
