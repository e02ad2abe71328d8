#include "sample.h"

#include <stdlib.h>
#include <time.h>

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

double bench_median_of(double *values, uint32_t count) {
  qsort(values, count, sizeof *values, compare);
  return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

double bench_median(bench_body body, void *context, uint32_t samples, uint32_t calls) {
  double *values = calloc(samples, sizeof *values);
  if (!values)
    abort();
  body(context, calls);
  for (uint32_t i = 0; i < samples; i++) {
    int64_t start = dkr_now_ns();
    body(context, calls);
    values[i] = (double)(dkr_now_ns() - start) / calls;
  }
  double median = bench_median_of(values, samples);
  free(values);
  return median;
}

double bench_median_paused(bench_body body, void *context, uint32_t samples,
                           uint32_t pause_us) {
  double *values = calloc(samples, sizeof *values);
  struct timespec pause = {.tv_nsec = (long)pause_us * 1000};
  if (!values)
    abort();
  for (uint32_t i = 0; i < samples; i++) {
    nanosleep(&pause, NULL);
    int64_t start = dkr_now_ns();
    body(context, 1);
    values[i] = (double)(dkr_now_ns() - start);
  }
  double median = bench_median_of(values, samples);
  free(values);
  return median;
}

uint64_t bench_read_all(const bench_record *records, const char *pool, uint32_t count) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < count; i++)
    sum += bench_read(&records[i], pool + records[i].name.off);
  return sum;
}

uint64_t bench_read_output(const dkr_output *output) {
  const char *base = (const char *)output;
  const dkr_segment *segments =
      (const dkr_segment *)(const void *)(base + output->segments_off);
  uint64_t sum = 0;
  for (uint32_t s = 0; s < output->segment_count; s++) {
    const void *rows = base + segments[s].rows_off;
    const char *pool = base + output->pool_off - output->pool_base;
    sum += bench_read_all(rows, pool, segments[s].row_count);
  }
  return sum;
}
