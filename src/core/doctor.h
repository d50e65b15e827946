/*
 * core/doctor.h - each area checks what must always be true of its tables.
 */
#ifndef CORE_DOCTOR_H
#define CORE_DOCTOR_H

#include "base/str.h"

/* Called with one sentence for each thing that is wrong. */
typedef void doctor_fn(void *arg, str words);

#endif
