/* Rust's standard library takes its random numbers from ProcessPrng in bcryptprimitives.dll, which Wine 8 does not have. This stands in for it:
 * the same promise, kept by RtlGenRandom (SystemFunction036), which Wine has had for long. For tests under Wine only. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG bytes);

/* RtlGenRandom counts in 32 bits. */
#define PIECE ((SIZE_T)1 << 30)

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T bytes) {
  while (bytes > 0) {
    ULONG piece = (ULONG)(bytes < PIECE ? bytes : PIECE);
    if (!SystemFunction036(data, piece)) return FALSE;
    data += piece;
    bytes -= piece;
  }
  return TRUE;
}
