// OpenSSL's libcrypto: SHA-256 on Linux, where no digest belongs to the system.
#include <openssl/evp.h>
