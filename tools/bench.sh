#!/bin/bash
# tools/bench.sh [PART...] - how fast, beside others on the same machine in the same run.
#
#	company  import and start of 140,000 members in 7,600 departments
#	read     user/get against nginx with a constant answer of the same size
#	chat     durable chat against the store alone, mosquitto and ejabberd
#	rate     2,000 messages a second, evenly: from sending to delivery
#	handover  a member leaves who has 10,000 customers, in one transaction
#	idle     19,000 sessions that wait
#	mass     a mass message to 100,000 prepared, and chat's p99 alone and beside it; only
#	         when named
#	customers  1,000,000 customers (BENCH_CUSTOMERS): reading them against nginx, and
#	         filters; only when named, since making them takes minutes
#
# Each figure is the median of BENCH_ROUNDS (3) rounds; a ratio is the median of the rounds'
# ratios, since measured and reference stand side by side in a round.  All servers are
# started here, on ports of their own under var/bench, and stopped when it ends.
# doc/benchmarks.md says what is measured and keeps results.
set -euo pipefail
cd "$(dirname "$0")/.."
build=${LIAISON_BUILD:-build}
rounds=${BENCH_ROUNDS:-3} seconds=${BENCH_SECONDS:-4}
parts=${*:-company read chat rate idle} customers=${BENCH_CUSTOMERS:-1000000}
work=$PWD/var/bench port=8931 nginx_port=8932 mosquitto_port=8933 ejabberd_port=8934
host=127.0.0.1 url=http://127.0.0.1:$port
declare -A running

say() { echo "bench: $*" >&2; }
stop() {
	[ -n "${running[$1]:-}" ] || return 0
	kill "${running[$1]}" 2>/dev/null || true
	wait "${running[$1]}" 2>/dev/null || true
	unset "running[$1]"
}
stop_all() {
	for name in "${!running[@]}"; do stop "$name"; done
}
trap stop_all EXIT

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
field() { sed -n "s/.*\b$1=\([0-9.]*\).*/\1/p"; } # of KEY=VALUE lines
divide() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'; }
now_ms() { date +%s%3N; }

# One line of the table: what, figure, reference or budget.
line() { printf '%-44s %18s   %s\n' "$1" "$2" "$3"; }
has() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac; }

wait_for_port() {
	for _ in $(seq 600); do
		(: >"/dev/tcp/$host/$1") 2>/dev/null && return
		sleep 0.05
	done
	say "nobody listens on port $1" && exit 1
}

liaison() { "$build/liaison" --data "$work/data" "$@"; }
load() { "$build/liaison-load" "$@" --to "$host:$port" --pairs "$work/pairs"; }

start_liaison() {
	"$build/liaisond" --data "$work/data" --listen "$host:$port" --rate-api-per-minute 0 \
		--rate-address-per-minute 0 --rate-consumer-per-minute 0 >"$work/liaisond.log" 2>&1 &
	running[liaison]=$!
	# One shell's worth of looking, without a program for each try.
	until (exec 3<>"/dev/tcp/$host/$port" && printf 'GET /readyz HTTP/1.0\r\n\r\n' >&3 &&
		grep -q ' 200 ' <&3) 2>/dev/null; do
		kill -0 "${running[liaison]}" || exit 1
	done
}

# ---- the data: made anew for each run, through the same doors as an operator's ----

prepare() {
	rm -rf "$work"
	mkdir -p "$work"
	tools/bench/company.sh 140000 7600 >"$work/company.csv"
	corpid=
	: >"$work/import_ms"
	for _ in $(seq "$(has company && echo "$rounds" || echo 1)"); do
		rm -rf "$work/data"
		corpid=$(liaison corp create Bench | sed -n 's/^CORPID=//p')
		began=$(now_ms)
		liaison member import "$work/company.csv" >"$work/import"
		echo $(($(now_ms) - began)) >>"$work/import_ms"
	done
	grep -q 'added 140000, .*failed 0, new departments 7600' "$work/import"
	secret=$(liaison app create bench | sed -n 's/^SECRET=//p')
	"$build/liaison-load" prepare --data "$work/data" --clients 19000 >"$work/pairs"
	start_liaison
	token=$(curl -sf "$url/cgi-bin/gettoken?corpid=$corpid&corpsecret=$secret" |
		sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
	user="$url/cgi-bin/user/get?access_token=$token&userid=m070000"
	curl -sf "$user" | grep -q '"userid":"m070000"'
	stop liaison
}

# ---- the parts ----

bench_company() {
	line 'import of 140,000 members, s' "$(median <"$work/import_ms" | awk '{ print $1 / 1000 }')" \
		'budget 10'
	for _ in $(seq "$rounds"); do
		began=$(now_ms)
		start_liaison
		curl -sf "$user" >/dev/null
		echo $(($(now_ms) - began))
		stop liaison
	done >"$work/start_ms"
	line 'start with them, to the first answer, s' \
		"$(median <"$work/start_ms" | awk '{ print $1 / 1000 }')" 'budget 0.5'
}

start_nginx() {
	mkdir -p "$work/nginx"
	body=$(head -c "$(curl -sf "$user" | wc -c)" /dev/zero | tr '\0' x)
	cat >"$work/nginx.conf" <<EOF
worker_processes 1;
daemon off;
pid $work/nginx/pid;
error_log $work/nginx/error.log;
events { worker_connections 1024; }
http {
	access_log off;
	keepalive_requests 1000000000;
	client_body_temp_path $work/nginx/body;
	proxy_temp_path $work/nginx/proxy;
	fastcgi_temp_path $work/nginx/fastcgi;
	uwsgi_temp_path $work/nginx/uwsgi;
	scgi_temp_path $work/nginx/scgi;
	default_type "application/json; charset=UTF-8";
	server { listen $host:$nginx_port; location / { return 200 '$body'; } }
}
EOF
	nginx -e "$work/nginx/error.log" -c "$work/nginx.conf" &
	running[nginx]=$!
	wait_for_port $nginx_port
}

wrk_rate() { wrk -t1 -c64 -d"${seconds}s" "$1" | sed -n 's/^Requests\/sec: *//p'; }

bench_read() {
	start_liaison
	start_nginx
	for _ in $(seq "$rounds"); do
		ours=$(wrk_rate "$user")
		theirs=$(wrk_rate "http://$host:$nginx_port/")
		echo "$ours $theirs $(divide "$ours" "$theirs")"
	done >"$work/read"
	stop nginx
	stop liaison
	line 'user/get, requests/s' "$(cut -d' ' -f1 "$work/read" | median)" \
		"nginx, constant: $(cut -d' ' -f2 "$work/read" | median)"
	line '  of nginx' "$(cut -d' ' -f3 "$work/read" | median)" 'budget 0.35'
}

start_mosquitto() {
	rm -rf "$work/mosquitto"
	mkdir -p "$work/mosquitto"
	cat >"$work/mosquitto.conf" <<EOF
listener $mosquitto_port $host
allow_anonymous true
persistence true
persistence_location $work/mosquitto/
set_tcp_nodelay true
max_inflight_messages 0
max_queued_messages 0
log_dest none
user root
EOF
	mosquitto -c "$work/mosquitto.conf" >"$work/mosquitto.log" 2>&1 &
	running[mosquitto]=$!
	wait_for_port $mosquitto_port
}

# Without epmd and distribution: a node of its own, in the foreground.
start_ejabberd() {
	rm -rf "$work/ejabberd"
	mkdir -p "$work/ejabberd"
	cat >"$work/ejabberd/ejabberd.yml" <<EOF
hosts: [localhost]
loglevel: error
listen:
  - port: $ejabberd_port
    ip: "$host"
    module: ejabberd_c2s
    shaper: none
    access: all
auth_method: internal
default_db: sql
sql_type: sqlite
sql_database: "$work/ejabberd/ejabberd.sqlite"
registration_timeout: infinity
modules:
  mod_mam:
    default: always
    db_type: sql
  mod_register:
    ip_access: all
    access: all
EOF
	libs=$(dirname "$(dpkg -L ejabberd | grep -m1 '/ejabberd-[^/]*$')")
	(cd "$work/ejabberd" && HOME=$PWD ERL_LIBS=$libs EJABBERD_LOG_PATH=$PWD/log \
		EJABBERD_CONFIG_PATH=$PWD/ejabberd.yml \
		exec erl -noinput -noshell +K true +P 250000 -mnesia dir "\"$PWD/mnesia\"" \
		-s ejabberd) >"$work/ejabberd.log" 2>&1 &
	running[ejabberd]=$!
	wait_for_port $ejabberd_port
}

store_rate() {
	rm -rf "$work/store"
	"$build/store-bench" --dir "$work/store" --seconds "$seconds" --threads 2 \
		--inflight 2000 --chats 500 2>"$work/store.log" | field writes_per_s
}

chat_rate() { load chat --clients 1000 --inflight 8 --seconds "$seconds" | field delivered_per_s; }

# mqtt or xmpp, port, clients, in flight in a pair
peer_rate() {
	"$build/liaison-load" chat --protocol "$1" --to "$host:$2" --clients "$3" --inflight "$4" \
		--seconds "$seconds" | field delivered_per_s
}

bench_chat() {
	for _ in $(seq "$rounds"); do
		start_liaison
		ours=$(chat_rate)
		stop liaison
		alone=$(store_rate)
		start_mosquitto
		mqtt=$(peer_rate mqtt $mosquitto_port 1000 8)
		stop mosquitto
		start_ejabberd
		xmpp=$(peer_rate xmpp $ejabberd_port 100 8)
		stop ejabberd
		echo "$ours $alone $(divide "$ours" "$alone") $mqtt $xmpp"
	done >"$work/chat"
	line 'durable chat, 1,000 clients, messages/s' "$(cut -d' ' -f1 "$work/chat" | median)" \
		'budget 15000'
	line '  the store alone' "$(cut -d' ' -f2 "$work/chat" | median)" ''
	line '  of the store alone' "$(cut -d' ' -f3 "$work/chat" | median)" 'budget 0.6'
	line '  mosquitto, QoS 1, persistent, no fsync' "$(cut -d' ' -f4 "$work/chat" | median)" ''
	line '  ejabberd, archive on SQLite, 100 clients' "$(cut -d' ' -f5 "$work/chat" | median)" ''
}

bench_rate() {
	start_liaison
	start_mosquitto
	for _ in $(seq "$rounds"); do
		load rate --rate 2000 --clients 1000 --seconds "$seconds" >>"$work/rate"
		"$build/liaison-load" rate --protocol mqtt --to "$host:$mosquitto_port" --rate 2000 \
			--clients 1000 --seconds "$seconds" >>"$work/rate_mqtt"
		rm -rf "$work/store"
		"$build/store-bench" --dir "$work/store" --seconds "$seconds" --threads 1 \
			--rate 2000 --chats 500 2>"$work/store.log" >>"$work/rate_store"
	done
	stop mosquitto
	stop liaison
	line '2,000/s, to delivery, p50 / p99, ms' "$(rate_of rate)" 'budget - / 10'
	line '  the store alone, to the acknowledgement' "$(rate_of rate_store)" ''
	line '  mosquitto' "$(rate_of rate_mqtt)" ''
}

rate_of() {
	for p in p50_us p99_us; do field $p <"$work/$1" | median; done |
		awk '{ printf "%s%.2f", (NR > 1 ? " / " : ""), $1 / 1000 }'
}

bench_idle() {
	for _ in $(seq "$rounds"); do
		start_liaison
		load idle --clients 19000 --seconds 2 --pid "${running[liaison]}"
		stop liaison
	done >"$work/idle"
	line '19,000 idle sessions, bytes each' "$(field bytes_each <"$work/idle" | median)" \
		'budget 4096'
	line '  all opened in, s' "$(field opened_in_s <"$work/idle" | median)" ''
}

# The crowd is kept from run to run: making it takes minutes.
prepare_customers() {
	crowd=$PWD/var/bench-customers
	[ -f "$crowd/people" ] && grep -qx "N=$customers" "$crowd/people" && return
	rm -rf "$crowd"
	mkdir -p "$crowd"
	began=$(now_ms)
	"$build/liaison-load" customers --data "$crowd" --clients "$customers" >"$work/people"
	say "$customers customers made in $((($(now_ms) - began) / 1000)) s"
	{ cat "$work/people" && echo "N=$customers"; } >"$crowd/people"
}

start_crowd() {
	"$build/liaisond" --data "$crowd" --listen "$host:$port" --rate-api-per-minute 0 \
		--rate-address-per-minute 0 >"$work/liaisond.log" 2>&1 &
	running[liaison]=$!
	wait_for_port $port
}

# Another customer, another member each time, as no cache would have them.
write_scripts() {
	cat >"$work/get.lua" <<EOF
local at = 0
request = function()
	at = (at + 7919) % $customers
	return wrk.format("GET", string.format(
		"/cgi-bin/externalcontact/get?access_token=$token&external_userid=wmbench%023d", at))
end
EOF
	cat >"$work/batch.lua" <<EOF
local at = 0
request = function()
	at = (at + 37) % 1000
	return wrk.format("POST", "/cgi-bin/externalcontact/batch/get_by_user?access_token=$token",
		{ ["Content-Type"] = "application/json" },
		string.format('{"userid_list":["m%04d"],"limit":100}', at))
end
EOF
}

wrk_script() { wrk -t1 -c64 -d"${seconds}s" -s "$work/$1" "$url" | sed -n 's/^Requests\/sec: *//p'; }

# What a row of /v1 says, as a member of the demo company.
ask() { # TOKEN CLIENT PATH [JSON]
	curl -s "http://$host:$port$3" -H "X-Liaison-Client: $2" -H "Authorization: Bearer $1" \
		${4:+-H 'Content-Type: application/json' -d "$4"}
}
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# New customers by one code, each a stranger with a key, a chat and a welcome message.
bench_scans() {
	rm -rf "$work/data"
	mkdir -p "$work"
	"$build/liaison" --data "$work/data" demo >/dev/null
	start_liaison
	admin=$(ask - console /v1/sign_in '{"account":"admin","password":"demo-admin"}' | field token)
	ask "$admin" console /v1/admin/setting '{"name":"code_flood","value":0}' >/dev/null
	guide=$(ask - desk /v1/sign_in '{"account":"lilei","password":"demo-lilei"}' | field token)
	code=$(ask "$guide" desk /v1/my_codes | sed 's/.*"codes":\[{"code":"\([^"]*\)".*/\1/')
	cat >"$work/scan.lua" <<-LUA
		wrk.method = "POST"
		wrk.path = "/v1/add"
		wrk.headers["Content-Type"] = "application/json"
		wrk.headers["X-Liaison-Client"] = "consumer"
		wrk.body = '{"code":"$code","nickname":"somebody"}'
	LUA
	for _ in $(seq "$rounds"); do wrk_script scan.lua; done >"$work/scans"
	stop liaison
	line 'new customers by one code, with welcome, /s' "$(median <"$work/scans")" 'budget 1000'
}

bench_filters() {
	"$build/liaison-load" filter --data "$crowd" 2>/dev/null |
		sed 's/filter=\([^ ]*\).*mean_us=\([0-9]*\) worst_us=\([0-9]*\) first_us=\([0-9]*\)/\1 \2 \3 \4/' |
		while read -r name mean worst first; do
			line "  $name: mean / worst, ms" "$(awk -v a="$mean" -v b="$worst" \
				'BEGIN { printf "%.2f / %.2f", a / 1000, b / 1000 }')" \
				"budget 100; the first time $((first / 1000))"
		done
}

bench_customers() {
	mkdir -p "$work"
	prepare_customers
	start_crowd
	. "$crowd/people"
	token=$(curl -sf "$url/cgi-bin/gettoken?corpid=$CORPID&corpsecret=$SECRET" |
		sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
	user="$url/cgi-bin/externalcontact/get?access_token=$token&external_userid=$EXTERNAL_USERID"
	curl -sf "$user" | grep -q '"external_contact":'
	write_scripts
	start_nginx
	for _ in 1 2 3; do # pages come into memory first
		wrk_script get.lua >/dev/null
		wrk_script batch.lua >/dev/null
	done
	for _ in $(seq "$rounds"); do
		ours=$(wrk_script get.lua)
		batch=$(wrk_script batch.lua)
		theirs=$(wrk_rate "http://$host:$nginx_port/")
		echo "$ours $theirs $(divide "$ours" "$theirs") $batch"
	done >"$work/customers"
	stop nginx
	stop liaison
	line "externalcontact/get of $customers, requests/s" \
		"$(cut -d' ' -f1 "$work/customers" | median)" \
		"nginx, constant: $(cut -d' ' -f2 "$work/customers" | median)"
	line '  of nginx' "$(cut -d' ' -f3 "$work/customers" | median)" 'budget 0.3'
	line 'batch/get_by_user, pages of 100, requests/s' \
		"$(cut -d' ' -f4 "$work/customers" | median)" 'budget 2000'
	line 'filters over all of them' '' ''
	bench_filters
}

# A crowd of its own, with chatting pairs: 34,000 customers have 102,000 follows, of which
# the labels reach nineteen in twenty.
bench_mass() {
	crowd=$work/mass
	rm -rf "$crowd"
	mkdir -p "$crowd"
	"$build/liaison-load" customers --data "$crowd" --clients 36000 >"$work/people"
	"$build/liaison-load" prepare --data "$crowd" --clients 1000 >"$work/pairs"
	start_crowd
	. "$work/people"
	token=$(curl -sf "$url/cgi-bin/gettoken?corpid=$CORPID&corpsecret=$SECRET" |
		sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
	tags=$(curl -sf -d '{}' "$url/cgi-bin/externalcontact/get_corp_tag_list?access_token=$token" |
		grep -o '"id":"[^"]*"' | head -100 | sed 's/"id"://' | paste -sd,)
	echo "{\"tag_filter\":{\"group_list\":[{\"tag_list\":[$tags]}]},\"text\":{\"content\":\"{customer_name}\"}}" \
		>"$work/mass.json"
	make_mass() {
		curl -sf -o "$work/mass.out" -w '%{time_total}\n' -d @"$work/mass.json" \
			"$url/cgi-bin/externalcontact/add_msg_template?access_token=$token"
		grep -q '"errcode":0' "$work/mass.out"
	}
	make_mass >/dev/null # pages come into memory first
	for _ in $(seq "$rounds"); do
		make_mass >>"$work/mass_s"
		load rate --rate 2000 --clients 1000 --seconds "$seconds" >>"$work/mass_alone"
		while :; do make_mass >/dev/null; done &
		beside=$!
		load rate --rate 2000 --clients 1000 --seconds "$seconds" >>"$work/mass_beside"
		kill "$beside" 2>/dev/null || true
		wait "$beside" 2>/dev/null || true
		echo "$(tail -1 "$work/mass_alone" | field p99_us) $(tail -1 "$work/mass_beside" | field p99_us)"
	done >"$work/mass_p99"
	stop liaison
	line 'a mass message to 100,000, prepared in, s' "$(median <"$work/mass_s")" 'budget 2'
	line '  chat at 2,000/s, p50 / p99, ms' "$(rate_of mass_alone)" ''
	line '  while some are prepared' "$(rate_of mass_beside)" ''
	line '  p99 beside it, times' "$(awk '{ printf "%.2f\n", $2 / $1 }' "$work/mass_p99" | median)" \
		'budget 2'
}

# One who has 10,000 customers leaves, in one transaction; a fresh corp each time.
bench_handover() {
	for _ in $(seq "$rounds"); do
		rm -rf "$work/leaving" && mkdir -p "$work/leaving"
		"$build/liaison-load" handover --data "$work/leaving" --clients 10000 2>/dev/null
	done >"$work/handover"
	line 'handover of 10,000 customers, ms' "$(field ms <"$work/handover" | median)" \
		"budget 1000; of it processor: $(field cpu_ms <"$work/handover" | median)"
}

ulimit -n "$(ulimit -Hn)"
say "$(date -u +%F), $(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)," \
	"load before: $(cut -d' ' -f1 /proc/loadavg), $rounds rounds of $seconds s"
case "$parts" in customers | mass | scans | handover) mkdir -p "$work" ;; *) prepare ;; esac
for part in $parts; do "bench_$part"; done
say "load at the end: $(cut -d' ' -f1 /proc/loadavg)"
