# Warrant. Every pipeline step is a target here; CI calls nothing else. `make help` lists them.
#
# VARIANT=release (build/) | debug | asan (build/VARIANT/); CC, PREFIX, DESTDIR as usual.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

VERSION := 0.1.0
VARIANT ?= release
PREFIX ?= /usr/local
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
B := $(if $(filter release,$(VARIANT)),build,build/$(VARIANT))

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
	-Wundef -Wwrite-strings -Wpointer-arith -Wcast-align -Wimplicit-fallthrough -Werror
CFLAGS_release := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong
CFLAGS_debug := -O0 -g3
CFLAGS_clang := -O1
CFLAGS_fuzz := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all
LDFLAGS_fuzz := -fsanitize=address,undefined
CFLAGS_asan := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -DARENA_DEBUG
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_release := -Wl,-z,relro,-z,now,--as-needed
# The tables of the rules hold tens of thousands of pointers, which a position-independent program relocates at every start:
# 0.2 to 0.3 ms, a fifth of a hook's time. macOS knows no other programs.
# reason: a hook is felt at every commit; stack, heap and libraries stay at random places, and relro and now are kept
# owner: @warrant/maintainers
POSITION_LD := $(if $(filter Darwin,$(shell uname)),,-no-pie)
POSITION := $(patsubst -no-%,-fno-%,$(POSITION_LD))

ALL_CFLAGS := -std=c17 -D_GNU_SOURCE -I. -I$(B)/gen -DWARRANT_VERSION='"$(VERSION)"' -pthread $(POSITION) \
	-ffile-prefix-map=$(CURDIR)=. $(WARNINGS) $(CFLAGS_$(VARIANT)) $(CFLAGS)
ALL_LDFLAGS := -pthread $(POSITION_LD) $(LDFLAGS_$(VARIANT)) $(LDFLAGS)

# ---- sources ---------------------------------------------------------------------------------------------------------

PACKS := $(sort $(wildcard policy/rules/packs/*.yaml))
LIB_SRC := $(sort $(wildcard policy/*.c policy/base/*.c policy/source/*.c policy/rules/*.c policy/config/*.c policy/report/*.c))
# What the rule compiler needs of the library: everything that does not need the packs.
RULEC_SRC := $(sort $(wildcard policy/rules/compiler/*.c)) $(sort $(wildcard policy/base/*.c)) policy/config/yaml.c policy/config/yaml_fields.c policy/config/rule_file.c \
	$(filter-out policy/rules/builtin.c,$(sort $(wildcard policy/rules/*.c)))
CHECK_LIB_SRC := $(sort $(wildcard checks/*.c)) $(filter-out %/main.c checks/manual/%,$(sort $(wildcard checks/*/*.c)))
CHECKS := $(sort $(patsubst checks/%/main.c,%,$(wildcard checks/*/main.c)))
HOOK_LIB_SRC := hooks/chain.c hooks/changes.c hooks/previous.c
HOOKS := $(sort $(filter-out $(patsubst hooks/%.c,%,$(HOOK_LIB_SRC)),$(patsubst hooks/%.c,%,$(wildcard hooks/*.c))))
APP_SRC := $(sort $(wildcard app/*.c))
UNIT_TESTS := $(sort $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c)))
FUZZERS := $(sort $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c)))

# Checks that `make check` runs over this repository; push-check wants a push.
CHECKS_HERE := $(filter-out push-check,$(CHECKS))

objects = $(patsubst %.c,$(B)/obj/%.o,$(1))
GEN_SRC := $(B)/gen/packs.c $(B)/gen/packs_proofs.c $(B)/gen/builtin_policy.c
GEN_OBJ := $(patsubst $(B)/gen/%.c,$(B)/obj/gen/%.o,$(GEN_SRC))
LIB := $(B)/libwarrant.a
PROGRAMS := $(addprefix $(B)/hooks/,$(HOOKS)) $(addprefix $(B)/checks/,$(CHECKS)) $(if $(APP_SRC),$(B)/app/task-app)

# ---- libraries: static where that makes start-up fast, see policy/source/offline.c --------------------------------------

include $(B)/libraries.mk
$(B)/libraries.mk: policy/source/libraries.sh policy/source/offline.c Makefile
	@mkdir -p $(@D)
	@CC='$(CC)' policy/source/libraries.sh $(VARIANT) > $@

# ---- what to build -----------------------------------------------------------------------------------------------------

.PHONY: all
all: $(PROGRAMS) ## build everything (VARIANT=release|debug|asan)

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	@echo '  CC    $@'
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(B)/obj/gen/%.o: $(B)/gen/%.c
	@mkdir -p $(@D)
	@echo '  CC    $@'
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c $< -o $@

$(B)/rulec: $(call objects,$(RULEC_SRC))
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $^ $(RULEC_LIBS) -o $@

$(B)/gen/packs.c: $(B)/rulec $(PACKS)
	@mkdir -p $(@D)
	@echo '  RULES $@'
	@$(B)/rulec compile $(PACKS) > $@

$(B)/gen/packs_proofs.c: $(B)/rulec $(PACKS)
	@mkdir -p $(@D)
	@$(B)/rulec proofs $(PACKS) > $@

$(B)/gen/builtin_policy.c: $(B)/rulec policy/config/builtin.yaml
	@mkdir -p $(@D)
	@$(B)/rulec document builtin_policy policy/config/builtin.yaml > $@

$(LIB): $(call objects,$(LIB_SRC) $(CHECK_LIB_SRC) $(HOOK_LIB_SRC)) $(GEN_OBJ)
	@rm -f $@
	@ar rcsD $@ $^

$(B)/hooks/%: $(B)/obj/hooks/%.o $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $< $(LIB) $(HOOK_LIBS) -o $@

$(B)/checks/%: $(B)/obj/checks/%/main.o $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $< $(LIB) $(LIBS) -o $@

# Manual pages and completions, from the table of options.
MANUAL_PAGES := $(patsubst %,$(B)/manual/%.1,$(CHECKS)) $(B)/manual/warrant.yaml.5
COMPLETIONS := $(foreach check,$(CHECKS),$(addprefix $(B)/manual/,$(check).bash _$(check) $(check).fish))

$(B)/manual/manual: $(B)/obj/checks/manual/manual.o $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $< $(LIB) $(LIBS) -o $@

$(B)/manual/%.1: $(B)/manual/manual
	@$< man $* > $@
$(B)/manual/warrant.yaml.5: $(B)/manual/manual
	@$< policy > $@
$(B)/manual/%.fish: $(B)/manual/manual
	@$< fish $* > $@
$(B)/manual/%.bash: $(B)/manual/manual
	@$< bash $* > $@
$(B)/manual/_%: $(B)/manual/manual
	@$< zsh $* > $@

$(B)/app/task-app: $(call objects,$(APP_SRC))
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $^ $(APP_LIBS) -o $@

TEST_SUPPORT := $(call objects,$(sort $(wildcard tests/support/*.c)))

$(B)/unit/%: $(B)/obj/tests/unit/%.o $(TEST_SUPPORT) $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -lcmocka -o $@

# Our own code with allocations that fail on demand, for the test of what happens then. Without objcopy (macOS) none fails,
# which the test says.
$(B)/libwarrant-failing.a: $(LIB)
	@if [ "$$(uname)" = Darwin ]; then cp $< $@; else \
		objcopy $(foreach name,malloc calloc realloc strdup,--redefine-sym $(name)=failing_$(name)) $< $@; fi

$(B)/unit/test_run: $(B)/obj/tests/unit/test_run.o $(TEST_SUPPORT) $(B)/libwarrant-failing.a
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -lcmocka -o $@

$(B)/replay/%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/fuzz/replay.o $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -o $@

$(B)/tests/%: $(B)/obj/tests/%.o $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) $^ $(LIBS) -lcmocka -o $@

.SECONDARY:
-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)

# ---- judge this repository ---------------------------------------------------------------------------------------------

.PHONY: check
check: all ## every check over this repository; RANGE=A..B judges what a pull request adds
	@for check in $(CHECKS_HERE); do $(B)/checks/$$check $(if $(RANGE),--range '$(RANGE)',--all); done

# ---- tests ---------------------------------------------------------------------------------------------------------------

SHELL_TESTS := $(sort $(wildcard tests/cli/*.sh tests/hooks/*.sh tests/app/*.sh))
RULE_TESTS := $(sort $(patsubst tests/%.c,%,$(wildcard tests/rules/test_*.c)))
TEST_PROGRAMS := $(addprefix $(B)/unit/,$(UNIT_TESTS)) $(addprefix $(B)/replay/,$(FUZZERS)) $(addprefix $(B)/tests/,$(RULE_TESTS))

.PHONY: test test-programs test-packages unit
test: test-packages ## all tests: units, rules and fuzz corpora under sanitizers, programs, hooks and the app as shipped
	$(MAKE) all
	$(MAKE) VARIANT=asan all test-programs
	BUILD=$(B) tests/run.sh $(patsubst $(B)/%,build/asan/%,$(TEST_PROGRAMS)) $(SHELL_TESTS)

test-programs: $(TEST_PROGRAMS)

test-packages:
	./install.sh --packages-only test

unit: test-programs ## unit, rule and corpus tests of this VARIANT alone
	tests/run.sh $(TEST_PROGRAMS)

CASES ?= tests/rules/cases.tsv
.PHONY: score
score: $(B)/tests/rules/score ## how well the rules find labelled cases, per code; CASES=FILE for others
	$(B)/tests/rules/score $(CASES)

.PHONY: asan
asan: ## everything, the shell tests included, with address and undefined-behaviour sanitizers
	$(MAKE) VARIANT=asan all test-programs
	BUILD=build/asan tests/run.sh $(patsubst $(B)/%,build/asan/%,$(TEST_PROGRAMS)) $(SHELL_TESTS)

FUZZ_TIME ?= 60
.PHONY: fuzz
fuzz: ## run each fuzz target for FUZZ_TIME seconds (clang's libFuzzer)
	$(MAKE) CC=clang VARIANT=fuzz FUZZ_TIME=$(FUZZ_TIME) fuzz-run

.PHONY: fuzz-run
fuzz-run: $(addprefix $(B)/fuzz/,$(FUZZERS))
	for target in $(FUZZERS); do mkdir -p $(B)/corpus/$$target; \
		$(B)/fuzz/$$target -max_total_time=$(FUZZ_TIME) -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 \
			$(B)/corpus/$$target tests/fuzz/corpus/$${target#fuzz_}; done

$(B)/fuzz/%: $(B)/obj/tests/fuzz/%.o $(LIB)
	@mkdir -p $(@D)
	@echo '  LINK  $@'
	@$(CC) $(ALL_LDFLAGS) -fsanitize=fuzzer $^ $(LIBS) -o $@

.PHONY: bench
BENCH_PROGRAMS := $(addprefix $(B)/tests/bench/,$(sort $(patsubst tests/bench/%.c,%,$(wildcard tests/bench/*.c))))
bench: all $(B)/rulec $(BENCH_PROGRAMS) ## measure against git and ripgrep, as ratios in one run
	BUILD=$(B) tests/bench/run.sh

.PHONY: reproducible
reproducible: ## two clean builds in two folders must give the same bytes
	tests/support/reproducible.sh

# ---- lint ------------------------------------------------------------------------------------------------------------------

C_FILES := $(sort $(shell git ls-files '*.c' '*.h' 2>/dev/null))
SH_FILES := $(sort install.sh .ci/run $(wildcard tests/*.sh tests/*/*.sh policy/source/*.sh hooks/*.sh))

.PHONY: lint docs check-format check-headers check-layers check-docs check-shell tidy cppcheck clang-build
lint: check-format check-headers check-layers check-docs check-shell cppcheck tidy clang-build ## all static checks

check-format: ## clang-format agrees
	@clang-format-14 --dry-run -Werror $(C_FILES)

check-headers: ## each header compiles alone
	@for header in $(filter %.h,$(C_FILES)); do \
		printf '#include "%s"\nextern int alone;\n' $$header | $(CC) $(ALL_CFLAGS) -fsyntax-only -x c -; done

check-layers: ## includes point one way: base <- source, rules, report <- config <- judge <- checks <- hooks
	tests/support/layers.sh

check-docs: all ## tables in the README are what the programs print
	BUILD=$(B) tests/support/docs.sh

docs: all ## write those tables anew
	BUILD=$(B) UPDATE=1 tests/support/docs.sh

check-shell: ## shellcheck
	shellcheck -x $(SH_FILES)

# It cannot expand the X-macro of problem.h, and does not see what CLEANUP releases: that is left to
# clang-tidy and the sanitizers.
CPPCHECK_FILES := $(filter-out tests/% policy/report/problem.c,$(filter %.c,$(C_FILES)))
cppcheck: ## cppcheck, errors in what ships (its warnings are mostly false: clang-tidy does better)
# reason: system headers are not ours to judge, and macros and cleanup attributes are beyond it
# owner: @warrant/maintainers
	@cppcheck --quiet --error-exitcode=1 --enable=portability,performance --inline-suppr --std=c11 -I. \
		--suppress=missingIncludeSystem --suppress=preprocessorErrorDirective --suppress=memleak --suppress=internalAstError --suppress=uninitvar $(CPPCHECK_FILES)

# One file per process: with several, clang-tidy 14 reports a false valist error.
tidy: ## clang-tidy
	@status=0; for file in $(filter-out tests/%,$(filter %.c,$(C_FILES))); do \
		clang-tidy-14 --quiet $$file -- $(filter-out -Werror,$(ALL_CFLAGS)) 2>/dev/null || status=1; done; exit $$status

clang-build: ## clang compiles it without a warning
	$(MAKE) CC=clang VARIANT=clang all test-programs

# ---- install ---------------------------------------------------------------------------------------------------------------

.PHONY: install uninstall
install: all $(MANUAL_PAGES) $(COMPLETIONS) ## programs, manual pages and completions below PREFIX (DESTDIR honoured)
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin libexec/warrant share/man/man1 share/man/man5 \
		share/bash-completion/completions share/zsh/site-functions share/fish/vendor_completions.d)
	install -m 755 $(addprefix $(B)/checks/,$(CHECKS)) $(DESTDIR)$(PREFIX)/bin/
	install -m 755 $(addprefix $(B)/hooks/,$(HOOKS)) $(DESTDIR)$(PREFIX)/libexec/warrant/
	install -m 644 $(filter %.1,$(MANUAL_PAGES)) $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 $(filter %.5,$(MANUAL_PAGES)) $(DESTDIR)$(PREFIX)/share/man/man5/
	for check in $(CHECKS); do install -m 644 $(B)/manual/$$check.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$check; done
	install -m 644 $(CHECKS:%=$(B)/manual/_%) $(DESTDIR)$(PREFIX)/share/zsh/site-functions/
	install -m 644 $(filter %.fish,$(COMPLETIONS)) $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/

uninstall: ## take away what install put there
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,$(addprefix bin/,$(CHECKS)) $(addprefix libexec/warrant/,$(HOOKS)) \
		$(CHECKS:%=share/man/man1/%.1) share/man/man5/warrant.yaml.5 $(CHECKS:%=share/zsh/site-functions/_%) \
		$(addprefix share/bash-completion/completions/,$(CHECKS)) $(CHECKS:%=share/fish/vendor_completions.d/%.fish))
	rmdir $(DESTDIR)$(PREFIX)/libexec/warrant 2>/dev/null || true

.PHONY: clean
clean: ## remove what was built
	rm -rf build

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14
