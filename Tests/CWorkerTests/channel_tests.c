/// The channel by itself, without a worker.
#define _GNU_SOURCE
#include "apart.h"
#include "check.h"
#include "protocol.h"
#include "session.h"
#include "tests.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const dkr_channel_limits limits = {
    .input_size = 4096,
    .call = {.rows_size = 64 << 20, .pool_size = 4096, .scratch_size = 4096}};

static void seals_hold(void) {
  dkr_channel *channel = dkr_channel_create(&limits);
  int descriptors[4];
  dkr_channel_descriptors(channel, descriptors);
  CASE("nobody else can ever write to the host's page and the input");
  for (int i = 0; i < 2; i++) {
    CHECK(mmap(NULL, 4096, PROT_WRITE, MAP_SHARED, descriptors[i], 0) == MAP_FAILED);
    CHECK(errno == EPERM);
    CHECK(pwrite(descriptors[i], "x", 1, 0) < 0);
    void *page = mmap(NULL, 4096, PROT_READ, MAP_SHARED, descriptors[i], 0);
    CHECK(page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_WRITE) < 0);
    munmap(page, 4096);
  }
  CASE("no piece can be made shorter, longer or less sealed");
  for (int i = 0; i < 4; i++) {
    CHECK(ftruncate(descriptors[i], 0) < 0 && ftruncate(descriptors[i], 1 << 30) < 0);
    CHECK(fcntl(descriptors[i], F_ADD_SEALS, F_SEAL_WRITE) < 0);
    CHECK(fcntl(descriptors[i], F_GETFD) & FD_CLOEXEC);
  }
  dkr_channel_destroy(channel);
}

static void what_does_not_fit(void) {
  CASE("an image or metadata that do not fit are not posted");
  dkr_channel *channel = dkr_channel_create(&limits);
  static char image[8192];
  static const dk_metadata long_one = {"name", image, sizeof image, 0};
  dkr_call_request request = {.image = image, .image_size = sizeof image};
  CHECK(!dkr_channel_call(channel, &request));
  request.image_size = UINT64_MAX;
  CHECK(!dkr_channel_call(channel, &request));
  request = (dkr_call_request){
      .image = image, .image_size = 64, .metadata = &long_one, .metadata_count = 1};
  CHECK(!dkr_channel_call(channel, &request));
  request.image_size = 4096;
  request.metadata_count = 0;
  CHECK(dkr_channel_call(channel, &request));
  CASE("the image of a configuration that does not fit is not posted");
  CHECK(!dkr_channel_create_plugin(channel, image, 4097));
  CHECK(!dkr_channel_create_plugin(channel, image, UINT64_MAX));
  CHECK(dkr_channel_create_plugin(channel, image, 4096));
  CHECK(dkr_channel_create_plugin(channel, NULL, 0));
  dkr_channel_destroy(channel);
}

static void *marks_dead(void *channel) {
  usleep(50000);
  dkr_channel_mark_dead(channel);
  return NULL;
}

static void waiting(void) {
  dkr_channel *channel = dkr_channel_create(&limits);
  CASE("a wait ends at its time");
  dkr_channel_post(channel, DKR_DESCRIBE);
  int64_t start = dkr_now_ns();
  CHECK(dkr_channel_wait(channel, start + 20000000) == DKR_TIMED_OUT);
  CHECK(dkr_now_ns() >= start + 20000000);
  CHECK(dkr_channel_wait(channel, 0) == DKR_TIMED_OUT);
  CASE("a wait ends with the worker");
  pthread_t thread;
  pthread_create(&thread, NULL, marks_dead, channel);
  CHECK(dkr_channel_wait(channel, INT64_MAX) == DKR_ENDED);
  pthread_join(thread, NULL);
  CHECK(dkr_channel_wait(channel, INT64_MAX) == DKR_ENDED);
  dkr_channel_mark_dead(channel);
  CHECK(dkr_channel_wait(channel, INT64_MAX) == DKR_ENDED);
  dkr_channel_destroy(channel);
}

/// A worker that wakes its host without an answer, as fast as it can.
typedef struct waker {
  dkr_worker_page *page;
  _Atomic int is_done;
} waker;

static void *wakes(void *argument) {
  waker *w = argument;
  for (uint32_t i = 0; !w->is_done; i = (i + 1) & 0xffffff) {
    atomic_store(&w->page->response, 0x40000000u | i);
    dkr_futex_wake(&w->page->response);
  }
  return NULL;
}

static int64_t own_time_ns(void) {
  struct timespec used;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return (int64_t)used.tv_sec * 1000000000 + used.tv_nsec;
}

static void being_woken(void) {
  CASE("a worker that wakes its host for nothing does not keep it running");
  dkr_channel *channel = dkr_channel_create(&limits);
  int descriptors[4];
  dkr_channel_descriptors(channel, descriptors);
  waker waker = {mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptors[2], 0),
                 0};
  pthread_t thread;
  pthread_create(&thread, NULL, wakes, &waker);
  dkr_channel_post(channel, DKR_DESCRIBE);
  int64_t start = dkr_now_ns(), used = own_time_ns();
  CHECK(dkr_channel_wait(channel, start + 300000000) == DKR_TIMED_OUT);
  // By the clock of this thread, which a busy machine does not move.
  CHECK(own_time_ns() - used < 60000000);
  waker.is_done = 1;
  pthread_join(thread, NULL);
  munmap(waker.page, 4096);
  dkr_channel_destroy(channel);
}

static void trimming(void) {
  CASE("what a large call has used is given back, the beginning is kept");
  dkr_channel *channel = dkr_channel_create(&limits);
  int descriptors[4];
  dkr_channel_descriptors(channel, descriptors);
  uint64_t size;
  const char *output = dkr_channel_output(channel, &size);
  char *workers = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptors[3], 0);
  memset(workers, 1, size);
  struct stat before, behind;
  fstat(descriptors[3], &before);
  dkr_channel_trim(channel);
  fstat(descriptors[3], &behind);
  CHECK(behind.st_blocks <= (8 << 20) / 512 && before.st_blocks > behind.st_blocks);
  CHECK(output[0] == 1 && output[size - 1] == 0);
  munmap(workers, size);
  dkr_channel_destroy(channel);
}

static void holding(void) {
  CASE("the host can tell how much memory the input and the output take up");
  enum { PAGES = 100, SIZE = PAGES * 4096 };
  static const dkr_channel_limits large = {
      .input_size = SIZE,
      .call = {.rows_size = SIZE, .pool_size = 4096, .scratch_size = 4096}};
  dkr_channel *channel = dkr_channel_create(&large);
  int descriptors[4];
  dkr_channel_descriptors(channel, descriptors);
  CHECK(dkr_channel_held(channel) == 0);
  CASE("what a worker only reads of the input is counted, and never given back");
  const volatile char *input = mmap(NULL, SIZE, PROT_READ, MAP_SHARED, descriptors[1], 0);
  int sum = 0;
  for (int i = 0; i < PAGES; i++)
    sum += input[i * 4096];
  uint64_t read = dkr_channel_held(channel); // more than that where pages are large
  CHECK(sum == 0 && read >= SIZE);
  CASE("what it writes to the output is counted");
  char *output = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, descriptors[3], 0);
  for (int i = 0; i < 10; i++)
    output[i * 4096] = 1;
  CHECK(dkr_channel_held(channel) >= read + 10 * 4096);
  munmap((void *)(uintptr_t)input, SIZE);
  munmap(output, SIZE);
  dkr_channel_trim(channel);
  CHECK(dkr_channel_held(channel) >= SIZE);
  dkr_channel_destroy(channel);
}

/// How often the system is to refuse a thread its cores from now on, behind the next time.
static int refusals;

/// In the C library's place.
int sched_setaffinity(pid_t thread, size_t size, const cpu_set_t *cpus) {
  static int is_next;
  if (refusals > 0 && is_next++ > 0) {
    refusals--;
    errno = EINVAL;
    return -1;
  }
  return syscall(SYS_sched_setaffinity, thread, size, cpus) < 0 ? -1 : 0;
}

static void being_refused_cores(void) {
  CASE("a thread that is refused its cores when it has moved gets them at a later turn");
  cpu_set_t before, behind;
  sched_getaffinity(0, sizeof before, &before);
  dkr_apart apart = {0};
  refusals = 2;
  for (int i = 0; i < 32; i++)
    dkr_note_together(&apart, (uint32_t)sched_getcpu());
  sched_getaffinity(0, sizeof behind, &behind);
  CHECK(CPU_COUNT(&before) == 1 || CPU_COUNT(&behind) == CPU_COUNT(&before) - 1);
  dkr_note_apart(&apart);
  dkr_note_apart(&apart);
  sched_getaffinity(0, sizeof behind, &behind);
  CHECK(CPU_EQUAL(&before, &behind));
  refusals = 0;
}

static void moving_apart(void) {
  CASE("a thread moves from its worker's core, ever more rarely, and may use all as "
       "before");
  cpu_set_t before, behind, one;
  sched_getaffinity(0, sizeof before, &before);
  dkr_apart apart = {0};
  int moves[2] = {0, 0}, can_move = CPU_COUNT(&before) > 1;
  for (int i = 0; i < 400; i++)
    moves[i >= 200] += dkr_note_together(&apart, (uint32_t)sched_getcpu());
  CHECK(moves[0] == 2 * can_move && moves[1] == 0);
  sched_getaffinity(0, sizeof behind, &behind);
  CHECK(CPU_EQUAL(&before, &behind));
  CASE("it does so again after it was apart for long");
  for (int i = 0; i < 2000; i++)
    dkr_note_apart(&apart);
  for (int i = 0; i < 32; i++)
    moves[1] += dkr_note_together(&apart, (uint32_t)sched_getcpu());
  CHECK(moves[1] == can_move);
  CASE("a thread that may use one core stays there");
  apart = (dkr_apart){0};
  CPU_ZERO(&one);
  CPU_SET((size_t)sched_getcpu(), &one);
  CHECK(sched_setaffinity(0, sizeof one, &one) == 0);
  for (int i = 0; i < 32; i++)
    moves[0] += dkr_note_together(&apart, (uint32_t)sched_getcpu());
  CHECK(moves[0] == 2 * can_move);
  sched_setaffinity(0, sizeof before, &before);
}

counts test_channel(void) {
  seals_hold();
  what_does_not_fit();
  waiting();
  being_woken();
  trimming();
  holding();
  moving_apart();
  being_refused_cores();
  return (counts){passed, failed};
}
