#include "internal.h"

namespace {
thread_local std::string last_error;
}

void ctorch::set_error(const std::string &message) { last_error = message; }

const char *ctorch_last_error(void) { return last_error.c_str(); }
