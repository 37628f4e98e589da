// libarchive: reads zip, tar and gzip, with its own checks of every member.
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

// A locale whose character encoding is UTF-8, or NULL: without one libarchive cannot convert member names beyond
// ASCII. The caller owns it and gives it back with freelocale.
static inline locale_t farq_utf8_locale(void) {
  const char *names[] = {"C.UTF-8", "en_US.UTF-8", "UTF-8"};
  for (int i = 0; i < 3; i++) {
    locale_t found = newlocale(LC_CTYPE_MASK, names[i], (locale_t)0);
    if (found) return found;
  }
  return (locale_t)0;
}
