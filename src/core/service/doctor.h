/*
 * core/service/doctor.h - what must always be true of customer service.
 */
#ifndef CORE_SERVICE_DOCTOR_H
#define CORE_SERVICE_DOCTOR_H

#include "core/doctor.h"
#include "store/store.h"

/* One session a customer at an account, served by the one member who is in its chat, and
 * with a time at which it ends. */
enum err service_doctor(struct tx *tx, int64_t corp, doctor_fn *report, void *arg);

#endif
