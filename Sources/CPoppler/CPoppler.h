/// poppler's interface in C, as pkg-config knows it; what links with it names this target.
#ifndef CPOPPLER_H
#define CPOPPLER_H

#include <poppler.h>

#endif
