/// Tells how long a call may take, and waits until nobody waits for it any more.
#define _POSIX_C_SOURCE 200809L
#include "plugin.h"
#include <time.h>

enum { QUESTION = 0x5a170001, ANSWER = 0x5a170002 };

typedef struct question {
  dk_row row;
  uint32_t milliseconds;
  uint32_t reserved;
} question;

typedef struct answer {
  dk_row row;
  int64_t left;
  uint32_t endless;
  uint32_t reserved;
} answer;

static const dk_field question_fields[] = {
    DK_FIELD_UNIT(question, milliseconds, 1, DK_U32, "ms", "How long to wait at most.")};
static const dk_field answer_fields[] = {
    DK_FIELD_UNIT(answer, left, 1, DK_I64, "ns",
                  "From the method's start to its deadline."),
    DK_FIELD(answer, endless, 2, DK_U32, "1 where there is no deadline.")};
static const dk_type types[] = {
    TYPE("cn.example.wait.question", QUESTION, question, question_fields),
    TYPE("cn.example.wait.answer", ANSWER, answer, answer_fields)};

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static dk_status tell(void *self, dk_call *call) {
  (void)self;
  answer *answer = response_row(call);
  if (!answer)
    return DK_RESOURCE_EXHAUSTED;
  answer->endless = call->deadline_ns == INT64_MAX;
  answer->left = answer->endless ? 0 : call->deadline_ns - now();
  answer->row.has = DK_BIT(1) | DK_BIT(2);
  return DK_OK;
}

static dk_status wait_for_word(void *self, dk_call *call) {
  int64_t end =
      now() + ((const question *)request_row(call))->milliseconds * INT64_C(1000000);
  log_line("waiting");
  while (now() < end) {
    if (dk_cancelled(call)) {
      log_line("the cancel word was set");
      return DK_CANCELLED;
    }
    nanosleep(&(struct timespec){0, 1000000}, NULL);
  }
  return tell(self, call);
}

USES(uses, question, QUESTION, answer, ANSWER);
static const dk_method methods[] = {
    METHOD("Tell", 0, uses, QUESTION, ANSWER, tell),
    METHOD("Wait", 0, uses, QUESTION, ANSWER, wait_for_word)};

PLUGIN("cn.example.wait", "1.0.0")
