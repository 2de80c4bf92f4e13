/* key_path.h - patterns over the key paths of data files: "**.securityContext". Internal to the scanner. */
#ifndef POLICY_RULES_KEY_PATH_H
#define POLICY_RULES_KEY_PATH_H

#include <stdbool.h>

/* Whether the whole of path (keys joined by dots, as lexed_key_path gives it) fits pattern: its keys one by one, * for
 * any one key, ** for any number of keys, none included. */
bool key_path_match(const char *pattern, const char *path);

#endif
