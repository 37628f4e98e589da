// MKL asks the function below whether it runs on a processor of Intel's, and takes a slow path where not: on AMD
// with AVX2 that costs a third of the speed of float32 products. The program's own definition takes the place of the
// one in libtorch, since the dynamic linker looks there first; FARQ_NO_MKL_HOOK=1 leaves MKL's own answer in force.
#if defined(__x86_64__) && defined(__linux__)
#include <cstdlib>

extern "C" __attribute__((visibility("default"), used)) int mkl_serv_intel_cpu_true(void) {
  static const bool answer = [] {
    __builtin_cpu_init();
    const char *wish = std::getenv("FARQ_NO_MKL_HOOK");
    const bool hooked = !wish || !*wish || *wish == '0';
    return __builtin_cpu_is("intel") || (hooked && __builtin_cpu_is("amd") && __builtin_cpu_supports("avx2"));
  }();
  return answer;
}
#endif
