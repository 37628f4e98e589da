// The fused kernels for any processor, in vectors of four (SSE2, NEON, or what the compiler makes of them).
#include "fused_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#define FUSED_NAME plain
#define FUSED_WIDTH 4
#define FUSED_PANEL_VECTORS 2
#include "fused_table.h"
