/* offline.c - stands in for the network parts of libgit2.
 *
 * Debian's libgit2.so pulls in TLS, SSH and Kerberos libraries, and git_libgit2_init() parses the system's certificate
 * bundle: eight times the start of an empty program, in every hook. Linked from libgit2.a with these eight functions
 * defined here, the archive members that need the network are never pulled in, and a program that links them cannot
 * open a connection at all. The names are private to libgit2 1.5 (src/libgit2/streams/mbedtls.c, transports/ssh.c,
 * transports/auth_negotiate.c); policy/source/libraries.sh tries the link and falls back to the shared library, with a warning.
 *
 * Hooks are linked without shared libraries where the machine can: the dynamic loader is a seventh of their time. A static
 * glibc looks up hosts and users through shared modules of exactly its own version, so both are answered here with "none":
 * hosts are never looked up, and the home folder is HOME, as it is for git itself. */
#include <netdb.h>
#include <pwd.h>
#include <stddef.h>

void offline_link(void); /* also in backend.h; this file is compiled alone by libraries.sh */
int git_mbedtls_stream_global_init(void);
int git_mbedtls__set_cert_location(const char *file, const char *path);
int git_mbedtls_stream_new(void **out, const char *host, const char *port);
int git_mbedtls_stream_wrap(void **out, void *in, const char *host);
int git_transport_ssh_global_init(void);
int git_smart_subtransport_ssh(void **out, void *owner, void *param);
int git_transport_ssh_with_paths(void **out, void *owner, void *payload);
int git_http_auth_negotiate(void **out, const void *url);

int git_mbedtls_stream_global_init(void)
{
	return 0;
}

int git_mbedtls__set_cert_location(const char *file, const char *path)
{
	(void)file;
	(void)path;
	return -1;
}

int git_mbedtls_stream_new(void **out, const char *host, const char *port)
{
	(void)out;
	(void)host;
	(void)port;
	return -1;
}

int git_mbedtls_stream_wrap(void **out, void *in, const char *host)
{
	(void)out;
	(void)in;
	(void)host;
	return -1;
}

int git_transport_ssh_global_init(void)
{
	return 0;
}

int git_smart_subtransport_ssh(void **out, void *owner, void *param)
{
	(void)out;
	(void)owner;
	(void)param;
	return -1;
}

int git_transport_ssh_with_paths(void **out, void *owner, void *payload)
{
	(void)out;
	(void)owner;
	(void)payload;
	return -1;
}

int git_http_auth_negotiate(void **out, const void *url)
{
	(void)out;
	(void)url;
	return -1;
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **res)
{
	(void)node;
	(void)service;
	(void)hints;
	*res = NULL;
	return EAI_FAIL;
}

void freeaddrinfo(struct addrinfo *res)
{
	(void)res;
}

const char *gai_strerror(int error)
{
	(void)error;
	return "no network";
}

int getpwuid_r(uid_t uid, struct passwd *pwd, char *buffer, size_t size, struct passwd **result)
{
	(void)uid;
	(void)pwd;
	(void)buffer;
	(void)size;
	*result = NULL;
	return 0;
}

/* A linker takes a member of an archive only when something before it asks for it; what asks for the functions above
 * comes after. */
void offline_link(void)
{
}
