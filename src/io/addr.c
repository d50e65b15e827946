/*
 * io/addr.c - addresses as 16 bytes, IPv4 ones as mapped.
 */
#include "io/addr.h"

#include <arpa/inet.h>
#include <netinet/in.h>

struct ip {
	uint8_t b[16];
};

static const uint8_t mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

static struct ip map_ipv4(const uint8_t b[4])
{
	struct ip ip;

	memcpy(ip.b, mapped, 12);
	memcpy(ip.b + 12, b, 4);
	return ip;
}

static bool ip_of(const struct sockaddr *sa, struct ip *out)
{
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, sa, sizeof(in));
		*out = map_ipv4((const uint8_t *)&in.sin_addr);
		return true;
	}
	if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;

		memcpy(&in6, sa, sizeof(in6));
		memcpy(out->b, &in6.sin6_addr, 16);
		return true;
	}
	return false;
}

static bool within(const struct ip *ip, const uint8_t net[16], int bits)
{
	int whole = bits / 8, rest = bits % 8;

	if (memcmp(ip->b, net, (size_t)whole) != 0)
		return false;
	return !rest || !((ip->b[whole] ^ net[whole]) >> (8 - rest));
}

/* The IANA special-purpose registries: what is not globally reachable. */
static const struct {
	uint8_t net[4];
	int bits;
} special4[] = {
	{ { 0 }, 8 },             /* this network */
	{ { 10 }, 8 },            /* private */
	{ { 100, 64 }, 10 },      /* carrier NAT */
	{ { 127 }, 8 },           /* loopback */
	{ { 169, 254 }, 16 },     /* link-local, cloud metadata */
	{ { 172, 16 }, 12 },      /* private */
	{ { 192, 0, 0 }, 24 },    /* protocol assignments */
	{ { 192, 0, 2 }, 24 },    /* documentation */
	{ { 192, 88, 99 }, 24 },  /* 6to4 relays, gone */
	{ { 192, 168 }, 16 },     /* private */
	{ { 198, 18 }, 15 },      /* benchmarks */
	{ { 198, 51, 100 }, 24 }, /* documentation */
	{ { 203, 0, 113 }, 24 },  /* documentation */
	{ { 224 }, 4 },           /* multicast */
	{ { 240 }, 4 },           /* reserved, broadcast */
};

static bool is_public4(const uint8_t b[4])
{
	struct ip ip = map_ipv4(b);

	for (size_t i = 0; i < ARRAY_LEN(special4); i++) {
		struct ip net = map_ipv4(special4[i].net);

		if (within(&ip, net.b, 96 + special4[i].bits))
			return false;
	}
	return true;
}

static const struct {
	uint8_t net[16];
	int bits;
	int inner; /* where the IPv4 address stands inside; 0: none, refused */
} special6[] = {
	{ { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff }, 96, 12 }, /* mapped */
	{ { 0, 0x64, 0xff, 0x9b }, 96, 12 },                      /* NAT64 */
	{ { 0x20, 0x02 }, 16, 2 },                                /* 6to4 */
	{ { 0x20, 0x01 }, 23, 0 },             /* assignments, Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32, 0 }, /* documentation */
	{ { 0x3f, 0xff }, 20, 0 },             /* documentation */
};

static bool is_public6(const struct ip *ip)
{
	static const uint8_t unicast[16] = { 0x20 };

	for (size_t i = 0; i < ARRAY_LEN(special6); i++) {
		if (within(ip, special6[i].net, special6[i].bits))
			return special6[i].inner && is_public4(ip->b + special6[i].inner);
	}
	/* Only 2000::/3 has been given out; fc00::/7, fe80::/10, ff00::/8, ::1 … have not. */
	return within(ip, unicast, 3);
}

bool addr_is_public(const struct sockaddr *sa)
{
	struct ip ip;

	return ip_of(sa, &ip) && is_public6(&ip);
}

/* ---- text ---- */

static bool ip_parse(const char *text, struct ip *out)
{
	uint8_t b[4];

	if (inet_pton(AF_INET, text, b) == 1) {
		*out = map_ipv4(b);
		return true;
	}
	return inet_pton(AF_INET6, text, out->b) == 1;
}

static bool to_z(str s, char *z, size_t cap)
{
	if (!s.n || s.n >= cap || memchr(s.p, 0, s.n))
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = 0;
	return true;
}

static void fill(struct sockaddr_storage *out, socklen_t *out_n, const struct ip *ip,
	uint16_t port, bool is_v6)
{
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6, .sin6_port = htons(port) };

	memset(out, 0, sizeof(*out));
	memcpy(&in.sin_addr, ip->b + 12, 4);
	memcpy(&in6.sin6_addr, ip->b, 16);
	*out_n = is_v6 ? sizeof(in6) : sizeof(in);
	memcpy(out, is_v6 ? (void *)&in6 : (void *)&in, *out_n);
}

enum err addr_parse(const char *text, struct sockaddr_storage *out, socklen_t *out_n)
{
	str s = str_of(text), host;
	size_t colon = SIZE_MAX;
	char z[INET6_ADDRSTRLEN];
	struct ip ip = { { 0 } };
	int64_t port;
	bool is_v6;

	for (size_t i = 0; i < s.n; i++)
		colon = s.p[i] == ':' ? i : colon;
	if (colon == SIZE_MAX || !str_int(str_skip(s, colon + 1), &port) || port < 0 ||
		port > 65535)
		return ERR_INVALID_ARGUMENT;
	host = str_sub(s, 0, colon);
	is_v6 = !host.n || host.p[0] == '[';
	if (is_v6 && host.n) {
		if (host.n < 3 || host.p[host.n - 1] != ']')
			return ERR_INVALID_ARGUMENT;
		host = str_sub(host, 1, host.n - 2);
	}
	if ((host.n || !is_v6) &&
		(!to_z(host, z, sizeof(z)) || !ip_parse(z, &ip) ||
			is_v6 != !!strchr(z, ':')))
		return ERR_INVALID_ARGUMENT;
	fill(out, out_n, &ip, (uint16_t)port, is_v6);
	return OK;
}

str addr_text(struct arena *mem, const struct sockaddr *sa)
{
	char z[INET6_ADDRSTRLEN];
	struct ip ip;

	if (!ip_of(sa, &ip))
		return STR("local");
	if (!memcmp(ip.b, mapped, 12))
		inet_ntop(AF_INET, ip.b + 12, z, sizeof(z));
	else
		inet_ntop(AF_INET6, ip.b, z, sizeof(z));
	return arena_str(mem, str_of(z));
}

/* ---- networks ---- */

enum err addr_net_parse(str text, struct addr_net *out)
{
	str host = str_cut(&text, '/');
	char z[INET6_ADDRSTRLEN];
	struct ip ip;
	int64_t bits;
	int most;

	if (!to_z(host, z, sizeof(z)) || !ip_parse(z, &ip))
		return ERR_INVALID_ARGUMENT;
	most = strchr(z, ':') ? 128 : 32;
	bits = most;
	if (text.p && (!str_int(text, &bits) || bits < 0 || bits > most))
		return ERR_INVALID_ARGUMENT;
	memcpy(out->ip, ip.b, 16);
	out->bits = (int)bits + 128 - most;
	return OK;
}

static bool in_nets(const struct ip *ip, const struct addr_net *nets, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (within(ip, nets[i].ip, nets[i].bits))
			return true;
	}
	return false;
}

bool addr_in_nets(const struct sockaddr *sa, const struct addr_net *nets, size_t n)
{
	struct ip ip;

	return ip_of(sa, &ip) && in_nets(&ip, nets, n);
}

bool addr_text_in_nets(str text, const struct addr_net *nets, size_t n)
{
	char z[INET6_ADDRSTRLEN];
	struct ip ip;

	return to_z(text, z, sizeof(z)) && ip_parse(z, &ip) && in_nets(&ip, nets, n);
}

bool addr_text_is_valid(str text)
{
	char z[INET6_ADDRSTRLEN];
	struct ip ip;

	return to_z(text, z, sizeof(z)) && ip_parse(z, &ip);
}
