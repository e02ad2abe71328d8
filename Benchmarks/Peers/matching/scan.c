#include "scan.h"

#include <string.h>

enum { LONGEST_CHUNK = 2048, ROW_COUNT = 256, PADDING = 16, PAGE_SIZE = 64 };
enum { NARROW_ENTRIES = 1024, WIDE_SHIFT = 32, WIDE_STARTS = 1, NARROW_STARTS = 2 };

#define BASE_MASK 0x7fffffffu

typedef struct {
  uint16_t candidates[LONGEST_CHUNK + PADDING];
  uint16_t thirds[LONGEST_CHUNK + PADDING];
  uint32_t states[LONGEST_CHUNK + PADDING];
  lexicon_match rows[ROW_COUNT];
} scratch;

typedef struct {
  const lexicon *tables;
  const uint8_t *text;
  size_t end;
  lexicon_found found;
  void *context;
  scratch scratch;
  size_t row;
} scan;

typedef struct {
  size_t count, end;
} picked;

typedef struct {
  uint32_t code;
  uint32_t width;
} character;

static size_t aligned(size_t offset) {
  return (offset + 63) & ~(size_t)63;
}

static uint32_t number(const uint8_t *image, size_t offset) {
  uint32_t number;
  memcpy(&number, image + offset, 4);
  return number;
}

lexicon lexicon_open(const uint8_t *image) {
  uint32_t entries = number(image, 40), pages = number(image, 44);
  uint32_t bits = number(image, 48), nodes = number(image, 52);
  size_t pages_at = aligned(64 + (size_t)entries * 4);
  size_t filter_at = aligned(pages_at + (size_t)pages * PAGE_SIZE * 4);
  size_t nodes_at = aligned(filter_at + ((size_t)1 << bits) / 8);
  size_t values_at = aligned(nodes_at + (size_t)nodes * 8);
  return (lexicon){
      .singles = number(image, 36),
      .index_entries = entries,
      .index = (const uint32_t *)(const void *)(image + 64),
      .pages = (const uint32_t *)(const void *)(image + pages_at),
      .filter = (const uint64_t *)(const void *)(image + filter_at),
      .filter_shift = 64 - bits,
      .starts = number(image, 56),
      .nodes = (const lexicon_node *)(const void *)(image + nodes_at),
      .values = (const uint32_t *)(const void *)(image + values_at),
  };
}

static inline uint32_t word(const uint8_t *text) {
  uint32_t word;
  memcpy(&word, text, 4);
  return word;
}

static inline uint32_t word_before(const uint8_t *text, const uint8_t *end) {
  if (text + 4 <= end)
    return word(text);
  uint32_t word = 0;
  memcpy(&word, text, (size_t)(end - text));
  return word;
}

static inline uint32_t triple_code(const lexicon *tables, uint32_t word) {
  uint32_t page = tables->index[(word & 0xf) << 6 | (word >> 8 & 0x3f)];
  return tables->pages[page + (word >> 16 & 0x3f)];
}

static inline character character_at(const lexicon *tables, const uint8_t *text,
                                     const uint8_t *end) {
  uint32_t bytes = word_before(text, end), lead = bytes & 0xff;
  if (lead < 0x80) {
    uint32_t page = tables->index[NARROW_ENTRIES + (lead >> 6)];
    return (character){tables->pages[page + (lead & 0x3f)], 1};
  }
  if ((bytes & 0x00c0c0f0) == 0x008080e0)
    return (character){triple_code(tables, bytes), 3};
  if ((bytes & 0xc0e0) == 0x80c0 && lead >= 0xc2) {
    uint32_t page = tables->index[NARROW_ENTRIES + (lead & 0x1f)];
    return (character){tables->pages[page + (bytes >> 8 & 0x3f)], 2};
  }
  if ((bytes & 0xc0c0c0f8) != 0x808080f0)
    return (character){0, 1};
  uint32_t block = (bytes & 7) << 12 | (bytes >> 8 & 0x3f) << 6 | (bytes >> 16 & 0x3f);
  uint32_t entry = WIDE_SHIFT + block;
  if (block < 0x400 || entry >= tables->index_entries)
    return (character){0, 4};
  return (character){tables->pages[tables->index[entry] + (bytes >> 24 & 0x3f)], 4};
}

static inline uint64_t bytes_at(const uint8_t *text) {
  uint64_t bytes;
  memcpy(&bytes, text, 8);
  return bytes;
}

static inline size_t bit(const lexicon *tables, uint64_t key) {
  uint64_t place = (key * 0x9e3779b97f4a7c15u) >> tables->filter_shift;
  return tables->filter[place >> 6] >> (place & 63) & 1;
}

static inline uint32_t width_of(uint32_t bytes) {
  uint32_t lead = bytes & 0xff;
  if (lead < 0x80)
    return 1;
  if ((bytes & 0x00c0c0f0) == 0x008080e0)
    return 3;
  if ((bytes & 0xc0e0) == 0x80c0 && lead >= 0xc2)
    return 2;
  return (bytes & 0xc0c0c0f8) == 0x808080f0 ? 4 : 1;
}

static inline __attribute__((always_inline)) picked pick(scan *scan, size_t start,
                                                         size_t limit, uint32_t starts) {
  const lexicon tables = *scan->tables;
  const uint8_t *text = scan->text;
  uint16_t *candidates = scan->scratch.candidates;
  size_t at = start, end = scan->end, count = 0;
  ptrdiff_t safe = (ptrdiff_t)(limit - 12) < (ptrdiff_t)(end - 17)
                       ? (ptrdiff_t)(limit - 12)
                       : (ptrdiff_t)(end - 17);
#define TEST(bytes, offset, meant)                                                       \
  do {                                                                                   \
    candidates[count] = (uint16_t)(at - start + (offset));                               \
    size_t single = starts & WIDE_STARTS ? bit(&tables, (bytes) << 40) : 0;              \
    count += (bit(&tables, (bytes) << 16) | single) & (size_t)(meant);                   \
  } while (0)
  while (at < limit) {
    if ((ptrdiff_t)at <= safe) {
      uint64_t a = bytes_at(text + at), b = bytes_at(text + at + 3),
               c = bytes_at(text + at + 6), d = bytes_at(text + at + 9);
      uint64_t front = (a & 0xc0f0c0c0f0c0c0f0) ^ 0x80e08080e08080e0;
      uint64_t back = (bytes_at(text + at + 4) & 0xc0c0f0c0c0f0c0c0) ^ 0x8080e08080e08080;
      if ((front | back) == 0) {
        TEST(a, 0, 1);
        TEST(b, 3, 1);
        TEST(c, 6, 1);
        TEST(d, 9, 1);
        at += 12;
        continue;
      }
      size_t front_width = front ? (size_t)__builtin_ctzll(front) >> 3 : 8;
      size_t back_width = (back ? (size_t)__builtin_ctzll(back) >> 3 : 8) + 4;
      size_t triples = (front_width < back_width ? front_width : back_width) * 11 >> 5;
      TEST(a, 0, triples > 0);
      TEST(b, 3, triples > 1);
      TEST(c, 6, triples > 2);
      at += triples * 3;
      uint64_t high = bytes_at(text + at) & 0x8080808080808080;
      size_t run = high ? (size_t)__builtin_ctzll(high) >> 3 : 8;
      if (run > 0) {
        if (starts & NARROW_STARTS)
          for (size_t place = at; place < at + run; place++) {
            candidates[count] = (uint16_t)(place - start);
            count += bit(&tables, (uint64_t)text[place] << 56);
          }
        at += run;
        continue;
      }
    }
    uint64_t bytes = 0;
    if (at + 8 <= end)
      bytes = bytes_at(text + at);
    else
      memcpy(&bytes, text + at, end - at);
    uint32_t width = width_of((uint32_t)bytes);
    if (width == 3) {
      TEST(bytes, 0, 1);
    } else if (starts & NARROW_STARTS) {
      candidates[count] = (uint16_t)(at - start);
      count += bit(&tables, bytes << (64 - 8 * width));
    }
    at += width;
  }
#undef TEST
  return (picked){count, at};
}

static __attribute__((noinline)) picked pick_pairs(scan *scan, size_t start,
                                                   size_t limit) {
  return pick(scan, start, limit, 0);
}

static __attribute__((noinline)) picked pick_all(scan *scan, size_t start, size_t limit) {
  return pick(scan, start, limit, scan->tables->starts);
}

static __attribute__((noinline)) size_t confirm(scan *scan, size_t start, size_t count) {
  const lexicon tables = *scan->tables;
  const uint8_t *text = scan->text;
  scratch *scratch = &scan->scratch;
  size_t end = scan->end, kept = 0;
  for (size_t candidate = 0; candidate < count; candidate++) {
    uint16_t offset = scratch->candidates[candidate];
    size_t at = start + offset;
    scratch->candidates[kept] = offset;
    if (at + 10 <= end) {
      uint64_t bytes = bytes_at(text + at);
      if ((bytes & 0x0000c0c0f0c0c0f0) == 0x00008080e08080e0) {
        uint32_t first = triple_code(&tables, (uint32_t)bytes);
        uint32_t second = triple_code(&tables, (uint32_t)(bytes >> 24));
        uint32_t third = word(text + at + 6);
        uint32_t pair = (tables.nodes[first].word & BASE_MASK) + second;
        lexicon_node node = tables.nodes[pair];
        uint32_t is_pair = node.check == first;
        uint32_t triple = (node.word & BASE_MASK) + triple_code(&tables, third);
        uint32_t is_triple = tables.nodes[triple].check == pair;
        uint32_t is_other = (third & 0x00c0c0f0) != 0x008080e0;
        uint32_t is_single = first - 1 < tables.singles;
        scratch->states[kept] = pair & (0 - is_pair);
        scratch->thirds[kept] = (uint16_t)(offset + 6);
        kept += (is_pair & (node.word >> 31 | is_triple | is_other)) | is_single;
        continue;
      }
    }
    character first = character_at(&tables, text + at, text + end);
    size_t third = at + first.width;
    uint32_t state = 0;
    if (third < end) {
      character second = character_at(&tables, text + third, text + end);
      uint32_t pair = (tables.nodes[first.code].word & BASE_MASK) + second.code;
      if (tables.nodes[pair].check == first.code)
        state = pair;
      third += second.width;
    }
    scratch->states[kept] = state;
    scratch->thirds[kept] = (uint16_t)(third - start);
    kept += state != 0 || first.code - 1 < tables.singles;
  }
  return kept;
}

static inline void add(scan *scan, size_t start, size_t end, uint32_t state,
                       bool is_match) {
  scan->scratch.rows[scan->row] =
      (lexicon_match){(int64_t)start, (int64_t)end, scan->tables->values[state]};
  scan->row += is_match;
  if (scan->row < ROW_COUNT)
    return;
  scan->found(scan->context, scan->scratch.rows, scan->row);
  scan->row = 0;
}

static __attribute__((noinline)) void walk_all(scan *scan, size_t start, size_t count) {
  const lexicon tables = *scan->tables;
  const uint8_t *text = scan->text;
  size_t end = scan->end;
  for (size_t candidate = 0; candidate < count; candidate++) {
    size_t at = start + scan->scratch.candidates[candidate];
    size_t next_at = start + scan->scratch.thirds[candidate];
    uint32_t state = scan->scratch.states[candidate];
    if (tables.singles > 0) {
      character first = character_at(&tables, text + at, text + end);
      add(scan, at, at + first.width, first.code, first.code - 1 < tables.singles);
      if (state == 0)
        continue;
    }
    lexicon_node node = tables.nodes[state];
    for (;;) {
      add(scan, at, next_at, state, node.word > BASE_MASK);
      if (next_at >= end)
        break;
      character character = character_at(&tables, text + next_at, text + end);
      uint32_t next = (node.word & BASE_MASK) + character.code;
      node = tables.nodes[next];
      if (node.check != state)
        break;
      state = next;
      next_at += character.width;
    }
  }
}

static __attribute__((noinline)) size_t walk_longest(scan *scan, size_t start,
                                                     size_t count, size_t taken) {
  const lexicon tables = *scan->tables;
  const uint8_t *text = scan->text;
  size_t end = scan->end;
  for (size_t candidate = 0; candidate < count; candidate++) {
    size_t at = start + scan->scratch.candidates[candidate], longest_end = 0;
    if (at < taken)
      continue;
    size_t next_at = start + scan->scratch.thirds[candidate];
    uint32_t state = scan->scratch.states[candidate], longest = 0;
    if (tables.singles > 0) {
      character first = character_at(&tables, text + at, text + end);
      if (first.code - 1 < tables.singles) {
        longest = first.code;
        longest_end = at + first.width;
      }
    }
    if (state != 0) {
      lexicon_node node = tables.nodes[state];
      for (;;) {
        longest_end = node.word > BASE_MASK ? next_at : longest_end;
        longest = node.word > BASE_MASK ? state : longest;
        if (next_at >= end)
          break;
        character character = character_at(&tables, text + next_at, text + end);
        uint32_t next = (node.word & BASE_MASK) + character.code;
        node = tables.nodes[next];
        if (node.check != state)
          break;
        state = next;
        next_at += character.width;
      }
    }
    if (longest == 0)
      continue;
    taken = longest_end;
    add(scan, at, longest_end, longest, true);
  }
  return taken;
}

void lexicon_scan(const lexicon *lexicon, const uint8_t *text, size_t size, bool longest,
                  lexicon_found found, void *context) {
  scan scan;
  scan.tables = lexicon;
  scan.text = text;
  scan.end = size;
  scan.found = found;
  scan.context = context;
  scan.row = 0;
  size_t taken = 0;
  for (size_t at = 0; at < size;) {
    size_t limit = size - at < LONGEST_CHUNK ? size : at + LONGEST_CHUNK;
    picked picked =
        lexicon->starts ? pick_all(&scan, at, limit) : pick_pairs(&scan, at, limit);
    size_t count = confirm(&scan, at, picked.count);
    if (longest)
      taken = walk_longest(&scan, at, count, taken);
    else
      walk_all(&scan, at, count);
    at = picked.end;
  }
  if (scan.row > 0)
    found(context, scan.scratch.rows, scan.row);
}
