#ifndef WHY401_CVECTOR_H
#define WHY401_CVECTOR_H

#include <stdint.h>
#include <string.h>

/* One question of many characters to 64 bytes at once. Clang makes of it what the processor has; Swift has no way yet
   to bring the result of a vector comparison into one number, nor to compile a function for several processors. */

/* How many places, quotes and backslashes stand before a newline. */
typedef struct {
  uint16_t places;
  uint16_t quotes;
  uint16_t backslashes;
} why401_line;

/* What is found in a stretch of bytes. Places are newlines, blanks and quotes. */
typedef struct {
  uint16_t *places;
  why401_line *lines;
} why401_found;

typedef uint8_t why401_bytes __attribute__((ext_vector_type(64)));
typedef _Bool why401_bits __attribute__((ext_vector_type(64)));

#define WHY401_WORD(condition) \
  __builtin_bit_cast(uint64_t, __builtin_convertvector(condition, why401_bits))
#define WHY401_EQUAL(byte) WHY401_WORD(block == (why401_bytes)(uint8_t)(byte))

/* The offsets of the bits of a word, from `at` on, eight at a time. */
static inline void why401_offsets_plain(uint64_t left, uint64_t at, uint16_t *place) {
  do {
    _Pragma("unroll") for (int k = 0; k < 8; k++) {
      *place++ = (uint16_t)(at + (uint64_t)__builtin_ctzll(left | (uint64_t)1 << 63));
      left &= left - 1;
      /* Else Clang counts zeros in vectors, for which there is no instruction. */
      __asm__("" : "+r"(left));
    }
  } while (left);
}

#if defined(__x86_64__)
typedef char why401_chars __attribute__((vector_size(64)));
typedef uint16_t why401_shorts __attribute__((ext_vector_type(64)));

/* The same at once. */
__attribute__((target("avx512bw,avx512vbmi2"), min_vector_width(512))) static inline void
why401_offsets_vbmi2(uint64_t left, uint64_t at, uint16_t *place) {
  const why401_chars all = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  why401_bytes packed = __builtin_bit_cast(
      why401_bytes, __builtin_ia32_compressqi512_mask(all, (why401_chars){0}, left));
  why401_shorts wide = __builtin_convertvector(packed, why401_shorts) + (uint16_t)at;
  /* Half of them are enough but for what is hardly text. */
  memcpy(place, &wide, sizeof wide / 2);
  if (__builtin_popcountll(left) > 32) memcpy(place, &wide, sizeof wide);
}
#endif

/* Marks s[0..<count], at most 65,536: writes the offsets of all places, and how much stands before each newline; up to
   64 more than there are may be written over. Reads nothing beyond `count`; what is missing in the
   last 64 counts as zeros. Returns the number of newlines; `escapes` tells whether an escape (27) is among the bytes. */
#define WHY401_MARKS(name, attributes, offsets)                                                 \
  attributes static uint64_t name(                                                              \
      const uint8_t *s, uint64_t count, why401_found found, uint64_t *escapes) {                \
    uint64_t rank = 0;                                                                          \
    uint64_t quoted = 0;                                                                        \
    uint64_t escaping = 0;                                                                      \
    uint64_t line = 0;                                                                          \
    uint64_t escaped = 0;                                                                       \
    for (uint64_t at = 0; at < count; at += 64) {                                               \
      why401_bytes block = 0;                                                                   \
      if (count - at >= 64)                                                                     \
        memcpy(&block, s + at, 64);                                                             \
      else                                                                                      \
        memcpy(&block, s + at, count - at);                                                     \
      uint64_t newlines = WHY401_EQUAL('\n');                                                   \
      uint64_t quotes = WHY401_EQUAL('"');                                                      \
      uint64_t backslashes = WHY401_EQUAL('\\');                                                \
      uint64_t left = newlines | quotes | WHY401_EQUAL(' ');                                    \
      escaped |= WHY401_EQUAL(27);                                                              \
      /* A step for which mostly one is enough: no branch is guessed wrongly, as in simdjson. */ \
      offsets(left, at, found.places + rank);                                                   \
      /* One newline is written whether it is there or not: few blocks have two. */             \
      do {                                                                                      \
        uint64_t before = (newlines - 1) & ~newlines;                                           \
        why401_line *end = found.lines + line;                                                  \
        end->places = (uint16_t)(rank + (uint64_t)__builtin_popcountll(left & before));         \
        end->quotes = (uint16_t)(quoted + (uint64_t)__builtin_popcountll(quotes & before));     \
        end->backslashes =                                                                      \
          (uint16_t)(escaping + (uint64_t)__builtin_popcountll(backslashes & before));          \
        line += newlines != 0;                                                                  \
        newlines &= newlines - 1;                                                               \
      } while (newlines);                                                                       \
      rank += (uint64_t)__builtin_popcountll(left);                                             \
      quoted += (uint64_t)__builtin_popcountll(quotes);                                         \
      escaping += (uint64_t)__builtin_popcountll(backslashes);                                  \
    }                                                                                           \
    *escapes = escaped;                                                                         \
    return line;                                                                                \
  }

WHY401_MARKS(why401_marks_plain, , why401_offsets_plain)
#if defined(__x86_64__)
WHY401_MARKS(
    why401_marks_avx2, __attribute__((target("avx2,bmi,popcnt"))), why401_offsets_plain)
WHY401_MARKS(
    why401_marks_avx512, __attribute__((target("avx512bw,bmi,popcnt"), min_vector_width(512))),
    why401_offsets_plain)
WHY401_MARKS(
    why401_marks_vbmi2,
    __attribute__((target("avx512bw,avx512vbmi2,bmi,popcnt"), min_vector_width(512))),
    why401_offsets_vbmi2)
#endif

/* Bit i: s[i] is a slash before `r`, `.` or `o` and then `e`, `w`, `p` or `a`, as in `/realms`; what follows the 64 bytes,
   which have to be there, may be any of these. */
#define WHY401_SLASHES(name, attributes)                                                         \
  attributes static uint64_t name(const uint8_t *s) {                                            \
    why401_bytes block;                                                                          \
    memcpy(&block, s, 64);                                                                       \
    uint64_t after = WHY401_EQUAL('r') | WHY401_EQUAL('.') | WHY401_EQUAL('o');                  \
    uint64_t second = WHY401_EQUAL('e') | WHY401_EQUAL('w');                                     \
    second |= WHY401_EQUAL('p') | WHY401_EQUAL('a');                                             \
    return WHY401_EQUAL('/') & (after >> 1 | (uint64_t)1 << 63) & (second >> 2 | (uint64_t)3 << 62); \
  }

WHY401_SLASHES(why401_slashes_plain, )
#if defined(__x86_64__)
WHY401_SLASHES(why401_slashes_avx2, __attribute__((target("avx2"))))
WHY401_SLASHES(
    why401_slashes_avx512, __attribute__((target("avx512bw"), min_vector_width(512))))
#endif

/* Bytes that all lines of a shape have in common, one behind the other. */
typedef struct {
  /* Where they begin in `fixed`, of which 64 bytes behind them are there, and how many they are. */
  uint32_t first;
  uint32_t count;
  /* One of the line's places, by its number, and how many bytes of the run stand before it. */
  uint32_t place;
  uint32_t before;
} why401_run;

/* Compares the runs of a shape with a line, whose places are counted from `s`, and its end, too; 64 bytes behind that are
   there. Writes where each run begins. Returns 0 where all are there, and none begins before the last one ends. */
#define WHY401_RUNS(name, attributes)                                                            \
  attributes static uint64_t name(                                                               \
      const uint8_t *s, const uint16_t *places, const why401_run *runs, uint64_t count,          \
      const uint8_t *fixed, uint64_t to, uint32_t *starts) {                                     \
    uint64_t differences = 0;                                                                    \
    uint64_t end = 0;                                                                            \
    for (uint64_t i = 0; i < count; i++) {                                                       \
      uint64_t place = places[runs[i].place];                                                    \
      if (place < end + runs[i].before) return 1;                                                \
      uint64_t start = place - runs[i].before;                                                   \
      starts[i] = (uint32_t)start;                                                               \
      end = start + runs[i].count;                                                               \
      if (end > to) return 1;                                                                    \
      uint64_t left = runs[i].count;                                                             \
      for (uint64_t at = 0; at < runs[i].count; at += 64, left -= 64) {                          \
        why401_bytes block, other;                                                               \
        memcpy(&block, s + start + at, 64);                                                      \
        memcpy(&other, fixed + runs[i].first + at, 64);                                          \
        uint64_t wrong = WHY401_WORD(block != other);                                            \
        differences |= left >= 64 ? wrong : wrong & (((uint64_t)1 << left) - 1);                 \
      }                                                                                          \
    }                                                                                            \
    return differences;                                                                          \
  }

WHY401_RUNS(why401_runs_plain, )
#if defined(__x86_64__)
WHY401_RUNS(why401_runs_avx2, __attribute__((target("avx2,bmi"))))
WHY401_RUNS(
    why401_runs_avx512, __attribute__((target("avx512bw,bmi"), min_vector_width(512))))
#endif

/* The offset of the quote that ends the JSON string whose first byte is s[from], or `to` where there is none before;
   `escaped` tells whether a backslash stands in it. `from` < `to` <= `count`, and nothing beyond `count` is read. */
static inline uint64_t why401_string_end(
    const uint8_t *s, uint64_t count, uint64_t from, uint64_t to, uint32_t *escaped) {
  const uint64_t even = 0x5555555555555555;
  uint64_t carried = 0;
  *escaped = 0;
  for (uint64_t at = from; at < to; at += 64) {
    why401_bytes block = 0;
    if (count - at >= 64)
      memcpy(&block, s + at, 64);
    else
      memcpy(&block, s + at, count - at);
    uint64_t ends = WHY401_EQUAL('"');
    uint64_t backslashes = WHY401_EQUAL('\\');
    if (backslashes | carried) {
      /* Bytes behind an odd number of backslashes, by carrying through runs of them, as
         simdjson does. */
      uint64_t starts = backslashes & ~carried;
      uint64_t follows = starts << 1 | carried;
      uint64_t odd = starts & ~even & ~follows;
      uint64_t sum;
      carried = __builtin_add_overflow(odd, starts, &sum);
      ends &= ~((even ^ sum << 1) & follows);
    }
    if (ends) {
      uint64_t place = (uint64_t)__builtin_ctzll(ends);
      if (backslashes & ~(~(uint64_t)0 << place)) *escaped = 1;
      return at + place < to ? at + place : to;
    }
    if (backslashes) *escaped = 1;
  }
  return to;
}

/* 3: AVX-512 of Ice Lake and Zen 4, 2: of Skylake, 1: AVX2, 0: what every processor of the kind has. */
static inline int why401_vectors(void) {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("bmi2")) return 0;
  if (!__builtin_cpu_supports("popcnt")) return 0;
  if (__builtin_cpu_supports("avx512bw"))
    return __builtin_cpu_supports("avx512vbmi2") ? 3 : 2;
  if (__builtin_cpu_supports("avx2")) return 1;
#endif
  return 0;
}

/* The same, `vectors` at a time: not more than `why401_vectors` says. */
static inline uint64_t why401_marks(
    const uint8_t *s, uint64_t count, why401_found found, uint64_t *escapes, int vectors) {
#if defined(__x86_64__)
  if (vectors == 3) return why401_marks_vbmi2(s, count, found, escapes);
  if (vectors == 2) return why401_marks_avx512(s, count, found, escapes);
  if (vectors == 1) return why401_marks_avx2(s, count, found, escapes);
#endif
  return why401_marks_plain(s, count, found, escapes);
}

static inline uint64_t why401_runs_there(
    const uint8_t *s, const uint16_t *places, const why401_run *runs, uint64_t count,
    const uint8_t *fixed, uint64_t to, uint32_t *starts, int vectors) {
#if defined(__x86_64__)
  if (vectors >= 2) return why401_runs_avx512(s, places, runs, count, fixed, to, starts);
  if (vectors == 1) return why401_runs_avx2(s, places, runs, count, fixed, to, starts);
#endif
  return why401_runs_plain(s, places, runs, count, fixed, to, starts);
}

static inline uint64_t why401_slashes(const uint8_t *s, int vectors) {
#if defined(__x86_64__)
  if (vectors >= 2) return why401_slashes_avx512(s);
  if (vectors == 1) return why401_slashes_avx2(s);
#endif
  return why401_slashes_plain(s);
}

#endif
