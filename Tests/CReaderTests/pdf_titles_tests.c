#include "pdf_checks.h"
int test_pdf_titles(const reader *r) {
  (void)r;
  return 0;
}
