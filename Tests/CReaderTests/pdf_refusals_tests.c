#include "pdf_checks.h"
int test_pdf_refusals(const reader *r) {
  (void)r;
  return 0;
}
