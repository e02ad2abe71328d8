// What the peers in C share: files, and the clock.
#ifndef PEER_H
#define PEER_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint8_t *bytes;
  size_t size;
} peer_file;

// Reads a file into memory whose address is a multiple of 64; ends the program where it cannot.
peer_file peer_read(const char *path);

// Processor time of this thread, in seconds.
double peer_clock(void);

#endif
