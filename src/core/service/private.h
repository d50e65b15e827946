/*
 * core/service/private.h - between the files of core/service.
 */
#ifndef CORE_SERVICE_PRIVATE_H
#define CORE_SERVICE_PRIVATE_H

#include "core/service/account.h"
#include "core/service/hours.h"
#include "core/service/servicer.h"

#endif
