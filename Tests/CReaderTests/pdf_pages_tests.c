#include "pdf_checks.h"
int test_pdf_pages(const reader *r) {
  (void)r;
  return 0;
}
