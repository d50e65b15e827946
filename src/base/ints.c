#include "base/ints.h"

bool ints_has(const struct ints *list, int64_t x)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i] == x)
			return true;
	return false;
}

static int order(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return a < b ? -1 : a > b;
}

bool ints_sorted_has(const struct ints *sorted, int64_t x)
{
	return sorted->n &&
		bsearch(&x, sorted->v, sorted->n, sizeof(*sorted->v), order) != NULL;
}

void ints_unite(struct ints *list)
{
	size_t n = 0;

	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), order);
	for (size_t i = 0; i < list->n; i++)
		if (!n || list->v[n - 1] != list->v[i])
			list->v[n++] = list->v[i];
	list->n = n;
}
