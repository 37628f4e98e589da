// libarchive: reads zip, tar and gzip, with its own checks of every member.
#include <archive.h>
#include <archive_entry.h>
