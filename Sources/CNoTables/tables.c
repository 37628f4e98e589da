// Foundation links 33 MB of ICU's tables of languages and calendars, which Farq does not use. In the folder that
// scripts/dist.sh makes, an empty table stands in their place, whatever version of ICU the toolchain has.
#define EMPTY(version) const char icudt##version##_dat[64] __attribute__((aligned(16))) = {0};
EMPTY(72) EMPTY(73) EMPTY(74) EMPTY(75) EMPTY(76) EMPTY(77) EMPTY(78) EMPTY(79) EMPTY(80)
