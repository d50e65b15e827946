/*
 * A server for those who test and measure io/ from outside:
 *
 *	io-peer PORT LOOPS [CERT KEY]
 *
 *	GET /hello          a constant answer
 *	any /echo           the request's body
 *	/ws                 a WebSocket that echoes; texts that begin with '!' are orders:
 *	                    !all TEXT    to every socket of this loop and the others
 *	                    !close CODE REASON
 *	                    !drop
 *	                    !flood N     N frames of a thousand bytes; then "behind" or
 *	                                 "caught up" tells how it went
 *
 * Prints its port; ends on SIGTERM with status 0, when all is closed politely.
 */
#include <semaphore.h>
#include <signal.h>

#include "base/err.h"
#include "io/http_server.h"
#include "io/ws.h"

enum { MAX_LOOPS = 8 };

struct room {
	struct loop *loop;
	struct guest *guests;
};

struct guest {
	struct room *room;
	struct ws *ws;
	struct guest *next, **prev;
};

struct news {
	struct task task;
	struct room *room;
	struct blob *frame;
};

static struct room rooms[MAX_LOOPS];
static size_t n_rooms;

/* ---- WebSockets ---- */

static void on_news(struct loop *loop, struct task *t)
{
	struct news *news = CONTAINER_OF(t, struct news, task);

	for (struct guest *g = news->room->guests; g; g = g->next)
		ws_send(g->ws, news->frame);
	blob_unref(news->frame);
	free(news);
}

static void tell_all(str text)
{
	struct blob *frame = ws_text_frame(text);

	for (size_t i = 0; i < n_rooms; i++) {
		struct news *news = calloc(1, sizeof(*news));

		news->task.run = on_news;
		news->room = &rooms[i];
		news->frame = blob_ref(frame);
		loop_post(rooms[i].loop, &news->task);
	}
	blob_unref(frame);
}

static void flood(struct ws *ws, int64_t n)
{
	char text[1000];
	struct blob *frame;

	memset(text, 'x', sizeof(text));
	frame = ws_text_frame(str_make(text, sizeof(text)));
	for (int64_t i = 0; i < n; i++)
		ws_send(ws, frame);
	blob_unref(frame);
}

static void obey(struct ws *ws, str order)
{
	str word = str_cut(&order, ' ');
	char reason[124] = "";
	int64_t n = 0;

	if (str_is(word, "all")) {
		tell_all(order);
	} else if (str_is(word, "drop")) {
		ws_drop(ws);
	} else if (str_is(word, "flood") && str_int(order, &n)) {
		flood(ws, n);
	} else if (str_is(word, "close")) {
		str code = str_cut(&order, ' ');

		order = str_first_bytes(order, sizeof(reason) - 1);
		if (order.n)
			memcpy(reason, order.p, order.n);
		if (str_int(code, &n))
			ws_close(ws, (int)n, reason);
	}
}

static void on_text(struct ws *ws, str message)
{
	if (str_starts(message, STR("!")))
		obey(ws, str_skip(message, 1));
	else
		ws_send_text(ws, message);
}

static void on_caught_up(struct ws *ws)
{
	ws_send_text(ws, STR("caught up"));
}

static void on_close(struct ws *ws, int code)
{
	struct guest *g = ws_arg(ws);

	*g->prev = g->next;
	if (g->next)
		g->next->prev = g->prev;
	free(g);
}

static const struct ws_handler handler = {
	.on_text = on_text,
	.on_caught_up = on_caught_up,
	.on_close = on_close,
	.max_queue_bytes = 1 << 20,
	.subprotocol = "echo",
};

static struct room *room_of(struct loop *loop)
{
	struct room *room = rooms;

	while (room->loop != loop)
		room++;
	return room;
}

static void open_ws(struct http_req *rq)
{
	struct guest *g = calloc(1, sizeof(*g));
	struct room *room = room_of(rq->loop);

	g->room = room;
	g->ws = http_upgrade(rq, &handler, g);
	if (!g->ws) {
		free(g);
		return;
	}
	g->next = room->guests;
	g->prev = &room->guests;
	if (g->next)
		g->next->prev = &g->next;
	room->guests = g;
}

/* ---- HTTP ---- */

static void handle(struct http_req *rq, void *arg)
{
	if (str_is(rq->path, "/hello"))
		http_reply_bytes(rq, 200, "text/plain",
			STR("Hello, this is a constant answer.\n"));
	else if (str_is(rq->path, "/echo"))
		http_reply_bytes(rq, 200, "application/octet-stream", rq->body);
	else if (str_is(rq->path, "/ws"))
		open_ws(rq);
	else
		http_reply_bytes(rq, 404, "text/plain", STR("not here\n"));
}

/* ---- the end ---- */

static void close_room(struct loop *loop, struct task *t)
{
	for (struct guest *g = room_of(loop)->guests, *next; g; g = next) {
		next = g->next;
		ws_close(g->ws, 1001, "going away");
	}
	free(t);
}

static void post(void *ended)
{
	sem_post(ended);
}

static void stop(struct http_server *server)
{
	sem_t ended;

	for (size_t i = 0; i < n_rooms; i++) {
		struct task *t = calloc(1, sizeof(*t));

		t->run = close_room;
		loop_post(rooms[i].loop, t);
	}
	sem_init(&ended, 0, 0);
	http_server_stop(server, 2000, post, &ended);
	while (sem_wait(&ended))
		;
	sem_destroy(&ended);
}

int main(int argc, char **argv)
{
	struct http_server_config config = { .handle = handle,
		.max_body_bytes = 32 << 20 };
	struct loop *loops[MAX_LOOPS];
	struct http_server *server;
	const char *words;
	char listen[32];
	sigset_t set;
	int64_t n = 1;
	int got;

	if (argc < 3 || !str_int(str_of(argv[2]), &n) || n < 1 || n > MAX_LOOPS)
		fatal("usage: io-peer PORT LOOPS [CERT KEY]");
	config.tls_cert = argc > 4 ? argv[3] : NULL;
	config.tls_key = argc > 4 ? argv[4] : NULL;
	snprintf(listen, sizeof(listen), "127.0.0.1:%s", argv[1]);
	config.listen = listen;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	for (n_rooms = 0; n_rooms < (size_t)n; n_rooms++)
		rooms[n_rooms].loop = loops[n_rooms] = loop_new("peer");
	if (http_server_start(loops, n_rooms, &config, &server, &words) != OK)
		fatal("%s: %s", listen, words);
	for (size_t i = 0; i < n_rooms; i++)
		loop_start(loops[i]);
	printf("%d\n", http_server_port(server));
	fflush(stdout);
	sigwait(&set, &got);
	stop(server);
	for (size_t i = 0; i < n_rooms; i++)
		loop_stop(loops[i]);
	for (size_t i = 0; i < n_rooms; i++)
		loop_join(loops[i]);
	http_server_free(server);
	return 0;
}
