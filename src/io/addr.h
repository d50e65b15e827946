/*
 * io/addr.h - network addresses: text, kind, and lists of networks.
 *
 * Pure functions.  An IPv4 address inside an IPv6 one (mapped, NAT64, 6to4) is
 * judged as the IPv4 address it leads to.
 */
#ifndef IO_ADDR_H
#define IO_ADDR_H

#include <sys/socket.h>

#include "base/arena.h"
#include "base/err.h"

/* True when an address of the open Internet: not loopback, private, link-local,
 * carrier NAT, unique-local, multicast, documentation, benchmark or reserved. */
bool addr_is_public(const struct sockaddr *sa);

/* "192.0.2.1:80", "[::1]:80", ":80" (all IPv6 and IPv4), port 0 to choose. */
enum err addr_parse(const char *text, struct sockaddr_storage *out, socklen_t *out_n);
/* The address without its port; a mapped IPv4 address is written as IPv4. */
str addr_text(struct arena *mem, const struct sockaddr *sa);

/* A network: "10.0.0.0/8", "::1", "fd00::/8". */
struct addr_net {
	uint8_t ip[16]; /* IPv4 as mapped */
	int bits;       /* of the 128 */
};
enum err addr_net_parse(str text, struct addr_net *out);
bool addr_in_nets(const struct sockaddr *sa, const struct addr_net *nets, size_t n);
/* As addr_in_nets, for the text of an address; bad text is in no network. */
bool addr_text_in_nets(str text, const struct addr_net *nets, size_t n);
/* Whether text is an address, without a port. */
bool addr_text_is_valid(str text);

#endif
