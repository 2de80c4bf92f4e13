/* server.h - the application over HTTP. */
#ifndef APP_SERVER_H
#define APP_SERVER_H

#include "app/store.h"

struct server;

/* Serves store on 127.0.0.1:port from a thread of its own; port 0 takes a free one. NULL on failure. */
struct server *server_start(struct store *store, uint16_t port);
uint16_t server_port(const struct server *server);
void server_stop(struct server *server); /* waits for requests under way; accepts NULL */

#endif
