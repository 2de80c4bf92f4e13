/* server.c - routes and limits of the application, on libmicrohttpd. Data changes by POST only, and only from our own page:
 * a request whose Origin is another host's is refused. */
#include "app/server.h"

#include "app/page.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

enum {
	MAX_FIELD = STORE_MAX_TITLE + 1,
	MAX_BODY = 4096,
	POST_BUFFER = 1024,
	TIMEOUT_S = 10,
	CONNECTIONS = 64
};

struct server {
	struct store *store;
	struct MHD_Daemon *daemon;
};

/* A request whose body is being read. */
struct request {
	struct MHD_PostProcessor *post;
	size_t body;           /* bytes so far */
	char field[MAX_FIELD]; /* the value of title or id */
	size_t size;
	bool too_large;
};

static enum MHD_Result send_text(struct MHD_Connection *connection, unsigned status, const char *text)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text,
	                                                                MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	result = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result send_page(struct MHD_Connection *connection, struct store *store)
{
	size_t size = 0;
	char *page = page_render(store, &size);
	struct MHD_Response *response;
	enum MHD_Result result;

	if (!page)
		return send_text(connection, MHD_HTTP_INTERNAL_SERVER_ERROR, "the tasks could not be read\n");
	response = MHD_create_response_from_buffer(size, page, MHD_RESPMEM_MUST_FREE);
	if (!response) {
		free(page);
		return MHD_NO;
	}
	(void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/html; charset=utf-8");
	(void)MHD_add_response_header(response, "Content-Security-Policy",
	                              "default-src 'none'; form-action 'self'");
	result = MHD_queue_response(connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result send_home(struct MHD_Connection *connection)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(0, (void *)(uintptr_t) "",
	                                                                MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result;

	if (!response)
		return MHD_NO;
	(void)MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, "/");
	result = MHD_queue_response(connection, MHD_HTTP_SEE_OTHER, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result take_field(void *data, enum MHD_ValueKind kind, const char *key, const char *filename,
                                  const char *content_type, const char *encoding, const char *value,
                                  uint64_t offset, size_t size)
{
	struct request *request = data;

	(void)kind;
	(void)filename;
	(void)content_type;
	(void)encoding;
	if (strcmp(key, "title") != 0 && strcmp(key, "id") != 0)
		return MHD_YES;
	if (offset + size >= sizeof(request->field)) {
		request->too_large = true;
		return MHD_YES;
	}
	memcpy(request->field + offset, value, size);
	request->size = (size_t)offset + size;
	request->field[request->size] = '\0';
	return MHD_YES;
}

/* A browser names the page that a form stands on; other programs name none and are no danger to its user. */
static bool is_own_origin(struct MHD_Connection *connection)
{
	const char *origin = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
	const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
	const char *name = origin ? strstr(origin, "://") : NULL;

	return !origin || (host && name && strcmp(name + 3, host) == 0);
}

static bool parse_id(const char *text, int64_t *ret_id)
{
	int64_t id = 0;

	for (const char *c = text; *c; c++) {
		if (*c < '0' || *c > '9' || id > (INT64_MAX - 9) / 10)
			return false;
		id = id * 10 + (*c - '0');
	}
	*ret_id = id;
	return *text != '\0';
}

static enum MHD_Result answer_post(struct server *server, struct MHD_Connection *connection, const char *url,
                                   const struct request *request)
{
	int64_t id;

	if (!is_own_origin(connection))
		return send_text(connection, MHD_HTTP_FORBIDDEN, "the form stands on another site\n");
	if (request->too_large)
		return send_text(connection, MHD_HTTP_CONTENT_TOO_LARGE, "a title has at most 200 bytes\n");
	if (strcmp(url, "/add") == 0)
		return store_add(server->store, request->field)
		               ? send_home(connection)
		               : send_text(connection, MHD_HTTP_BAD_REQUEST, "a task needs a title\n");
	if (strcmp(url, "/delete") != 0)
		return send_text(connection, MHD_HTTP_NOT_FOUND, "there is no such page\n");
	if (!parse_id(request->field, &id))
		return send_text(connection, MHD_HTTP_BAD_REQUEST, "id must be a number\n");
	return store_delete(server->store, id)
	               ? send_home(connection)
	               : send_text(connection, MHD_HTTP_NOT_FOUND, "there is no such task\n");
}

static enum MHD_Result begin_post(struct MHD_Connection *connection, void **state)
{
	struct request *request = calloc(1, sizeof(*request));

	if (!request)
		return MHD_NO;
	request->post = MHD_create_post_processor(connection, POST_BUFFER, take_field, request);
	*state = request;
	return MHD_YES;
}

static enum MHD_Result handle_post(struct server *server, struct MHD_Connection *connection, const char *url,
                                   const char *data, size_t *size, void **state)
{
	struct request *request = *state;

	if (!request)
		return begin_post(connection, state);
	if (*size == 0)
		return answer_post(server, connection, url, request);
	request->body += *size;
	if (request->body > MAX_BODY)
		request->too_large = true;
	else if (request->post)
		(void)MHD_post_process(request->post, data, *size);
	*size = 0;
	return MHD_YES;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data, size_t *size,
                              void **state)
{
	struct server *server = cls;

	(void)version;
	if (strcmp(method, MHD_HTTP_METHOD_POST) == 0)
		return handle_post(server, connection, url, data, size, state);
	if (strcmp(method, MHD_HTTP_METHOD_GET) != 0)
		return send_text(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET and POST\n");
	if (strcmp(url, "/") == 0)
		return send_page(connection, server->store);
	if (strcmp(url, "/health") == 0)
		return send_text(connection, MHD_HTTP_OK, "ok\n");
	return send_text(connection, MHD_HTTP_NOT_FOUND, "there is no such page\n");
}

static void complete(void *cls, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode code)
{
	struct request *request = *state;

	(void)cls;
	(void)connection;
	(void)code;
	if (!request)
		return;
	if (request->post)
		(void)MHD_destroy_post_processor(request->post);
	free(request);
	*state = NULL;
}

struct server *server_start(struct store *store, uint16_t port)
{
	struct server *server = calloc(1, sizeof(*server));
	const struct sockaddr_in address = { .sin_family = AF_INET,
		                             .sin_port = htons(port),
		                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	if (!server)
		return NULL;
	server->store = store;
	server->daemon = MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD, port, NULL, NULL, handle, server,
	                                  MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)&address,
	                                  MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
	                                  MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_S,
	                                  MHD_OPTION_NOTIFY_COMPLETED, complete, NULL, MHD_OPTION_END);
	if (!server->daemon) {
		free(server);
		return NULL;
	}
	return server;
}

uint16_t server_port(const struct server *server)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);

	return info ? info->port : 0;
}

void server_stop(struct server *server)
{
	if (!server)
		return;
	MHD_stop_daemon(server->daemon);
	free(server);
}
