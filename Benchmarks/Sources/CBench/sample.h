#ifndef BENCH_SAMPLE_H
#define BENCH_SAMPLE_H

#include "bench.h"
#include "duikou_runtime.h"

/// Keeps the compiler from leaving out what computes `value`.
#define BENCH_KEEP(value) __asm__ volatile("" : : "g"(value) : "memory")

/// The median; sorts the values.
double bench_median_of(double *values, uint32_t count);

/// As bench_median, with one call for each sample and a sleep before it, of less than a second.
double bench_median_paused(bench_body body, void *context, uint32_t samples,
                           uint32_t pause_us);

/// Reads every field of all records.
uint64_t bench_read_all(const bench_record *records, const char *pool, uint32_t count);

/// Reads every field of all records of a call's output, where the runtime put them.
uint64_t bench_read_output(const dkr_output *output);

#endif
