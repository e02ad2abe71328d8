/// How long an agreement runs, by its title or by the words around it.
#ifndef AGREEMENTS_TERMS_H
#define AGREEMENTS_TERMS_H

#include "entries.h"
#include "text.h"

enum { TERM_SIZE = 16 };

/// How long an agreement runs by its title, such as "P3Y" for 三年 or 2018—2020年; NULL when it does not say.
/// `buffer` has room for TERM_SIZE bytes.
const char *term_of(text t, range title, char *buffer);

/// The same by the words around a title: 为期三年的《…》, or 《…》，协议期限为3年. What is not signed there
/// must have its term right behind its title.
const char *term_near(text t, const entry *e, int is_signed, char *buffer);

/// Where 为期三年的 begins that ends at `title`; `title` where nothing of that kind does.
uint32_t lasting_start(text t, uint32_t title);

#endif
