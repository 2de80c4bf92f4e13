/* page.h - the one page of the application as HTML. */
#ifndef APP_PAGE_H
#define APP_PAGE_H

#include "app/store.h"

/* The page with all tasks, allocated, size in *ret_size; NULL when the database could not be read or memory ran out. */
char *page_render(struct store *store, size_t *ret_size);

#endif
