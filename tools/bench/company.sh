#!/bin/sh
# tools/bench/company.sh MEMBERS DEPARTMENTS - a large company as a CSV file.
#
# Departments stand three deep, about twenty below each; members are spread evenly.
exec awk -v members="$1" -v departments="$2" 'BEGIN {
	OFS = ","
	print "userid,name,department,position,mobile,email,gender,leader,serves_customers"
	for (a = 0; n < departments; a++) {
		path[n++] = sprintf("Region %d", a)
		for (b = 0; b < 20 && n < departments; b++) {
			up = sprintf("Region %d/Branch %d-%d", a, a, b)
			path[n++] = up
			for (c = 0; c < 18 && n < departments; c++)
				path[n++] = sprintf("%s/Shop %d-%d-%d", up, a, b, c)
		}
	}
	for (i = 0; i < members; i++)
		printf "m%06d,成员 %d,%s,导购,139%08d,m%06d@bench.example,%d,%d,1\n", i, i,
			path[i % departments], i, i, 1 + i % 2, i < departments
}'
