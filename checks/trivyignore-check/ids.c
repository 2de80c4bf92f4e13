/* ids.c - forms of ids, as a table of templates. */
#include "checks/trivyignore-check/ids.h"

#include <ctype.h>
#include <string.h>

/* A template is literal text with counted classes: %4d exactly four digits, %4+d four or more; d digit, g GitHub's
 * alphabet, w upper-case letters, digits, _ and ., h upper-case hexadecimal, l lower-case letters and digits.
 *
 * Sources: Trivy's pkg/result/ignore.go and trivy-checks (ids and AVD- aliases), osv-schema 1.7 ($defs.prefix), the CVE
 * and GitHub advisory id syntax, Debian's and Red Hat's trackers. */
static const char *const forms[] = {
	"CVE-%4d-%4+d",
	"GHSA-%4g-%4g-%4g",
	/* Trivy's own checks, new form, old short forms; AVD- is taken off before. */
	"AWS-%4d",
	"AZU-%4d",
	"GCP-%4d",
	"DIG-%4d",
	"DS-%4d",
	"KSV-%4d",
	"KCV-%4d",
	"KUBE-%4d",
	"NIF-%4d",
	"GIT-%4d",
	"OCI-%4d",
	"OPNSTK-%4d",
	"CLDSTK-%4d",
	"DS%3d",
	"KSV%3d",
	"KSV%4d",
	"KCV%4d",
	/* Home databases of OSV. */
	"RUSTSEC-%4d-%4d",
	"PYSEC-%4d-%1+d",
	"GO-%4d-%4+d",
	"OSV-%4d-%1+d",
	"MAL-%4d-%1+d",
	"GSD-%4d-%4+d",
	"PSF-%4d-%1+d",
	"HSEC-%4d-%4d",
	"RSEC-%4d-%1+d",
	"BIT-%1+l-%4d-%4+d",
	"CGA-%4l-%4l-%4l",
	"CURL-CVE-%4d-%4+d",
	"ALPINE-%1+w-%4d-%4+d",
	"DEBIAN-%1+w-%4d-%4+d",
	"UBUNTU-%1+w-%4d-%4+d",
	"MINI-%4l-%4l-%4l",
	/* Vendors and distributions. */
	"SNYK-%1+w-%1+w-%1+d",
	"RHSA-%4d:%4+d",
	"RHBA-%4d:%4+d",
	"RHEA-%4d:%4+d",
	"DSA-%3+d-%1+d",
	"DLA-%3+d-%1+d",
	"USN-%3+d-%1+d",
	"ALAS-%4d-%1+d",
	"ALAS2-%4d-%1+d",
	"ALAS%1+w-%4d-%1+d",
	"ELSA-%4d-%1+d",
	"TEMP-%7d-%6h",
	"ALSA-%4d:%1+d",
	"RLSA-%4d:%1+d",
	"SUSE-SU-%4d:%1+d-%1d",
	"openSUSE-SU-%4d:%1+d-%1d",
};

static bool is_in_class(char class, char c)
{
	switch (class) {
	case 'd':
		return c >= '0' && c <= '9';
	case 'g':
		return memchr("23456789cfghjmpqrvwx", c, 20) != NULL;
	case 'w':
		return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
	case 'h':
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
	case 'l':
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	default:
		return false;
	}
}

/* Bytes of text that the class at *form ("4d", "1+w") takes, SIZE_MAX when too few or too many; moves *form behind it. */
static size_t take_class(const char **form, struct slice text)
{
	size_t wanted = (size_t)(*(*form)++ - '0');
	bool or_more = **form == '+';
	char class;
	size_t size = 0;

	if (or_more)
		(*form)++;
	class = *(*form)++;
	while (size < text.size && is_in_class(class, text.data[size]) && (or_more || size < wanted))
		size++;
	return size < wanted ? SIZE_MAX : size;
}

static bool has_form(struct slice id, const char *form)
{
	while (*form) {
		size_t size = 1;

		if (*form == '%') {
			form++;
			size = take_class(&form, id);
		} else if (id.size == 0 || id.data[0] != *form++) {
			return false;
		}
		if (size == SIZE_MAX)
			return false;
		id = slice_from(id, size);
	}
	return id.size == 0;
}

static bool has_any_form(struct slice id)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (has_form(id, forms[i]))
			return true;
	}
	return false;
}

/* Long names of checks and secret rules ("aws-s3-enable-logging", "private-key"), SPDX ids ("GPL-3.0-only"): words of
 * letters and digits joined by - or . */
static bool is_name(struct slice id)
{
	bool letter = false, separator = false;

	for (size_t i = 0; i < id.size; i++) {
		char c = id.data[i];

		if (!isalnum((unsigned char)c) && c != '-' && c != '.' && c != '+')
			return false;
		letter = letter || isalpha((unsigned char)c);
		separator = separator || c == '-';
	}
	return letter && separator && id.data[0] != '-' && id.data[id.size - 1] != '-';
}

/* An id that begins as a form of the table does, with a digit next, is meant to be one of that kind; "aws-s3-…" is a name. */
static bool has_known_prefix(struct slice id)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct slice prefix = { forms[i], strcspn(forms[i], "%") };

		if (prefix.data[prefix.size - 1] == '-' && id.size > prefix.size &&
		    slice_equal_nocase(slice_sub(id, 0, prefix.size), prefix) &&
		    isdigit((unsigned char)id.data[prefix.size]))
			return true;
	}
	return false;
}

struct slice ids_canonical(struct slice id)
{
	return slice_starts(id, "AVD-") ? slice_from(id, 4) : id;
}

static bool has_form_in_other_case(struct slice id)
{
	char upper[64];

	if (id.size >= sizeof(upper))
		return false;
	for (size_t i = 0; i < id.size; i++)
		upper[i] = (char)toupper((unsigned char)id.data[i]);
	return has_any_form(ids_canonical((struct slice){ upper, id.size }));
}

const char *ids_objection(struct slice id)
{
	struct slice canonical = ids_canonical(id);

	if (id.size == 0)
		return "is empty";
	if (has_any_form(canonical))
		return NULL;
	if (slice_find_char(id, '*') != SIZE_MAX)
		return "has a wildcard, which Trivy does not know in ignore files";
	if (slice_find_char(id, ',') != SIZE_MAX)
		return "has a comma: Trivy wants one id a line";
	if (has_form_in_other_case(id))
		return "is not in upper case, and Trivy compares exactly";
	if (slice_find_nocase(id, "xxxx") != SIZE_MAX)
		return "is a placeholder";
	if (has_known_prefix(id) || has_known_prefix(canonical))
		return "is not complete: see how the database writes it";
	return is_name(id) ? NULL : "has no form that Trivy knows";
}
