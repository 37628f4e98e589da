// LIBLINEAR (Fan et al. 2008): linear support vector machines.
#include <linear.h>
