/* task-app - a list of tasks in a browser: the payload that the delivery pipeline builds and tests.
 *
 *     task-app DATABASE [PORT]     serves http://127.0.0.1:PORT/ (8080; 0 takes a free one) until SIGINT or SIGTERM */
#include "app/server.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { DEFAULT_PORT = 8080, EXIT_USAGE = 2 };

static bool parse_port(const char *text, uint16_t *ret_port)
{
	unsigned port = 0;

	if (!*text || strlen(text) > 5)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		port = port * 10 + (unsigned)(*text - '0');
	}
	*ret_port = (uint16_t)port;
	return port <= UINT16_MAX;
}

/* Waits for a signal that ends the program; they are blocked before threads start, so that none is lost. */
static int serve(struct store *store, uint16_t port)
{
	struct server *server;
	sigset_t ending;
	int number = 0;

	(void)sigemptyset(&ending);
	(void)sigaddset(&ending, SIGINT);
	(void)sigaddset(&ending, SIGTERM);
	(void)pthread_sigmask(SIG_BLOCK, &ending, NULL);
	server = server_start(store, port);
	if (!server) {
		(void)fprintf(stderr, "task-app: cannot listen on 127.0.0.1:%u\n", (unsigned)port);
		return 1;
	}
	(void)printf("http://127.0.0.1:%u/\n", (unsigned)server_port(server));
	(void)fflush(stdout);
	(void)sigwait(&ending, &number);
	server_stop(server);
	return 0;
}

int main(int argc, char **argv)
{
	uint16_t port = DEFAULT_PORT;
	struct store *store;
	char message[256];
	int status;

	if (argc < 2 || argc > 3 || (argc == 3 && !parse_port(argv[2], &port))) {
		(void)fprintf(stderr, "usage: task-app DATABASE [PORT]\n");
		return EXIT_USAGE;
	}
	store = store_open(argv[1], message, sizeof(message));
	if (!store) {
		(void)fprintf(stderr, "task-app: %s: %s\n", argv[1], message);
		return 1;
	}
	status = serve(store, port);
	store_free(store);
	return status;
}
