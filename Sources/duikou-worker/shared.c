#define _GNU_SOURCE
#include "shared.h"
#include "numbers.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *map(int descriptor, uint64_t size, int protection) {
  void *at = mmap(NULL, size, protection, MAP_SHARED | MAP_NORESERVE, descriptor, 0);
  // A plugin could otherwise map something else over it, and answer from there.
  if (at != MAP_FAILED)
    syscall(MSEAL, at, size, 0);
  close(descriptor);
  return at == MAP_FAILED ? NULL : at;
}

int map_shared(shared *s) {
  s->host = map(DKR_FD_HOST_PAGE, DKR_PAGE_SIZE, PROT_READ);
  if (!s->host || s->host->magic != DKR_PAGE_MAGIC || s->host->protocol != DKR_PROTOCOL)
    return 0;
  s->input = map(DKR_FD_INPUT, s->host->limits.input_size, PROT_READ);
  s->worker = map(DKR_FD_WORKER_PAGE, DKR_PAGE_SIZE, PROT_READ | PROT_WRITE);
  s->output_size = dkr_block_size(&s->host->limits.call);
  s->output = map(DKR_FD_OUTPUT, s->output_size, PROT_READ | PROT_WRITE);
  return s->input && s->worker && s->output;
}
