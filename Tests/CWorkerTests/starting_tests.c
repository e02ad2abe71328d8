/// How a worker starts, with which protections, and how it ends before its first call.
#define _GNU_SOURCE
#include "check.h"
#include "session.h"
#include "tests.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const start_options plain;

static start_options with_argument(const char *argument) {
  return (start_options){.argument = argument};
}

static start_options early(const char *variable) {
  return (start_options){.environment = variable};
}

static void check_status(session *s, int status, const char *sentence) {
  CHECK(command(s, DKR_DESCRIBE) == HAS_ENDED);
  CHECK(reap(s) && s->status == status);
  CHECK(strstr(s->text, sentence) != NULL);
  finish(s);
}

static void demands(void) {
  CASE("a worker with all that is demanded starts");
  session *s =
      start_ready("good", with_argument("--require=seccomp,landlock,uid,rlimits"));
  finish(s);
  CASE("a worker without what is demanded says so and ends");
  check_status(start("good", with_argument("--require=seccomp,lanlock")), 71,
               "there is no protection called lanlock, which is demanded");
  CASE("a worker that is asked for nonsense ends");
  check_status(start("good", with_argument("--uid=root")), 64, "started by duikou");
  check_status(start("good", with_argument("--uid=4294967295")), 64, "started by duikou");
  check_status(start("good", with_argument("--what")), 64, "started by duikou");
}

/// Takes a call with such an argument away from the calling thread and from what it starts.
static void lose_call(uint32_t number, unsigned argument, uint32_t value) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
               (uint32_t)offsetof(struct seccomp_data, args) + 8 * argument),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  struct sock_fprog filter = {sizeof code / sizeof *code, code};
  CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
  CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0);
}

/// A plugin whose constructor would end the worker with another status.
static session *start_unloaded(void) {
  return start("early", early("DUIKOU_EARLY=exit in a constructor"));
}

static void *without_filters(void *unused) {
  lose_call(SYS_seccomp, 0, SECCOMP_SET_MODE_FILTER);
  check_status(start_unloaded(), 71,
               "this machine lacks the protection seccomp, without");
  return unused;
}

static void *without_filters_for_threads(void *unused) {
  lose_call(SYS_seccomp, 1, SECCOMP_FILTER_FLAG_TSYNC);
  check_status(start_unloaded(), 71,
               "this machine lacks the protection seccomp-tsync, without");
  return unused;
}

static void *without_giving_up_privileges(void *unused) {
  lose_call(SYS_prctl, 0, PR_SET_NO_NEW_PRIVS);
  check_status(start_unloaded(), 71,
               "this machine lacks the protection no-new-privs, without");
  return unused;
}

static void machines_that_lack_what_it_needs(void) {
  CASE("where system calls cannot be filtered for good, no plugin is loaded");
  static void *(*const machines[])(void *) = {
      without_filters, without_filters_for_threads, without_giving_up_privileges};
  for (size_t i = 0; i < sizeof machines / sizeof *machines; i++) {
    pthread_t thread;
    pthread_create(&thread, NULL, machines[i], NULL);
    pthread_join(thread, NULL);
  }
}

/// Runs the program with its output in a file, as people do.
static int probe(const char *argument, char *text, size_t size) {
  char path[] = "/tmp/duikou-probe-XXXXXX", line[8192];
  int file = mkstemp(path);
  snprintf(line, sizeof line, "'%s' --probe %s > %s", tests.worker, argument, path);
  int status = system(line);
  ssize_t len = read(file, text, size - 1);
  text[len > 0 ? len : 0] = 0;
  close(file);
  unlink(path);
  return status;
}

static void probing(void) {
  CASE("the probe tells of each protection, also into a file");
  static const char *const names[] = {
      "landlock", "seccomp",     "seccomp-tsync", "no-new-privs", "uid",
      "rlimits",  "memfd-seals", "pidfd",         "mseal",        "pdeathsig"};
  char text[4096], line[64];
  CHECK(probe("", text, sizeof text) == 0);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(line, sizeof line, "%s\t", names[i]);
    char *at = strstr(text, line);
    CHECK(at && (at == text || at[-1] == '\n'));
  }
}

/// Whether the worker's state, as /proc tells it, has a line "name: 0000…".
static int is_zero(const char *state, const char *name) {
  const char *at = strstr(state, name);
  return at && strtoull(at + strlen(name), NULL, 16) == 0;
}

static void check_what_it_is(const char *uid) {
  const char *before = tests.uid;
  tests.uid = uid;
  session *s = start_ready("good", plain);
  tests.uid = before;
  char path[64], state[4096] = "";
  snprintf(path, sizeof path, "/proc/%d/status", s->process);
  FILE *file = fopen(path, "r");
  CHECK(file && fread(state, 1, sizeof state - 1, file) > 0);
  if (file)
    fclose(file);
  CHECK(is_zero(state, "\nCapInh:\t") && is_zero(state, "\nCapPrm:\t") &&
        is_zero(state, "\nCapEff:\t") && is_zero(state, "\nCapAmb:\t"));
  // What cannot be traced is root's.
  struct stat status;
  CHECK(stat(path, &status) == 0 && status.st_uid == 0);
  snprintf(path, sizeof path, "/proc/%d/oom_score_adj", s->process);
  file = fopen(path, "r");
  int score = 0;
  CHECK(file && fscanf(file, "%d", &score) == 1 && score >= 500);
  if (file)
    fclose(file);
  finish(s);
}

static void what_it_is(void) {
  CASE("a worker has no capabilities, cannot be traced, and is the first to go without "
       "memory");
  check_what_it_is(tests.uid);
  if (geteuid() == 0)
    check_what_it_is("--uid=65534");
}

static void *without_namespaces(void *text) {
  lose_call(SYS_unshare, 0, CLONE_NEWUSER);
  CHECK(probe("", text, 4096) == 0);
  return NULL;
}

static void users(void) {
  CASE("where user namespaces are not allowed, the probe says with whom threads are "
       "counted");
  char text[4096];
  int is_root = geteuid() == 0;
  pthread_t thread;
  pthread_create(&thread, NULL, without_namespaces, text);
  pthread_join(thread, NULL);
  CHECK(strstr(text, is_root ? "uid\tpartial\tuser 65534" : "uid\tno\t"));
  CHECK(strstr(text, is_root
                         ? "rlimits\tpartial\tthreads are counted with those of other"
                         : "rlimits\tpartial\tthreads are counted with those of the"));
}

static void crashes_early(void) {
  CASE("a crash in a constructor is recorded with its place in the plugin");
  session *s = start("early", early("DUIKOU_EARLY=crash in a constructor"));
  CHECK(command(s, DKR_DESCRIBE) == HAS_ENDED);
  CHECK(reap(s) && s->status == -SIGSEGV);
  dkr_crash crash = dkr_channel_crash(s->channel, 0);
  CHECK(crash.signal == SIGSEGV && crash.is_plugin && crash.offset > 0 &&
        crash.offset < 65536);
  CHECK(strcmp(crash.module, "early.so") == 0);
  finish(s);
  CASE("a crash in the entry is recorded");
  s = start("early", early("DUIKOU_EARLY=crash in its entry"));
  CHECK(command(s, DKR_DESCRIBE) == HAS_ENDED && reap(s) && s->status == -SIGSEGV);
  CHECK(dkr_channel_crash(s->channel, 0).is_plugin);
  finish(s);
  CASE("a constructor that ends the process ends the worker");
  s = start("early", early("DUIKOU_EARLY=exit in a constructor"));
  CHECK(command(s, DKR_DESCRIBE) == HAS_ENDED && reap(s) && s->status == 0);
  CHECK(dkr_channel_crash(s->channel, 0).signal == 0);
  finish(s);
  CASE("a constructor cannot end the worker as if this machine were at fault");
  s = start("early", early("DUIKOU_EARLY=end like a machine that cannot"));
  CHECK(command(s, DKR_DESCRIBE) == HAS_ENDED && reap(s) && s->status == 128 + SIGSYS);
  CHECK(dkr_channel_crash(s->channel, 0).code == SYS_exit_group);
  finish(s);
  CASE("a constructor that does not end can be killed");
  s = start("early", early("DUIKOU_EARLY=loop in a constructor"));
  dkr_channel_post(s->channel, DKR_DESCRIBE);
  CHECK(wait_for(s, 200) == IS_LATE);
  CHECK(dkr_signal(s->pidfd, SIGKILL) == 0 && reap(s) && s->status == -SIGKILL);
  finish(s);
}

static void refuses_early(void) {
  CASE("what is no plugin is refused with a reason");
  session *s = start("no_entry", plain);
  CHECK(command(s, DKR_DESCRIBE) == DK_FAILED_PRECONDITION);
  CHECK(message_has(s, "duikou_plugin_v1"));
  CHECK(output_of(s)->status == DK_FAILED_PRECONDITION);
  finish(s);
  CASE("a plugin that refuses the host is refused");
  s = start("early", early("DUIKOU_EARLY=refuse the host"));
  CHECK(command(s, DKR_DESCRIBE) == DK_FAILED_PRECONDITION);
  finish(s);
  CASE("a description that cannot be read is refused");
  s = start("early", early("DUIKOU_EARLY=be too small"));
  CHECK(command(s, DKR_DESCRIBE) == DK_INVALID_ARGUMENT);
  CHECK(message_has(s, "its dk_plugin has a size of 80 bytes"));
  finish(s);
  CASE("what was not created is not destroyed");
  s = start("early", early("DUIKOU_EARLY=fail to create"));
  CHECK(command(s, DKR_DESCRIBE) == DK_OK);
  CHECK(command(s, DKR_CREATE) == DK_UNAVAILABLE && message_has(s, "status 14"));
  CHECK(command(s, DKR_DRAIN) == HAS_ENDED && reap(s) && s->status == 0);
  CHECK(strstr(s->text, "destroyed") == NULL);
  finish(s);
}

static void *starts_and_ends(void *unused) {
  (void)unused;
  return start_ready("good", plain);
}

static void follows_its_host(void) {
  CASE("a worker ends with the thread that started it");
  pthread_t thread;
  void *result;
  pthread_create(&thread, NULL, starts_and_ends, NULL);
  pthread_join(thread, &result);
  session *s = result;
  CHECK(reap(s) && s->status == -SIGKILL);
  finish(s);
  CASE("a worker whose host is gone before it looks ends");
  fflush(stdout);
  pid_t other = 0;
  int status = 0;
  dkr_channel_limits limits = {4096, {4096, 4096, 4096}};
  dkr_channel *channel = dkr_channel_create(&limits);
  other = fork();
  if (other == 0) {
    // To the worker, this process is not the one that made the memory.
    int descriptors[5], pidfd, null = open("/dev/null", O_RDWR | O_CLOEXEC);
    char *arguments[] = {(char *)tests.worker, NULL}, *environment[] = {NULL};
    dkr_channel_descriptors(channel, descriptors);
    descriptors[4] = null;
    int process = dkr_spawn(arguments, environment, descriptors, null, null, &pidfd);
    _exit(process > 0 && waitpid(process, &status, 0) == process && WIFEXITED(status)
              ? WEXITSTATUS(status)
              : 1);
  }
  struct pollfd ended = {.fd = (int)syscall(SYS_pidfd_open, other, 0), .events = POLLIN};
  if (poll(&ended, 1, ANSWER_MS) != 1)
    kill(other, SIGKILL);
  close(ended.fd);
  CHECK(waitpid(other, &status, 0) == other && WIFEXITED(status) &&
        WEXITSTATUS(status) == 72);
  dkr_channel_destroy(channel);
}

static void unheard_children(void) {
  CASE("the end of a worker is noticed also where the kernel reaps it");
  struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
  session *s = start_ready("good", plain);
  sigaction(SIGCHLD, &ignore, &before);
  int status;
  CHECK(dkr_reap(s->pidfd, &status) == 0);
  CHECK(dkr_signal(s->pidfd, SIGKILL) == 0);
  CHECK(reap(s) && s->status == DKR_STATUS_UNKNOWN);
  sigaction(SIGCHLD, &before, NULL);
  finish(s);
  CASE("a process that is nobody's child here still runs");
  int parent = (int)syscall(SYS_pidfd_open, getppid(), 0);
  CHECK(parent >= 0 && dkr_reap(parent, &status) == 0);
  close(parent);
}

static void spawning(void) {
  CASE("a program that is not there is an error");
  int descriptors[5] = {0, 0, 0, 0, 0}, pidfd;
  char *arguments[] = {"/nonexistent/duikou-worker", NULL}, *environment[] = {NULL};
  CHECK(dkr_spawn(arguments, environment, descriptors, 1, 2, &pidfd) == -2);
  descriptors[2] = -1;
  CHECK(dkr_spawn(arguments, environment, descriptors, 1, 2, &pidfd) == -9);
}

counts test_starting(void) {
  demands();
  machines_that_lack_what_it_needs();
  probing();
  users();
  what_it_is();
  crashes_early();
  refuses_early();
  follows_its_host();
  unheard_children();
  spawning();
  return (counts){passed, failed};
}
