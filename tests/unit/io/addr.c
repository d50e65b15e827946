/*
 * Which addresses are of the open Internet, and how they read.
 */
#include "io/addr.h"

#include <netinet/in.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct sockaddr_storage at(const char *ip)
{
	struct sockaddr_storage sa;
	socklen_t n;
	char text[80];

	snprintf(text, sizeof(text), strchr(ip, ':') ? "[%s]:80" : "%s:80", ip);
	assert_int_equal(addr_parse(text, &sa, &n), OK);
	return sa;
}

static void private_and_special_addresses_are_not_public(void **state)
{
	static const char *const rows[] = { "0.0.0.0", "0.1.2.3", "10.0.0.1",
		"10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1",
		"127.255.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
		"192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.255.255",
		"198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255",
		"240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1",
		"::ffff:10.0.0.1", "::ffff:0:10.0.0.1", "::7f00:1", "64:ff9b::10.0.0.1",
		"64:ff9b:1::808:808", "100::1", "2001::1", "2001:db8::1",
		"2002:7f00:1::", "2002:a00:1::1", "3fff::1", "fc00::1", "fd12:3456::1",
		"fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "4000::1" };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct sockaddr_storage sa = at(rows[i]);

		if (addr_is_public((struct sockaddr *)&sa))
			fail_msg("%s passes for public", rows[i]);
	}
}

static void the_rest_is_public(void **state)
{
	static const char *const rows[] = { "1.1.1.1", "8.8.8.8", "9.255.255.255",
		"11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
		"128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255",
		"172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255",
		"198.20.0.0", "223.255.255.255", "2606:4700::1111", "2400:cb00::1",
		"2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1" };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct sockaddr_storage sa = at(rows[i]);

		if (!addr_is_public((struct sockaddr *)&sa))
			fail_msg("%s does not pass for public", rows[i]);
	}
}

static void other_families_are_not_public(void **state)
{
	struct sockaddr_storage sa = { .ss_family = AF_UNIX };

	assert_false(addr_is_public((struct sockaddr *)&sa));
}

static void addresses_to_listen_at(void **state)
{
	static const char *const bad[] = { "", "80", "localhost:80", "127.0.0.1",
		"127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x",
		"::1:80", "[::1:80", "[127.0.0.1]:80", "1.2.3:80", "[]:80", "[::1]80" };
	struct sockaddr_storage sa;
	socklen_t n;

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		if (addr_parse(bad[i], &sa, &n) == OK)
			fail_msg("\"%s\" was taken", bad[i]);
	}
	assert_int_equal(addr_parse(":8420", &sa, &n), OK);
	assert_int_equal(sa.ss_family, AF_INET6);
	assert_int_equal(ntohs(((struct sockaddr_in6 *)&sa)->sin6_port), 8420);
	assert_int_equal(addr_parse("127.0.0.1:0", &sa, &n), OK);
	assert_int_equal(sa.ss_family, AF_INET);
	assert_int_equal(n, sizeof(struct sockaddr_in));
}

static void addresses_as_text(void **state)
{
	static const struct {
		const char *in, *out;
	} rows[] = { { "192.0.2.7", "192.0.2.7" }, { "::ffff:192.0.2.7", "192.0.2.7" },
		{ "2001:DB8:0::1", "2001:db8::1" } };
	struct arena *mem = arena_new(0);

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct sockaddr_storage sa = at(rows[i].in);

		assert_true(str_is(addr_text(mem, (struct sockaddr *)&sa), rows[i].out));
	}
	arena_free(mem);
}

static void networks(void **state)
{
	static const struct {
		const char *net, *in, *out;
	} rows[] = {
		{ "10.0.0.0/8", "10.9.8.7", "11.0.0.1" },
		{ "192.0.2.7", "192.0.2.7", "192.0.2.8" },
		{ "192.0.2.128/25", "192.0.2.200", "192.0.2.127" },
		{ "0.0.0.0/0", "1.2.3.4", "2001:db8::1" },
		{ "10.0.0.0/8", "::ffff:10.1.1.1", "::a01:101" },
		{ "fd00::/8", "fd12::1", "fc12::1" },
		{ "2001:db8::/33", "2001:db8:7fff::1", "2001:db8:8000::1" },
		{ "::1", "::1", "::2" },
	};
	static const char *const bad[] = { "", "/8", "10.0.0.0/33", "10.0.0.0/-1",
		"::/129", "10.0.0/8", "x", "10.0.0.0/8x" };
	struct addr_net net;

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		assert_int_equal(addr_net_parse(str_of(rows[i].net), &net), OK);
		assert_true(addr_text_in_nets(str_of(rows[i].in), &net, 1));
		assert_false(addr_text_in_nets(str_of(rows[i].out), &net, 1));
	}
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		if (addr_net_parse(str_of(bad[i]), &net) == OK)
			fail_msg("\"%s\" was taken", bad[i]);
	}
	assert_false(addr_text_in_nets(STR("nonsense"), &net, 1));
	assert_false(addr_text_is_valid(STR("1.2.3.4:80")));
	assert_true(addr_text_is_valid(STR("::1")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(private_and_special_addresses_are_not_public),
		cmocka_unit_test(the_rest_is_public),
		cmocka_unit_test(other_families_are_not_public),
		cmocka_unit_test(addresses_to_listen_at),
		cmocka_unit_test(addresses_as_text),
		cmocka_unit_test(networks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
