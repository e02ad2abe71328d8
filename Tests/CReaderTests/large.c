/// Files as large as a worker is given, and archives that unpack to ten times that. Each is read in a process
/// of its own, which tells how long that takes and how much memory besides the file.
#define _GNU_SOURCE
#include "office.h"
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 1000000000, MEMORY_MAX = 128 << 10 }; // bytes, KB

/// A file: `begin`, and `body` up to 1 GB.
static const struct {
  const char *sentence, *method, *begin, *body;
  dk_status status;
  const char *word;
} texts[] = {
    {"a line of UTF-8", "Text", "", "京蒙协作", DK_OK, ""},
    {"a line of GB18030", "Text", "", "\xb1\xb1\xbe\xa9", DK_OK, ""},
    {"a cell", "Csv", "项目,", "京蒙协作", DK_OK, ""},
    {"a cell whose quote never closes", "Csv", "项目,\"", "京蒙协作", DK_OK, ""},
    {"a row of empty cells", "Csv", "项目", ",", DK_OK, ""},
    {"a paragraph", "Html", "<p>", "京蒙协作", DK_OK, ""},
    {"an attribute", "Html", "<p>a<img src='", "yyyyyyyy", DK_RESOURCE_EXHAUSTED,
     "32 MB"},
    {"a comment", "Html", "<p>a<!--", "yyyyyyyy", DK_RESOURCE_EXHAUSTED, "32 MB"},
    {"a script", "Html", "<p>a<script>", "yyyyyyyy", DK_RESOURCE_EXHAUSTED, "32 MB"},
};

static struct rusage used(void) {
  struct rusage all;
  getrusage(RUSAGE_SELF, &all);
  return all;
}

/// Lets the most memory that has been used be what is used now.
static void forget_peak(void) {
  FILE *file = fopen("/proc/self/clear_refs", "w");
  if (file && fputs("5", file) >= 0)
    fclose(file);
}

/// Reads a file in the process of the test, and tells what came of it. Returns whether it is as expected.
static int is_read(const reader *r, const char *sentence, const char *method,
                   dk_image *image, dk_status status, const char *word) {
  char message[DKR_MESSAGE_MAX + 1] = "";
  forget_peak();
  struct rusage before = used();
  dk_status found = read_image(r, method, image, message);
  struct rusage after = used();
  long memory = after.ru_maxrss - before.ru_maxrss;
  printf("%s, %s: status %d %s, %ld MB, %ld s\n", method, sentence, (int)found, message,
         memory >> 10, (long)(after.ru_utime.tv_sec - before.ru_utime.tv_sec));
  return found == status && strstr(message, word) && memory < MEMORY_MAX;
}

static dk_image *text_image(const char *begin, const char *body) {
  char *bytes;
  dk_image *image = image_with_room("", "a file", SIZE, &bytes);
  size_t at = strlen(begin), len = strlen(body);
  memcpy(bytes, begin, at);
  for (; at + len <= SIZE; at += len)
    memcpy(bytes + at, body, len);
  memset(bytes + at, ' ', SIZE - at);
  return image;
}

/// An archive with a part that is repeated up to 10 GB; without its directory where it is cut.
static dk_image *archive_image(int is_cut) {
  zip_part part = {"word/document.xml", "                                ", 0,
                   ZIP_BOMB | ZIP_LONG};
  zip_file file = zip_write(&part, 1);
  char *bytes;
  size_t len = is_cut ? file.len - 1 : file.len;
  dk_image *image = image_with_room("", "a file", len, &bytes);
  memcpy(bytes, file.bytes, len);
  free(file.bytes);
  return image;
}

/// Waits for the process of one file; returns whether its check has failed.
static int has_failed(pid_t child) {
  int status = 1;
  return waitpid(child, &status, 0) != child || status != 0;
}

int test_large_texts(const reader *r) {
  int failed = 0;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    pid_t child = fork();
    if (child == 0)
      exit(!is_read(r, texts[i].sentence, texts[i].method,
                    text_image(texts[i].begin, texts[i].body), texts[i].status,
                    texts[i].word));
    failed += has_failed(child);
  }
  return failed;
}

int test_large_archives(const reader *r) {
  int failed = 0;
  for (int is_cut = 0; is_cut < 2; is_cut++) {
    pid_t child = fork();
    if (child == 0)
      exit(!is_read(
          r, is_cut ? "a part of 10 GB in a file that is cut" : "a part of 10 GB", "Docx",
          archive_image(is_cut), DK_RESOURCE_EXHAUSTED, is_cut ? "512 MB" : "256 MB"));
    failed += has_failed(child);
  }
  return failed;
}
