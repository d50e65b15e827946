#include "api/api.h"
#include "core/media/media.h"

str api_picture_url(struct req *rq, str media_key)
{
	str path = media_public_path(rq->cx->mem, rq->cx->actor.corp, media_key);

	return path.n ? arena_concat(rq->cx->mem, rq->house->public_url, path) : path;
}
