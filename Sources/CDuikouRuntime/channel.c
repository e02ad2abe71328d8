#define _GNU_SOURCE
#include "apart.h"
#include "protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HOST_PAGE, INPUT, WORKER_PAGE, OUTPUT, PIECES };

/// A piece of shared memory.
typedef struct piece {
  int descriptor;
  uint64_t size;
  void *at;
} piece;

struct dkr_channel {
  piece pieces[PIECES];
  uint32_t turn;         ///< of the last command
  _Atomic uint32_t dead; ///< the worker has ended
  dkr_apart apart;
};

/// How long a wait sleeps without a look whether the worker lives: wakes get lost only where it sees
/// to that.
static const int64_t sleep_ns = 1000000000;
/// How long it rests behind a wake that was for nothing.
static const int64_t rest_ns = 1000000;
static const uint64_t trim_size = 8u << 20;

static dkr_host_page *host_page(const dkr_channel *channel) {
  return channel->pieces[HOST_PAGE].at;
}

static dkr_worker_page *worker_page(const dkr_channel *channel) {
  return channel->pieces[WORKER_PAGE].at;
}

/// Makes one piece. The host's own are sealed so that nobody else can write to them, ever; the
/// mapping is made before, since the seal holds for it too.
static int make_piece(piece *p, uint64_t size, int protection, int is_hosts) {
  p->size = size;
  p->descriptor = memfd_create("duikou", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (p->descriptor < 0 || ftruncate(p->descriptor, (off_t)size) < 0)
    return 0;
  p->at = mmap(NULL, size, protection, MAP_SHARED | MAP_NORESERVE, p->descriptor, 0);
  if (p->at == MAP_FAILED) {
    p->at = NULL;
    return 0;
  }
  int seals = F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  return fcntl(p->descriptor, F_ADD_SEALS,
               is_hosts ? seals | F_SEAL_FUTURE_WRITE : seals) == 0;
}

static uint64_t round_up(uint64_t size) {
  return (size + DKR_PAGE_SIZE - 1) & ~(uint64_t)(DKR_PAGE_SIZE - 1);
}

dkr_channel *dkr_channel_create(const dkr_channel_limits *limits) {
  dkr_channel *channel = calloc(1, sizeof *channel);
  if (!channel)
    return NULL;
  for (int i = 0; i < PIECES; i++)
    channel->pieces[i].descriptor = -1;
  int both = PROT_READ | PROT_WRITE;
  if (!make_piece(&channel->pieces[HOST_PAGE], DKR_PAGE_SIZE, both, 1) ||
      !make_piece(&channel->pieces[INPUT], round_up(limits->input_size), both, 1) ||
      !make_piece(&channel->pieces[WORKER_PAGE], DKR_PAGE_SIZE, both, 0) ||
      !make_piece(&channel->pieces[OUTPUT], dkr_block_size(&limits->call), PROT_READ,
                  0)) {
    int reason = errno;
    dkr_channel_destroy(channel);
    errno = reason;
    return NULL;
  }
  dkr_host_page *host = host_page(channel);
  host->magic = DKR_PAGE_MAGIC;
  host->protocol = DKR_PROTOCOL;
  host->process = getpid();
  host->limits = *limits;
  host->limits.input_size = channel->pieces[INPUT].size;
  return channel;
}

void dkr_channel_destroy(dkr_channel *channel) {
  if (!channel)
    return;
  for (int i = 0; i < PIECES; i++) {
    piece *p = &channel->pieces[i];
    if (p->at)
      munmap(p->at, p->size);
    if (p->descriptor >= 0)
      close(p->descriptor);
  }
  free(channel);
}

void dkr_channel_descriptors(const dkr_channel *channel, int descriptors[4]) {
  for (int i = 0; i < PIECES; i++)
    descriptors[i] = channel->pieces[i].descriptor;
}

void dkr_channel_begin(dkr_channel *channel) {
  // In order before the post that makes it visible, and before any cancellation of this call.
  atomic_store_explicit(&host_page(channel)->cancelled, 0, memory_order_relaxed);
}

void dkr_channel_post(dkr_channel *channel, uint32_t command) {
  dkr_host_page *host = host_page(channel);
  host->command = command;
  atomic_store(&host->request, ++channel->turn);
  if (atomic_load(&worker_page(channel)->worker_sleeping))
    dkr_futex_wake(&host->request);
}

/// Writes the metadata behind the image; returns 0 when it does not fit.
static int put_metadata(uint8_t *at, const uint8_t *end,
                        const dkr_call_request *request) {
  for (uint32_t i = 0; i < request->metadata_count; i++) {
    const dk_metadata *m = &request->metadata[i];
    uint64_t name_len = strlen(m->name), value_len = m->value_len;
    uint64_t size = dkr_metadata_entry_size(name_len, value_len);
    if (size > (uint64_t)(end - at))
      return 0;
    dkr_metadata_entry entry = {(uint32_t)name_len, (uint32_t)value_len};
    uint8_t *to = at + sizeof entry;
    memcpy(at, &entry, sizeof entry);
    memcpy(to, m->name, name_len + 1);
    if (value_len > 0) // behind which the value may be NULL
      memcpy(to + name_len + 1, m->value, value_len);
    to[name_len + 1 + value_len] = 0;
    at += size;
  }
  return 1;
}

int dkr_channel_create_plugin(dkr_channel *channel, const void *config, uint64_t size) {
  const piece *input = &channel->pieces[INPUT];
  if (size > input->size)
    return 0;
  if (size > 0) // behind which there may be no configuration
    memcpy(input->at, config, size);
  host_page(channel)->image_size = size;
  dkr_channel_post(channel, DKR_CREATE);
  return 1;
}

int dkr_channel_call(dkr_channel *channel, const dkr_call_request *request) {
  dkr_host_page *host = host_page(channel);
  const piece *input = &channel->pieces[INPUT];
  uint64_t metadata = (request->image_size + 7) & ~UINT64_C(7);
  if (request->image_size > input->size || metadata > input->size)
    return 0;
  uint8_t *at = input->at;
  memcpy(at, request->image, request->image_size);
  if (!put_metadata(at + metadata, at + input->size, request))
    return 0;
  host->method = request->method;
  host->deadline_ns = request->deadline_ns;
  host->image_size = request->image_size;
  host->metadata_off = metadata;
  host->metadata_count = request->metadata_count;
  atomic_store_explicit(&worker_page(channel)->done, 0, memory_order_relaxed);
  atomic_store_explicit(&worker_page(channel)->total, 0, memory_order_relaxed);
  dkr_channel_post(channel, DKR_CALL);
  return 1;
}

void dkr_channel_continue(dkr_channel *channel, dk_status status) {
  host_page(channel)->status = status;
  dkr_channel_post(channel, DKR_CONTINUE);
}

static int look(const dkr_channel *channel) {
  if (atomic_load(&channel->dead))
    return DKR_ENDED;
  if (atomic_load_explicit(&worker_page(channel)->response, memory_order_acquire) ==
      channel->turn)
    return DKR_ANSWERED;
  return DKR_TIMED_OUT;
}

/// Says where the calling thread is, and returns whether the worker is there too, or was last.
static int is_together(const dkr_channel *channel, uint32_t *cpu) {
  *cpu = dkr_tell_cpu(&host_page(channel)->host_cpu);
  return atomic_load_explicit(&worker_page(channel)->worker_cpu, memory_order_relaxed) ==
         *cpu;
}

/// The same at a turn's beginning, where the thread may move.
static int stays_together(dkr_channel *channel) {
  uint32_t cpu;
  if (is_together(channel, &cpu))
    return !dkr_note_together(&channel->apart, cpu) || is_together(channel, &cpu);
  dkr_note_apart(&channel->apart);
  return 0;
}

/// A look, and where that pays, another behind a spin.
static int spin(dkr_channel *channel, int64_t until_ns) {
  dkr_worker_page *worker = worker_page(channel);
  uint32_t seen = atomic_load_explicit(&worker->response, memory_order_relaxed);
  // Before the look: a worker that took this core when it was woken has answered by now.
  int is_shared = stays_together(channel);
  int result = look(channel);
  if (result != DKR_TIMED_OUT || is_shared)
    return result;
  dkr_spin(&worker->response, seen, &host_page(channel)->host_cpu, &worker->worker_cpu,
           until_ns);
  return look(channel);
}

/// Sleeps for a moment, but not beyond `until_ns`, whatever the worker does.
static void rest(int64_t until_ns) {
  int64_t end = dkr_now_ns() + rest_ns;
  end = end < until_ns ? end : until_ns;
  struct timespec until = {end / 1000000000, end % 1000000000};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

int dkr_channel_wait(dkr_channel *channel, int64_t until_ns) {
  dkr_host_page *host = host_page(channel);
  dkr_worker_page *worker = worker_page(channel);
  int result = spin(channel, until_ns);
  for (int wakes = 0; result == DKR_TIMED_OUT; wakes++) {
    uint32_t seen = atomic_load(&worker->response);
    atomic_store(&host->host_sleeping, 1);
    result = look(channel);
    int64_t now = dkr_now_ns();
    if (result != DKR_TIMED_OUT || now >= until_ns)
      break;
    dkr_futex_wait(&worker->response, seen,
                   until_ns - now > sleep_ns ? now + sleep_ns : until_ns);
    result = look(channel);
    // One wake may come late from the turn before; a worker that goes on waking would keep this thread
    // running.
    if (result == DKR_TIMED_OUT && wakes > 0)
      rest(until_ns);
  }
  atomic_store(&host->host_sleeping, 0);
  return result;
}

dkr_answer dkr_channel_answer(const dkr_channel *channel) {
  const volatile dkr_worker_page *worker = worker_page(channel);
  return (dkr_answer){.kind = worker->kind, .status = worker->status};
}

const void *dkr_channel_output(const dkr_channel *channel, uint64_t *size) {
  *size = channel->pieces[OUTPUT].size;
  return channel->pieces[OUTPUT].at;
}

void dkr_channel_progress(const dkr_channel *channel, uint64_t *done, uint64_t *total) {
  *done = atomic_load_explicit(&worker_page(channel)->done, memory_order_relaxed);
  *total = atomic_load_explicit(&worker_page(channel)->total, memory_order_relaxed);
}

void dkr_channel_cancel(dkr_channel *channel) {
  atomic_store(&host_page(channel)->cancelled, 1);
}

void dkr_channel_mark_dead(dkr_channel *channel) {
  atomic_store(&channel->dead, 1);
  // The word must change, or whoever is about to sleep on it would.
  atomic_fetch_xor(&worker_page(channel)->response, 0x80000000u);
  dkr_futex_wake(&worker_page(channel)->response);
}

void dkr_channel_trim(dkr_channel *channel) {
  // Rows lie behind the header; what is written beyond this size was a large call's.
  const piece *output = &channel->pieces[OUTPUT];
  if (output->size > trim_size)
    fallocate(output->descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
              (off_t)trim_size, (off_t)(output->size - trim_size));
}

uint64_t dkr_channel_held(const dkr_channel *channel) {
  static const int counted[] = {INPUT, OUTPUT};
  uint64_t held = 0;
  for (size_t i = 0; i < sizeof counted / sizeof *counted; i++) {
    struct stat state;
    if (fstat(channel->pieces[counted[i]].descriptor, &state) == 0)
      held += (uint64_t)state.st_blocks * 512;
  }
  return held;
}

dkr_crash dkr_channel_crash(const dkr_channel *channel, int sample) {
  dkr_worker_page *worker = worker_page(channel);
  dkr_crash crash = sample ? worker->sample : worker->crash;
  crash.module[sizeof crash.module - 1] = 0;
  return crash;
}
