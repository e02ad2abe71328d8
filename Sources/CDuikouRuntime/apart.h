/// Keeps a thread of the host from sharing a core with its worker while another is free: on one core
/// they have to put each other to sleep for every turn, and nothing tells the system that they are
/// two.
#ifndef DUIKOU_APART_H
#define DUIKOU_APART_H

#include <stdint.h>

/// How often the two were found together, and apart, of late. Starts as zeros.
typedef struct dkr_apart {
  uint32_t together, apart;
  uint32_t patience; ///< times together before the next move
  int64_t last_ns;   ///< when they were last found together
} dkr_apart;

/// Notes that a turn found both on `cpu`, where the calling thread is. After some such turns in
/// quick succession the thread moves to another core that it may use, and 1 is returned; where that does not last, ever
/// more rarely.
int dkr_note_together(dkr_apart *a, uint32_t cpu);

/// Notes that a turn found them on two cores.
void dkr_note_apart(dkr_apart *a);

#endif
