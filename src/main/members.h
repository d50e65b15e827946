/*
 * main/members.h - a CSV file of members, read and imported.
 */
#ifndef MAIN_MEMBERS_H
#define MAIN_MEMBERS_H

#include "main/command.h"

/* Imports the file into the command's corp and prints what it did. */
enum err members_import_file(struct command_call *call, const char *path);

#endif
