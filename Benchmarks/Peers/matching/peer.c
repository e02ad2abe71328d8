#define _POSIX_C_SOURCE 200809L

#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

peer_file peer_read(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(1);
  }
  size_t size = (size_t)ftell(file);
  rewind(file);
  uint8_t *bytes = aligned_alloc(64, (size + 128) & ~(size_t)63);
  if (!bytes || fread(bytes, 1, size, file) != size) {
    perror(path);
    exit(1);
  }
  fclose(file);
  bytes[size] = 0;
  return (peer_file){bytes, size};
}

double peer_clock(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}
