/* replay.c - runs a fuzz target over its saved corpus, so that what was found once stays fixed. Prints TAP. Links with one
 * fuzz_NAME.c, and reads tests/fuzz/corpus/NAME. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_BYTES = 1 << 20 };

static int replay(const char *path, unsigned number)
{
	uint8_t *data = malloc(INPUT_BYTES);
	FILE *file = fopen(path, "rb");
	size_t size = 0;

	if (!data || !file) {
		(void)printf("not ok %u - %s: cannot be read\n", number, path);
		free(data);
		return 1;
	}
	size = fread(data, 1, INPUT_BYTES, file);
	(void)fclose(file);
	(void)LLVMFuzzerTestOneInput(data, size);
	(void)printf("ok %u - %s\n", number, path);
	free(data);
	return 0;
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0];
	char folder[512], path[1024];
	const struct dirent *entry;
	unsigned count = 0;
	int failed = 0;
	DIR *dir;

	(void)argc;
	name = strncmp(name, "fuzz_", 5) == 0 ? name + 5 : name;
	(void)snprintf(folder, sizeof(folder), "tests/fuzz/corpus/%s", name);
	dir = opendir(folder);
	if (!dir) {
		(void)printf("not ok 1 - %s: no corpus\n", folder);
		return 1;
	}
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		failed |= replay(path, ++count);
	}
	(void)closedir(dir);
	(void)printf("1..%u\n", count);
	return failed || count == 0;
}
