// scan IMAGE TEXT [longest]: goes through the text once for each line that is read.
#include "peer.h"
#include "scan.h"

#include <stdio.h>

typedef struct {
  size_t count;
  uint64_t sum;
} total;

static void found(void *context, const lexicon_match *matches, size_t count) {
  total *total = context;
  uint64_t sum = 0;
  for (size_t match = 0; match < count; match++)
    sum += (uint64_t)(matches[match].end - matches[match].start) + matches[match].value;
  total->count += count;
  total->sum += sum;
}

int main(int count, char **arguments) {
  if (count < 3)
    return 2;
  peer_file image = peer_read(arguments[1]), text = peer_read(arguments[2]);
  lexicon lexicon = lexicon_open(image.bytes);
  while (getchar() != EOF) {
    for (int c = 0; c != '\n' && c != EOF;)
      c = getchar();
    total total = {0};
    double start = peer_clock();
    lexicon_scan(&lexicon, text.bytes, text.size, count > 3, found, &total);
    printf("{\"seconds\":%.9f,\"bytes\":%zu,\"matches\":%zu,\"sum\":%llu}\n",
           peer_clock() - start, text.size, total.count, (unsigned long long)total.sum);
    fflush(stdout);
  }
}
