/* forward - stands where git looks for hooks and becomes the hook that was there before Warrant: when install.sh has to point
 * core.hooksPath to a folder of its own, it puts one under each name that Warrant itself has no hook for. */
#include "hooks/chain.h"

int main(int argc, char **argv)
{
	(void)argc;
	return chain_exec(argv);
}
