/* pair - times two commands in turn, A B A B …, and compares them pair by pair, so that the result holds when the machine's
 * speed drifts.
 *
 *     pair [-n ROUNDS] -- COMMAND-A [ARG…] -- COMMAND-B [ARG…]
 *
 * Prints one line: median of the ratios A/B, the median milliseconds of both, the peak memory of both. Output of the
 * commands is thrown away, their exit status is not looked at. Exit status 2 when something can't be run. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_ROUNDS = 1000, DEFAULT_ROUNDS = 15, CANNOT = 2, NOT_STARTED = 126 };

struct series {
	char **argv;
	double ms[MAX_ROUNDS];
	long peak_kb;
};

static double now_ms(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void become(char **argv)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
		_exit(NOT_STARTED);
	(void)execvp(argv[0], argv);
	_exit(NOT_STARTED);
}

/* One run; false when the command could not be started. */
static bool run(struct series *series, int round)
{
	double start = now_ms();
	struct rusage usage;
	pid_t pid = fork();
	int status;

	if (pid == 0)
		become(series->argv);
	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0)
		return false;
	if (round >= 0)
		series->ms[round] = now_ms() - start;
	if (usage.ru_maxrss > series->peak_kb)
		series->peak_kb = usage.ru_maxrss;
	return !WIFEXITED(status) || WEXITSTATUS(status) != NOT_STARTED;
}

static int compare(const void *a, const void *b)
{
	double first = *(const double *)a, second = *(const double *)b;

	return (first > second) - (first < second);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

static int report(struct series *a, struct series *b, int rounds)
{
	double ratios[MAX_ROUNDS];

	for (int i = 0; i < rounds; i++)
		ratios[i] = a->ms[i] / b->ms[i];
	(void)printf("%.3f  A %.2f ms  B %.2f ms  A %ld KB  B %ld KB\n", median(ratios, rounds),
	             median(a->ms, rounds), median(b->ms, rounds), a->peak_kb, b->peak_kb);
	return fflush(stdout) == 0 ? 0 : CANNOT;
}

static int measure(struct series *a, struct series *b, int rounds)
{
	/* The first pair warms caches and is not counted. */
	for (int i = -1; i < rounds; i++) {
		/* Who goes first changes, so that neither always finds the other's traces. */
		bool a_first = i % 2 == 0;

		if (!run(a_first ? a : b, i) || !run(a_first ? b : a, i)) {
			(void)fprintf(stderr, "pair: a command could not be started: %s\n", strerror(errno));
			return CANNOT;
		}
	}
	return report(a, b, rounds);
}

static int read_rounds(const char *text)
{
	int rounds = 0;

	for (; *text >= '0' && *text <= '9' && rounds <= MAX_ROUNDS; text++)
		rounds = rounds * 10 + (*text - '0');
	return *text || rounds > MAX_ROUNDS ? 0 : rounds;
}

static char **behind_dashes(char **argv)
{
	while (*argv && strcmp(*argv, "--") != 0)
		argv++;
	if (!*argv)
		return argv;
	*argv = NULL;
	return argv + 1;
}

int main(int argc, char **argv)
{
	static struct series a, b;
	int rounds = argc > 2 && strcmp(argv[1], "-n") == 0 ? read_rounds(argv[2]) : DEFAULT_ROUNDS;

	a.argv = behind_dashes(argv + 1);
	b.argv = behind_dashes(a.argv);
	if (rounds == 0 || !*a.argv || !*b.argv) {
		(void)fprintf(stderr, "usage: pair [-n ROUNDS] -- COMMAND-A [ARG…] -- COMMAND-B [ARG…]\n");
		return CANNOT;
	}
	return measure(&a, &b, rounds);
}
