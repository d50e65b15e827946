/*
 * tools/liaison-load/mqtt.c - MQTT 3.1.1, QoS 1, sessions that persist.
 *
 * A client subscribes to its own topic and publishes to its partner's.  A message
 * is accepted with PUBACK; what comes is acknowledged at once.
 */
#include "load.h"

#include <endian.h>

enum {
	CONNECT = 0x10,
	CONNACK = 0x20,
	PUBLISH_1 = 0x32,
	PUBACK = 0x40,
	SUBSCRIBE = 0x82,
	SUBACK = 0x90
};

static void put_size(struct peer *p, size_t n)
{
	do {
		uint8_t byte = (uint8_t)(n & 127);

		n >>= 7;
		byte |= n ? 128 : 0;
		put(p, &byte, 1);
	} while (n);
}

static void put_u16(struct peer *p, size_t n)
{
	uint16_t n16 = htobe16((uint16_t)n);

	put(p, &n16, 2);
}

static void put_head(struct peer *p, int kind, size_t n)
{
	uint8_t byte = (uint8_t)kind;

	put(p, &byte, 1);
	put_size(p, n);
}

static void put_string(struct peer *p, const char *s)
{
	put_u16(p, strlen(s));
	put(p, s, strlen(s));
}

static void topic_of(uint32_t index, char out[16])
{
	snprintf(out, 16, "to/%07u", index);
}

static void open_session(struct peer *p)
{
	char id[16];

	snprintf(id, sizeof(id), "c%u", p->index);
	put_head(p, CONNECT, 10 + 2 + strlen(id));
	put_string(p, "MQTT");
	put(p, "\x04\x00\x00\x00", 4); /* level 4; a session that stays; no keep-alive */
	put_string(p, id);
}

static void subscribe(struct peer *p)
{
	char topic[16];

	topic_of(p->index, topic);
	put_head(p, SUBSCRIBE, 2 + 2 + strlen(topic) + 1);
	put_u16(p, 1);
	put_string(p, topic);
	put(p, "\x01", 1);
}

static void hear_publish(struct peer *p, const char *at, size_t n)
{
	size_t topic = (size_t)(uint8_t)at[0] << 8 | (uint8_t)at[1];

	if (n < 2 + topic + 2 + STAMP_CHARS)
		return;
	put_head(p, PUBACK, 2);
	put(p, at + 2 + topic, 2);
	if (is_of_this_run(at + 2 + topic + 2))
		on_delivered(p, at + 2 + topic + 2);
}

static void hear(struct peer *p, int kind, const char *at, size_t n)
{
	switch (kind & 0xf0) {
	case CONNACK:
		if (n < 2 || at[1])
			fatal("client %u: refused", p->index);
		subscribe(p);
		break;
	case SUBACK:
		on_ready(p);
		break;
	case PUBACK:
		on_accepted(p);
		break;
	case PUBLISH_1 & 0xf0:
		hear_publish(p, at, n);
		break;
	default:
		fatal("client %u: packet %x", p->index, kind);
	}
}

static size_t take(struct peer *p, const char *at, size_t n)
{
	size_t size = 0, head = 1;

	for (int shift = 0;; shift += 7, head++) {
		if (head >= n)
			return 0;
		size |= (size_t)(at[head] & 127) << shift;
		if (!(at[head] & 128))
			break;
	}
	head++;
	if (n - head < size)
		return 0;
	hear(p, (uint8_t)at[0], at + head, size);
	return head + size;
}

static void put_message(struct peer *p, const char *text, size_t n)
{
	char topic[16];

	topic_of(p->index ^ 1, topic);
	put_head(p, PUBLISH_1, 2 + strlen(topic) + 2 + n);
	put_string(p, topic);
	put_u16(p, 1 + (size_t)p->sent % 65535);
	put(p, text, n);
}

const struct protocol mqtt_protocol = { "mqtt", open_session, take, put_message };
