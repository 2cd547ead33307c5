#ifndef WHY401_CVECTOR_H
#define WHY401_CVECTOR_H

#include <stdint.h>
#include <string.h>

/* One question of many characters to 64 bytes at once. Clang makes of it what the processor has; Swift has no way yet
   to bring the result of a vector comparison into one number, nor to compile a function for several processors. */

/* Words for each 64 bytes; bit i is about byte i. */
enum {
  why401_newline = 0,
  why401_blank = 1,
  why401_quote = 2,
  why401_digit = 3,
  /* A slash before `r`, `.` or `o` and then `e`, `w`, `p` or `a`, as in `/realms`; or where the 64 end before that is
     seen. */
  why401_slash = 4,
  why401_backslash = 5,
  /* A newline, blank or quote, and how many of these stand before the 64. */
  why401_place = 6,
  why401_rank = 7,
  why401_words = 8
};

typedef uint8_t why401_bytes __attribute__((ext_vector_type(64)));
typedef _Bool why401_bits __attribute__((ext_vector_type(64)));

#define WHY401_WORD(condition) \
  __builtin_bit_cast(uint64_t, __builtin_convertvector(condition, why401_bits))
#define WHY401_EQUAL(byte) WHY401_WORD(block == (why401_bytes)(uint8_t)(byte))

/* Writes `why401_words` words for each 64 bytes of s[0..<count], at most 65,536, and the offsets of all places; 24 more
   than there are may be written over. Reads nothing beyond `count`; what is missing in the last 64 counts as zeros.
   Returns whether an escape (27) is among the bytes. */
#define WHY401_MARKS(name, attributes)                                                          \
  attributes static int name(                                                                   \
      const uint8_t *s, uint64_t count, uint64_t *words, uint16_t *places) {                    \
    uint64_t escapes = 0;                                                                       \
    uint64_t rank = 0;                                                                          \
    for (uint64_t at = 0; at < count; at += 64, words += why401_words) {                        \
      why401_bytes block = 0;                                                                   \
      if (count - at >= 64)                                                                     \
        memcpy(&block, s + at, 64);                                                             \
      else                                                                                      \
        memcpy(&block, s + at, count - at);                                                     \
      uint64_t after = WHY401_EQUAL('r') | WHY401_EQUAL('.') | WHY401_EQUAL('o');               \
      words[why401_newline] = WHY401_EQUAL('\n');                                               \
      words[why401_blank] = WHY401_EQUAL(' ');                                                  \
      words[why401_quote] = WHY401_EQUAL('"');                                                  \
      words[why401_digit] = WHY401_WORD((block - (why401_bytes)48) <= (why401_bytes)9);         \
      uint64_t second = WHY401_EQUAL('e') | WHY401_EQUAL('w');                                  \
      second |= WHY401_EQUAL('p') | WHY401_EQUAL('a');                                          \
      words[why401_slash] = WHY401_EQUAL('/') & (after >> 1 | (uint64_t)1 << 63) &              \
        (second >> 2 | (uint64_t)3 << 62);                                                      \
      words[why401_backslash] = WHY401_EQUAL('\\');                                             \
      escapes |= WHY401_EQUAL(27);                                                              \
      uint64_t left = words[why401_newline] | words[why401_blank] | words[why401_quote];        \
      uint16_t *place = places + rank;                                                          \
      words[why401_place] = left;                                                               \
      words[why401_rank] = rank;                                                                \
      rank += (uint64_t)__builtin_popcountll(left);                                             \
      /* Eight at a time, as simdjson does: mostly there are no more, and no branch is          \
         guessed wrongly. */                                                                    \
      do {                                                                                      \
        _Pragma("unroll") for (int k = 0; k < 8; k++) {                                         \
          *place++ = (uint16_t)(at + (uint64_t)__builtin_ctzll(left | (uint64_t)1 << 63));      \
          left &= left - 1;                                                                     \
        }                                                                                       \
      } while (left);                                                                           \
    }                                                                                           \
    return escapes != 0;                                                                        \
  }

WHY401_MARKS(why401_marks_plain, )
#if defined(__x86_64__)
WHY401_MARKS(why401_marks_avx2, __attribute__((target("avx2,bmi,popcnt"))))
WHY401_MARKS(why401_marks_avx512, __attribute__((target("avx512bw,bmi,popcnt"), min_vector_width(512))))
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

/* 2: AVX-512, 1: AVX2, 0: what every processor of the kind has. */
static inline int why401_vectors(void) {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("popcnt")) return 0;
  if (__builtin_cpu_supports("avx512bw")) return 2;
  if (__builtin_cpu_supports("avx2")) return 1;
#endif
  return 0;
}

/* The same, `vectors` at a time: not more than `why401_vectors` says. */
static inline int why401_marks(
    const uint8_t *s, uint64_t count, uint64_t *words, uint16_t *places, int vectors) {
#if defined(__x86_64__)
  if (vectors == 2) return why401_marks_avx512(s, count, words, places);
  if (vectors == 1) return why401_marks_avx2(s, count, words, places);
#endif
  return why401_marks_plain(s, count, words, places);
}


#endif
