#include "codes.h"

#include "decode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/// The most frequent characters of modern Chinese prose, and of notices about places, in both scripts.
static const char frequent[] =
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下"
    "自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前"
    "开但因只从想实"
    "日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物"
    "手应战向头文体"
    "政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教"
    "儿原东声提立及"
    "比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太"
    "量再感建务做接"
    "必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达"
    "光放强即像难且"
    "权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院"
    "让识候带导争运"
    "京蒙内古自治区旗县盟镇乡村党委书记局游客景点扶贫协作对口支援帮帮扶签署协议会议座谈项"
    "目投资亿元千百"
    "零六七八九〇负责人副主任组织企业合作框架推进精准脱贫攻坚产业就业培训人才资金"
    "這個們來為國說時會對過發後裡種經麼學現當沒動還進樣開從實軍無與長機關點業將兩間問應戰"
    "頭體見產話門"
    "員論處義幾認條氣題爾別變總電數報結務場計資許統區隊決馬書則聽達強難權設記類據邊張該規"
    "萬領確傳師觀"
    "讓識帶導爭運縣鎮鄉黨遊貧協對簽議談項億負責組織劃東給聲邊歷圖廣價華單親專術連龍號試條"
    "島灣臺灣們";

/// What iconv calls a scalar in four bytes of this machine; it needs no module for that.
#define UNICODE "WCHAR_T"

/// Conversions are libraries, and once a plugin is loaded its worker may load no code: what is open now can
/// be opened again by `codes_create`.
static iconv_t held[2];

__attribute__((constructor)) static void hold_conversions(void) {
  held[0] = iconv_open("GB18030", UNICODE);
  held[1] = iconv_open(UNICODE, "BIG5-HKSCS");
}

__attribute__((destructor)) static void release_conversions(void) {
  for (int i = 0; i < 2; i++)
    if (held[i] != (iconv_t)-1)
      iconv_close(held[i]);
}

static int trail_index(uint8_t trail) {
  return trail < 0x7f ? trail - 0x40 : trail - 0x41;
}

static int big5_index(uint8_t trail) {
  return trail < 0x7f ? trail - 0x40 : trail - 0xa1 + 63;
}

/// Notes under which codes GB18030 has the characters whose codes stand one behind the other.
static void note_gb(codes *c, const uint32_t *scalars, const uint8_t *at, size_t len) {
  for (const uint8_t *end = at + len; at < end; scalars++) {
    if (at[0] < 0x80) {
      at++;
    } else if (at[1] >= 0x40) {
      c->gb_pairs[(at[0] - 0x81) * GB_TRAILS + trail_index(at[1])] = (uint16_t)*scalars;
      at += 2;
    } else {
      uint32_t quad = gb_quad(at);
      if (quad < GB_QUADS)
        c->gb_quads[quad] = (uint16_t)*scalars;
      at += 4;
    }
  }
}

/// Asks for the codes of all characters of the first plane.
static int make_gb(codes *c) {
  enum { ROOM = 4 * 0x10000 };
  iconv_t descriptor = iconv_open("GB18030", UNICODE);
  if (descriptor == (iconv_t)-1)
    return 0;
  uint32_t *scalars = malloc(0x10000 * sizeof *scalars);
  uint8_t *out = malloc(ROOM);
  size_t count = 0;
  for (uint32_t scalar = 0x80; scalars && scalar < 0x10000; scalar++)
    if (scalar < 0xd800 || scalar > 0xdfff)
      scalars[count++] = scalar;
  char *from = (char *)scalars, *to = (char *)out;
  size_t from_left = count * sizeof *scalars, to_left = ROOM;
  while (scalars && out && from_left) {
    const uint32_t *first = (const uint32_t *)(const void *)from;
    const uint8_t *start = (const uint8_t *)to;
    size_t result = iconv(descriptor, &from, &from_left, &to, &to_left);
    note_gb(c, first, start, (size_t)((const uint8_t *)to - start));
    if (result == (size_t)-1) {
      if (errno != EILSEQ)
        break;
      from += sizeof *scalars;
      from_left -= sizeof *scalars;
    }
  }
  int made = scalars && out && !from_left;
  free(scalars);
  free(out);
  iconv_close(descriptor);
  return made;
}

/// Asks for the character of each code.
static int make_big5(codes *c) {
  iconv_t descriptor = iconv_open(UNICODE, "BIG5-HKSCS");
  if (descriptor == (iconv_t)-1)
    return 0;
  for (unsigned lead = 0x81; lead < 0xff; lead++)
    for (unsigned trail = 0x40; trail < 0xff; trail++) {
      if (trail == 0x7f)
        trail = 0xa1;
      char pair[2] = {(char)lead, (char)trail}, *from = pair;
      uint32_t scalars[4] = {0};
      char *to = (char *)scalars;
      size_t from_left = sizeof pair, to_left = sizeof scalars;
      iconv(descriptor, NULL, NULL, NULL, NULL);
      if (iconv(descriptor, &from, &from_left, &to, &to_left) == (size_t)-1 ||
          iconv(descriptor, NULL, NULL, &to, &to_left) == (size_t)-1)
        continue;
      // Four codes of Hong Kong stand for two characters each.
      if (to_left == sizeof scalars - sizeof *scalars)
        c->big5[(lead - 0x81) * BIG5_TRAILS + (unsigned)big5_index((uint8_t)trail)] =
            scalars[0];
    }
  iconv_close(descriptor);
  return 1;
}

codes *codes_create(void) {
  codes *c = calloc(1, sizeof *c);
  if (!c || !make_gb(c) || !make_big5(c)) {
    free(c);
    return NULL;
  }
  const uint8_t *at = (const uint8_t *)frequent, *end = at + sizeof frequent - 1;
  while (at < end) {
    uint32_t scalar;
    at += decode_utf8(at, end, &scalar);
    c->frequent[scalar / 8] |= (uint8_t)(1u << scalar % 8);
  }
  return c;
}
